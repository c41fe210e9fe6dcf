// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.testkit.FileServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageTraitsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static ImageTraits of(String head) {
        return ImageTraits.of(head.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @CsvSource({
        "simulated gateway: restarts-every=20 free-memory=50, 20, 50",
        "simulated gateway: free-memory=50, 0, 50",
        "simulated gateway: restarts-every=1, 5, 100",
        "simulated gateway: free-memory=900 other=1, 0, 100",
        "simulated gateway: restarts-every=-1, 0, 100",
        "simulated gateway:, 0, 100",
        "some other image, 0, 100"
    })
    void the_first_line_says_what_an_image_does(String line, int seconds, int memory) {
        assertThat(of(line + "\n\u0001\u0002")).isEqualTo(new ImageTraits(Duration.ofSeconds(seconds), memory));
        assertThat(of(line)).as("no line without its end").isEqualTo(ImageTraits.GOOD);
        assertThat(of("x\n" + line + "\n")).isEqualTo(ImageTraits.GOOD);
    }

    @Test
    void only_the_head_of_an_image_is_kept_however_it_comes() {
        byte[] image = Arrays.copyOf("simulated gateway: free-memory=7\n".getBytes(StandardCharsets.US_ASCII), 5_000);
        ImageHead head = new ImageHead();
        head.write(new byte[] {1, 2, 3}, 3);
        head.restart();
        for (int i = 0; i < image.length; i += 10) {
            head.write(Arrays.copyOfRange(image, i, i + 10), 10);
        }
        assertThat(head.traits().freeMemory()).isEqualTo(7);
    }

    @Test
    void a_bad_image_wastes_memory_and_has_the_gateway_restart_until_the_good_one_runs_again() throws Exception {
        byte[] image = Arrays.copyOf(
                "simulated gateway: restarts-every=5 free-memory=10\n".getBytes(StandardCharsets.US_ASCII), 20_000);
        try (FileServer server = FileServer.of(image);
                Home home = new Home()) {
            AtomicInteger restarts = new AtomicInteger();
            home.gateway.onRestartWanted(() -> {
                restarts.incrementAndGet();
                home.gateway.reboot();
            });
            home.model.close();
            home.model = Home.mount(home.gateway, ChangeJournal.none());
            long good = Long.parseLong(home.value("Device.DeviceInfo.MemoryStatus.Free"));
            home.run(
                    "Device.DeviceInfo.FirmwareImage.2.Download()",
                    Map.of("URL", server.url("bad-2.0.0.bin").toString(), "AutoActivate", "true"));
            await().atMost(PATIENCE)
                    .until(() -> home.value("Device.DeviceInfo.SoftwareVersion").equals("2.0.0"));
            assertThat(Long.parseLong(home.value("Device.DeviceInfo.MemoryStatus.Free")))
                    .isLessThan(good / 4);
            await().atMost(PATIENCE).until(() -> restarts.get() >= 3);
            home.run("Device.DeviceInfo.FirmwareImage.1.Activate()", Map.of());
            await().atMost(PATIENCE)
                    .until(() -> home.value("Device.DeviceInfo.SoftwareVersion").equals("1.0.0"));
            assertThat(Long.parseLong(home.value("Device.DeviceInfo.MemoryStatus.Free")))
                    .isGreaterThan(good / 2);
            // where both wanted it to restart at once
            Thread.sleep(Limits.BEFORE_REBOOT.plusSeconds(1));
            int then = restarts.get();
            Thread.sleep(Limits.FASTEST_RESTARTS.plusSeconds(1));
            assertThat(restarts.get()).isEqualTo(then);
        }
    }
}
