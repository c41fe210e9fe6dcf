// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.device.firmware.Patience;
import dev.pharos.device.firmware.ServerTrust;
import dev.pharos.testkit.FileServer;
import dev.pharos.testkit.FileServer.Mood;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Images of a simulated gateway, fetched from a real server.
class SimulatedFirmwareTest {
    /// Generous, since a test that passes never waits for it.
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final byte[] IMAGE = new byte[100_000];

    @SuppressWarnings("NullAway.Init") // set before each test
    private FileServer server;

    @BeforeEach
    void serve() throws IOException {
        server = FileServer.of(IMAGE);
    }

    @AfterEach
    void close() {
        server.close();
    }

    /// A gateway that loses its patience soon.
    private static Home home() {
        Home home = new Home();
        home.gateway.fetching(
                ServerTrust.OF_THE_RUNTIME, new Patience(Duration.ofMillis(500), 2, Duration.ofMillis(10)));
        home.model.close();
        home.model = Home.mount(home.gateway, ChangeJournal.none());
        return home;
    }

    private static void refused(StandardErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        UspException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }

    @Test
    void a_downloaded_and_activated_image_runs_after_the_reboot() throws InterruptedException {
        try (Home home = home()) {
            CopyOnWriteArrayList<String> seen = new CopyOnWriteArrayList<>();
            home.model.onChange(changes -> changes.changes().stream()
                    .filter(change -> change.path().equals("Device.DeviceInfo.FirmwareImage.2.Status"))
                    .forEach(change ->
                            seen.add(changes.after().value(change.path()).orElseThrow())));
            home.run(
                    "Device.DeviceInfo.FirmwareImage.2.Download()",
                    Map.of(
                            "URL",
                            server.url("gateway-2.1.0.bin").toString(),
                            "AutoActivate",
                            "false",
                            "FileSize",
                            "1000"));

            assertThat(seen).containsExactly("Downloading", "Validating", "Available");
            assertThat(home.value("Device.DeviceInfo.FirmwareImage.2.Version")).isEqualTo("2.1.0");
            assertThat(home.value("Device.DeviceInfo.SoftwareVersion")).isEqualTo("1.0.0");

            home.set("Device.DeviceInfo.FirmwareImage.2.Available", "false");
            refused(
                    StandardErrorCode.COMMAND_FAILURE,
                    () -> home.run("Device.DeviceInfo.FirmwareImage.2.Activate()", Map.of()));
            home.set("Device.DeviceInfo.FirmwareImage.2.Available", "true");
            home.run("Device.DeviceInfo.FirmwareImage.2.Activate()", Map.of());
            await().atMost(PATIENCE)
                    .until(() -> home.value("Device.DeviceInfo.SoftwareVersion").equals("2.1.0"));

            assertThat(home.value("Device.DeviceInfo.ActiveFirmwareImage"))
                    .startsWith("Device.DeviceInfo.FirmwareImage.2");
            assertThat(home.value("Device.DeviceInfo.FirmwareImage.1.Status")).isEqualTo("Available");
        }
    }

    @Test
    void the_agent_is_asked_for_the_restart_and_a_remounted_model_shows_the_new_version() throws InterruptedException {
        try (Home home = home()) {
            CopyOnWriteArrayList<String> wanted = new CopyOnWriteArrayList<>();
            home.gateway.onRestartWanted(() -> wanted.add("restart"));
            home.run(
                    "Device.DeviceInfo.FirmwareImage.2.Download()",
                    Map.of("URL", server.url("fw-3.0.bin").toString(), "AutoActivate", "true", "FileSize", "1"));
            await().atMost(PATIENCE).until(() -> wanted.size() == 1);
            assertThat(home.value("Device.DeviceInfo.SoftwareVersion")).isEqualTo("1.0.0");

            assertThat(home.gateway.reboot()).isTrue();
            home.model.close();
            home.model = Home.mount(home.gateway, ChangeJournal.none());
            assertThat(home.value("Device.DeviceInfo.SoftwareVersion")).isEqualTo("3.0");
            assertThat(home.gateway.reboot()).isFalse();
        }
    }

    @Test
    void what_cannot_be_fetched_or_is_another_image_is_refused_and_the_running_one_stays() {
        try (Home home = home()) {
            String download = "Device.DeviceInfo.FirmwareImage.2.Download()";
            Map<String, String> wrong = Map.of("URL", "gopher://old.example/fw", "AutoActivate", "false");
            refused(StandardErrorCode.INVALID_ARGUMENTS, () -> home.run(download, wrong));
            Map<String, String> lost =
                    Map.of("URL", "https://nowhere.invalid/fw-2.0.bin", "AutoActivate", "false", "FileSize", "1");
            refused(StandardErrorCode.COMMAND_FAILURE, () -> home.run(download, lost));
            assertThat(home.value("Device.DeviceInfo.FirmwareImage.2.Status")).isEqualTo("DownloadFailed");
            Map<String, String> spoilt = Map.of(
                    "URL",
                    server.url("fw-2.0.bin").toString(),
                    "AutoActivate",
                    "false",
                    "FileSize",
                    "1",
                    "CheckSumAlgorithm",
                    "SHA-1",
                    "CheckSum",
                    "0".repeat(40));
            refused(StandardErrorCode.COMMAND_FAILURE, () -> home.run(download, spoilt));
            assertThat(home.value("Device.DeviceInfo.FirmwareImage.2.Status")).isEqualTo("ValidationFailed");
            assertThat(home.value("Device.DeviceInfo.SoftwareVersion")).isEqualTo("1.0.0");
            assertThat(home.value("Device.DeviceInfo.FirmwareImage.1.Status")).isEqualTo("Active");
            Map<String, String> good = Map.of("URL", server.url("fw.bin").toString(), "AutoActivate", "false");
            refused(
                    StandardErrorCode.COMMAND_FAILURE,
                    () -> home.run("Device.DeviceInfo.FirmwareImage.1.Download()", good));
        }
    }

    @Test
    void a_download_that_is_cut_goes_on_and_a_login_in_the_url_is_refused() throws InterruptedException {
        server.will(new Mood.Cutting(10_000), new Mood.Stalling(10_000));
        try (Home home = home()) {
            String download = "Device.DeviceInfo.FirmwareImage.2.Download()";
            home.run(download, Map.of("URL", server.url("x-4.0.bin").toString(), "AutoActivate", "false"));
            assertThat(server.ranges()).containsExactly("", "bytes=10000-", "bytes=20000-");
            assertThat(home.value("Device.DeviceInfo.FirmwareImage.2.Status")).isEqualTo("Available");
            refused(
                    StandardErrorCode.INVALID_ARGUMENTS,
                    () -> home.run(download, Map.of("URL", "http://me:secret@127.0.0.1/x", "AutoActivate", "false")));
        }
    }
}
