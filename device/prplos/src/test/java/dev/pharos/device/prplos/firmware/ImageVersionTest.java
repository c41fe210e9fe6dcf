// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageVersionTest {
    @TempDir
    private Path folder = Path.of("");

    private Optional<String> of(byte[] image) throws IOException {
        Path file = folder.resolve("image");
        Files.write(file, image);
        return ImageVersion.of(file).map(ImageVersion::text);
    }

    @Test
    void an_image_says_what_the_running_system_will_say() throws Exception {
        assertThat(of(Images.of("generic", "24.10.2"))).contains("OpenWrt 24.10.2");
        assertThat(ImageVersion.of("OpenWrt", "24.10.2", "r28427-6df0e3d02a").text())
                .isEqualTo("OpenWrt 24.10.2");
    }

    @Test
    void of_snapshots_the_revision_tells_builds_apart() throws Exception {
        assertThat(of(Images.of("generic", "SNAPSHOT"))).contains("OpenWrt SNAPSHOT r28427-6df0e3d02a");
    }

    @Test
    void an_image_without_it_or_with_nonsense_says_nothing() throws Exception {
        byte[] whole = Images.of("generic", "24.10.2");
        assertThat(of(new byte[0])).isEmpty();
        assertThat(of(new byte[10_000])).isEmpty();
        assertThat(of(Images.signed(new byte[100]))).isEmpty();
        assertThat(of(Images.informed(new byte[100], "{ \"version\": \"1\" }"))).isEmpty();
        assertThat(of(Images.informed(new byte[100], "{ \"version\": { \"dist\": 7 } }")))
                .isEmpty();
        for (int size : new int[] {-1, 0, 15, 16, 23, Integer.MAX_VALUE, whole.length + 1}) {
            assertThat(of(ByteBuffer.wrap(whole.clone())
                            .putInt(whole.length - 4, size)
                            .array()))
                    .isEmpty();
        }
    }

    @Test
    void a_text_that_never_ends_is_cut_and_random_ends_harm_nobody() throws Exception {
        assertThat(of(Images.of("generic", "x".repeat(500))).orElseThrow()).hasSize(64);
        Random random = new Random(7);
        byte[] whole = Images.of("generic", "24.10.2");
        for (int round = 0; round < 500; round++) {
            byte[] wrong = whole.clone();
            for (int change = 0; change < 4; change++) {
                wrong[wrong.length - 1 - random.nextInt(300)] = (byte) random.nextInt();
            }
            assertThat(of(wrong).map(String::length).orElse(0)).isLessThanOrEqualTo(64);
        }
        assertThat(new String(whole, StandardCharsets.ISO_8859_1)).contains("FWx0");
    }
}
