// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.device.firmware.FileProblem;
import dev.pharos.device.firmware.Patience;
import dev.pharos.device.firmware.ServerTrust;
import dev.pharos.testkit.FileServer;
import dev.pharos.testkit.FileServer.Mood;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Firmware of a host of which the installer is a script, with a real server and real processes.
final class FirmwareElementTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String IMAGE = "Device.DeviceInfo.FirmwareImage.2.";
    private static final String DOWNLOAD = IMAGE + "Download()";

    /// Keeps images as files beside it; what it is to do wrong stands in a file `wrong`.
    private static final String SCRIPT = """
            #!/bin/sh
            here=$(dirname "$0")
            echo "$@" >>"$here/calls"
            case "$1" in
                version) cat "$here/running" ;;
                install)
                    if [ -f "$here/hang" ]; then sleep 600; fi
                    if [ -f "$here/unsigned" ]; then echo "nobody has signed it" >&2; exit 77; fi
                    if [ -f "$here/wrong" ]; then echo "the flash is worn out" >&2; exit 3; fi
                    cp "$2" "$here/slot$3" && echo "version=$(head -n 1 "$2")" ;;
                select)
                    if [ -f "$here/wrong" ]; then echo "no such slot" >&2; exit 4; fi
                    echo "$2" >"$here/next" ;;
                restart) if [ ! -f "$here/brick" ]; then head -n 1 "$here/slot$(cat "$here/next")" >"$here/running"; fi ;;
                *) exit 9 ;;
            esac
            """;

    private final byte[] bytes = ("2.0.0\n" + "x".repeat(300_000)).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private FileServer server;

    @BeforeEach
    void prepare() throws IOException {
        Path script = folder.resolve("installer");
        Files.writeString(script, SCRIPT);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(folder.resolve("running"), "1.0.0\n");
        server = FileServer.of(bytes);
    }

    @AfterEach
    void close() {
        server.close();
    }

    /// The host, started.
    private final class Host implements AutoCloseable {
        final InstantiatedDataModel model;

        Host(String bootId) throws IOException {
            FirmwareInstaller installer = new InstallerProgram(folder.resolve("installer"));
            model = InstantiatedDataModel.start(
                    List.of(FirmwareElement.open(
                            installer,
                            new ImageSource(
                                    folder.resolve("images"),
                                    ServerTrust.OF_THE_RUNTIME,
                                    new Patience(Duration.ofSeconds(5), 2, Duration.ofMillis(10))),
                            installer.version().orElse("?"),
                            bootId)),
                    ChangeJournal.none());
        }

        String value(String path) {
            return model.snapshot().value(path).orElseThrow(() -> new AssertionError("no " + path));
        }

        void set(String path, String value) {
            model.write(Origin.MANAGEMENT, transaction -> {
                transaction.set(path, value);
                return path;
            });
        }

        @Override
        public void close() {
            model.close();
        }
    }

    private Map<String, String> order(boolean activate) throws Exception {
        return new HashMap<>(Map.of(
                "URL",
                server.url("gateway-2.0.0.img").toString(),
                "AutoActivate",
                Boolean.toString(activate),
                "CheckSumAlgorithm",
                "SHA-256",
                "CheckSum",
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))));
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }

    private static void refused(StandardErrorCode code, String why, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining(why)
                .isInstanceOfSatisfying(
                        UspException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }

    @Test
    void an_image_is_fetched_installed_activated_and_runs_after_the_restart() throws Exception {
        try (Host host = new Host("boot-1")) {
            assertThat(host.value("Device.DeviceInfo.FirmwareImage.1.Version")).isEqualTo("1.0.0");
            assertThat(host.value("Device.DeviceInfo.FirmwareImage.1.Status")).isEqualTo("Active");
            assertThat(host.value(IMAGE + "Status")).isEqualTo("NoImage");
            host.model.operate(DOWNLOAD, order(false));
            assertThat(host.value(IMAGE + "Status")).isEqualTo("Available");
            assertThat(host.value(IMAGE + "Version")).isEqualTo("2.0.0");
            assertThat(Files.readAllBytes(folder.resolve("slot2"))).isEqualTo(bytes);
            assertThat(folder.resolve("images/image-2.part")).doesNotExist();
            host.model.operate(IMAGE + "Activate()", Map.of());
            assertThat(host.value("Device.DeviceInfo.BootFirmwareImage"))
                    .isEqualTo("Device.DeviceInfo.FirmwareImage.2");
            await().atMost(PATIENCE).until(() -> calls().contains("restart"));
            await().atMost(PATIENCE)
                    .until(() -> Files.readString(folder.resolve("running")).startsWith("2"));
        }
        try (Host host = new Host("boot-2")) {
            assertThat(host.value("Device.DeviceInfo.ActiveFirmwareImage"))
                    .isEqualTo("Device.DeviceInfo.FirmwareImage.2");
            assertThat(host.value(IMAGE + "Status")).isEqualTo("Active");
            assertThat(host.value("Device.DeviceInfo.FirmwareImage.1.Status")).isEqualTo("Available");
            host.set("Device.DeviceInfo.BootFirmwareImage", "Device.DeviceInfo.FirmwareImage.1");
            assertThat(Files.readString(folder.resolve("next"))).isEqualTo("1\n");
        }
    }

    @Test
    void a_host_that_comes_back_with_the_old_image_says_so_and_still_names_the_one_that_failed() throws Exception {
        Files.createFile(folder.resolve("brick"));
        try (Host host = new Host("boot-1")) {
            host.model.operate(DOWNLOAD, order(true));
            await().atMost(PATIENCE).until(() -> calls().contains("restart"));
        }
        try (Host again = new Host("boot-1")) {
            assertThat(again.value(IMAGE + "Status"))
                    .as("the agent alone was restarted")
                    .isEqualTo("Available");
        }
        try (Host host = new Host("boot-2")) {
            assertThat(host.value(IMAGE + "Status")).isEqualTo("ActivationFailed");
            assertThat(host.value(IMAGE + "BootFailureLog")).contains("runs 1.0.0", "not 2.0.0");
            assertThat(host.value("Device.DeviceInfo.BootFirmwareImage"))
                    .isEqualTo("Device.DeviceInfo.FirmwareImage.2");
            assertThat(host.value("Device.DeviceInfo.ActiveFirmwareImage"))
                    .isEqualTo("Device.DeviceInfo.FirmwareImage.1");
            refused(
                    StandardErrorCode.COMMAND_FAILURE,
                    "ActivationFailed",
                    () -> host.model.operate(IMAGE + "Activate()", Map.of()));
        }
    }

    @Test
    void what_goes_wrong_is_said_by_the_status_and_leaves_the_running_image() throws Exception {
        try (Host host = new Host("boot-1")) {
            Map<String, String> another = order(true);
            another.put("CheckSum", "0".repeat(64));
            refused(StandardErrorCode.COMMAND_FAILURE, "check sum", () -> host.model.operate(DOWNLOAD, another));
            assertThat(host.value(IMAGE + "Status")).isEqualTo("ValidationFailed");
            server.will(new Mood.Refusing(404, "", ""));
            refused(StandardErrorCode.COMMAND_FAILURE, "404", () -> host.model.operate(DOWNLOAD, order(true)));
            assertThat(host.value(IMAGE + "Status")).isEqualTo("DownloadFailed");
            Files.createFile(folder.resolve("wrong"));
            refused(
                    StandardErrorCode.COMMAND_FAILURE,
                    "the flash is worn out",
                    () -> host.model.operate(DOWNLOAD, order(true)));
            assertThat(host.value(IMAGE + "Status")).isEqualTo("InstallationFailed");
            Files.delete(folder.resolve("wrong"));
            host.model.operate(DOWNLOAD, order(false));
            Files.createFile(folder.resolve("wrong"));
            refused(
                    StandardErrorCode.COMMAND_FAILURE,
                    "no such slot",
                    () -> host.model.operate(IMAGE + "Activate()", Map.of()));
            assertThat(host.value(IMAGE + "Status")).isEqualTo("ActivationFailed");
            assertThat(host.value("Device.DeviceInfo.FirmwareImage.1.Status")).isEqualTo("Active");
            assertThat(host.value("Device.DeviceInfo.BootFirmwareImage"))
                    .isEqualTo("Device.DeviceInfo.FirmwareImage.1");
            refused(
                    StandardErrorCode.COMMAND_FAILURE,
                    "not overwritten",
                    () -> host.model.operate("Device.DeviceInfo.FirmwareImage.1.Download()", order(true)));
            refused(
                    StandardErrorCode.INVALID_VALUE,
                    "cannot boot",
                    () -> host.set("Device.DeviceInfo.BootFirmwareImage", "Device.DeviceInfo.FirmwareImage.2"));
            assertThat(calls()).doesNotContain("restart");
        }
    }

    private FileProblem problem(Host host) throws Exception {
        try {
            host.model.operate(DOWNLOAD, order(false));
        } catch (UspException failed) {
            return FileProblem.of(failed).orElseThrow();
        }
        throw new AssertionError("it is installed");
    }

    @Test
    void an_image_that_nobody_has_signed_is_told_from_one_that_is_of_no_use() throws Exception {
        try (Host host = new Host("boot-1")) {
            Path unsigned = Files.createFile(folder.resolve("unsigned"));
            assertThat(problem(host)).isEqualTo(FileProblem.UNSIGNED);
            Files.delete(unsigned);
            Files.createFile(folder.resolve("wrong"));
            assertThat(problem(host)).isEqualTo(FileProblem.UNUSABLE);
        }
    }

    @Test
    void a_process_that_dies_in_the_middle_of_a_download_goes_on_where_it_was() throws Exception {
        server.will(new Mood.Stalling(200_000));
        Path part = folder.resolve("images/image-2.part");
        Host dying = new Host("boot-1");
        FutureTask<Map<String, String>> task = new FutureTask<>(() -> dying.model.operate(DOWNLOAD, order(false)));
        Thread thread = Thread.ofVirtual().start(task);
        await().atMost(PATIENCE).until(() -> Files.exists(part) && Files.size(part) == 200_000);
        Path image = Files.copy(folder.resolve("images/bank.properties"), folder.resolve("bank-then"));
        dying.close();
        thread.interrupt();
        thread.join();
        // as the disk was when the power failed
        Files.copy(image, folder.resolve("images/bank.properties"), StandardCopyOption.REPLACE_EXISTING);
        try (Host host = new Host("boot-2")) {
            assertThat(host.value(IMAGE + "Status")).isEqualTo("DownloadFailed");
            host.model.operate(DOWNLOAD, order(false));
            assertThat(host.value(IMAGE + "Status")).isEqualTo("Available");
            assertThat(server.ranges()).containsExactly("", "bytes=200000-");
            assertThat(Files.readAllBytes(folder.resolve("slot2"))).isEqualTo(bytes);
        }
    }

    @Test
    void a_host_whose_power_fails_while_the_image_is_written_runs_the_old_one_and_writes_it_again() throws Exception {
        Path hang = Files.createFile(folder.resolve("hang"));
        Host dying = new Host("boot-1");
        FutureTask<Map<String, String>> task = new FutureTask<>(() -> dying.model.operate(DOWNLOAD, order(true)));
        Thread thread = Thread.ofVirtual().start(task);
        await().atMost(PATIENCE)
                .until(() -> Files.exists(folder.resolve("calls"))
                        && calls().stream().anyMatch(call -> call.startsWith("install")));
        Path bank = Files.copy(folder.resolve("images/bank.properties"), folder.resolve("bank-then"));
        dying.close();
        thread.interrupt();
        thread.join();
        // as the disk was when the power failed, and half of an image in the slot
        Files.copy(bank, folder.resolve("images/bank.properties"), StandardCopyOption.REPLACE_EXISTING);
        Files.write(folder.resolve("slot2"), new byte[100_000]);
        Files.delete(hang);
        try (Host host = new Host("boot-2")) {
            assertThat(host.value(IMAGE + "Status")).isEqualTo("DownloadFailed");
            assertThat(host.value("Device.DeviceInfo.ActiveFirmwareImage"))
                    .isEqualTo("Device.DeviceInfo.FirmwareImage.1");
            assertThat(host.value("Device.DeviceInfo.BootFirmwareImage"))
                    .isEqualTo("Device.DeviceInfo.FirmwareImage.1");
            refused(StandardErrorCode.COMMAND_FAILURE, "", () -> host.model.operate(IMAGE + "Activate()", Map.of()));
            host.model.operate(DOWNLOAD, order(false));
            assertThat(host.value(IMAGE + "Status")).isEqualTo("Available");
            assertThat(Files.readAllBytes(folder.resolve("slot2"))).isEqualTo(bytes);
        }
    }

    @Test
    void what_was_torn_when_the_power_failed_is_fetched_anew() throws Exception {
        Files.createDirectories(folder.resolve("images"));
        Files.write(folder.resolve("images/image-2.part"), new byte[100_000]);
        Files.writeString(
                folder.resolve("images/image-2.part.note"),
                "SHA-256 " + order(false).get("CheckSum") + "\n\"1\"\n");
        try (Host host = new Host("boot-1")) {
            host.model.operate(DOWNLOAD, order(false));
            assertThat(server.ranges()).containsExactly("bytes=100000-", "");
            assertThat(Files.readAllBytes(folder.resolve("slot2"))).isEqualTo(bytes);
        }
    }

    @Test
    void an_installer_that_hangs_ends_with_the_command_that_is_cancelled() throws Exception {
        Files.createFile(folder.resolve("hang"));
        try (Host host = new Host("boot-1")) {
            FutureTask<Map<String, String>> task = new FutureTask<>(() -> host.model.operate(DOWNLOAD, order(false)));
            Thread thread = Thread.ofVirtual().start(task);
            await().atMost(PATIENCE).until(() -> calls().stream().anyMatch(call -> call.startsWith("install")));
            thread.interrupt();
            assertThatThrownBy(task::get).hasCauseInstanceOf(InterruptedException.class);
            assertThat(host.value(IMAGE + "Status")).isEqualTo("InstallationFailed");
            await().atMost(PATIENCE)
                    .until(() -> ProcessHandle.allProcesses()
                            .noneMatch(process -> process.info()
                                    .commandLine()
                                    .filter(line -> line.contains(folder.toString()))
                                    .isPresent()));
        }
    }
}
