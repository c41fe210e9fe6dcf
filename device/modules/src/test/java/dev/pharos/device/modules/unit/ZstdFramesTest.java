// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// Streams of zstd, some of them by the program that everybody has.
final class ZstdFramesTest {
    /// By `zstd -19 --check`.
    private static final byte[] BY_THE_PROGRAM = HexFormat.of()
            .parseHex(
                    "28b52ffd64ac070d0200b2020a10a0ed00c1b7c222a5aade6a1a20aaf123c714320440cbf0aaf069e7d7677a1ffd66516ba8995a"
                            + "010800a61bac1f407301c9025202f2029205441409ea09d552f5cc");

    private static String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            text.append("line %d of a text that repeats itself%n".formatted(i % 7));
        }
        return text.toString();
    }

    private static byte[] all(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static String unpacked(byte[] stream) throws IOException {
        try (InputStream in = Tar.unpackedZstd(new ByteArrayInputStream(stream))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void what_the_program_packs_is_read_with_frames_to_skip_before_between_and_behind() throws Exception {
        assertThat(unpacked(BY_THE_PROGRAM)).isEqualTo(text());
        byte[] skipped = ImageArchive.skippable(5);
        assertThat(unpacked(all(skipped, BY_THE_PROGRAM, skipped, skipped, BY_THE_PROGRAM, skipped)))
                .isEqualTo(text() + text());
        assertThatThrownBy(() -> unpacked(all(skipped, skipped)))
                .isInstanceOf(IOException.class)
                .hasMessage("Not enough input bytes");
    }

    @Test
    void what_passes_is_what_came_byte_by_byte_too() throws Exception {
        byte[] whole = all(ImageArchive.skippable(3), BY_THE_PROGRAM, ImageArchive.skippable(0));
        ByteArrayOutputStream passed = new ByteArrayOutputStream();
        try (InputStream frames = new ZstdFrames(new ByteArrayInputStream(whole))) {
            for (int one = frames.read(); one >= 0; one = frames.read()) {
                passed.write(one);
            }
            assertThat(frames.read()).isEqualTo(-1);
        }
        assertThat(passed.toByteArray()).isEqualTo(BY_THE_PROGRAM);
    }

    @Test
    void a_stream_that_ends_anywhere_within_a_frame_is_damaged() {
        byte[] whole = all(BY_THE_PROGRAM, ImageArchive.skippable(4));
        for (int length = 1; length < whole.length; length++) {
            if (length != BY_THE_PROGRAM.length) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> unpacked(cut))
                        .as("after %d bytes", length)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("zstd: it ends within a frame");
            }
        }
    }

    @Test
    void whatever_byte_is_another_it_is_an_error_or_the_same_and_never_anything_else() {
        for (int at = 0; at < BY_THE_PROGRAM.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] other = BY_THE_PROGRAM.clone();
                other[at] ^= (byte) (1 << bit);
                try {
                    assertThat(unpacked(other)).isEqualTo(text());
                } catch (IOException damaged) {
                    assertThat(damaged).hasMessageContaining("zstd: ");
                }
            }
        }
    }

    @Test
    void what_needs_much_memory_is_refused() {
        // with a window as `zstd --long=27` has it
        byte[] wide = all(
                HexFormat.of().parseHex("28b52ffd0488"), Arrays.copyOfRange(BY_THE_PROGRAM, 7, BY_THE_PROGRAM.length));
        assertThatThrownBy(() -> unpacked(wide)).isInstanceOf(IOException.class).hasMessageContaining("Window size");
    }
}
