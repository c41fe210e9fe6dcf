// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.device.firmware.Patience;
import dev.pharos.device.firmware.ServerTrust;
import dev.pharos.device.firmware.files.FilesElement;
import dev.pharos.testkit.FileServer;
import dev.pharos.testkit.FileServer.Mood;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of a host that its operator shows, given away to a real server and taken back from it.
final class HostFilesTest {
    private static final String CONFIG = "Device.DeviceInfo.VendorConfigFile.1.";
    private static final String LOG = "Device.DeviceInfo.VendorLogFile.1.";
    private static final byte[] NEW = "colour=green\n".getBytes(StandardCharsets.US_ASCII);

    /// Looks at the file that it is given, and says no where another lies beside it.
    private static final String KEEPER = """
            #!/bin/sh
            here=$(dirname "$0")
            echo "$1 $(cat "$here/service.conf")" >>"$here/calls"
            case "$1" in
                check) grep -q '^colour=' "$2" || { echo "no colour"; exit 1; } ;;
                reload) [ ! -f "$here/wrong" ] || { echo "it does not start"; exit 2; } ;;
            esac
            """;

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private FileServer server;

    @SuppressWarnings("NullAway.Init") // set before each test
    private InstantiatedDataModel model;

    @BeforeEach
    void start() throws IOException {
        server = FileServer.of(NEW);
        Path keeper = Files.writeString(folder.resolve("keeper"), KEEPER);
        Files.setPosixFilePermissions(keeper, PosixFilePermissions.fromString("rwx------"));
        Path config = Files.writeString(folder.resolve("service.conf"), "colour=red\n");
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r-----"));
        Files.createSymbolicLink(folder.resolve("link.conf"), config);
        model = InstantiatedDataModel.start(
                List.of(new FilesElement(
                        List.of(HostConfigFile.of(folder.resolve("link.conf"), Optional.of(keeper))),
                        List.of(new HostLogFile(folder.resolve("service.log"))),
                        ServerTrust.OF_THE_RUNTIME,
                        new Patience(Duration.ofMillis(500), 2, Duration.ofMillis(10)))),
                ChangeJournal.none());
    }

    @AfterEach
    void stop() {
        model.close();
        server.close();
    }

    private String value(String path) {
        return model.snapshot().value(path).orElseThrow(() -> new AssertionError("no " + path));
    }

    private String config() throws IOException {
        return Files.readString(folder.resolve("service.conf"));
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }

    private Map<String, String> order() throws Exception {
        return new HashMap<>(Map.of(
                "URL",
                server.url("f").toString(),
                "Username",
                "",
                "Password",
                "",
                "CheckSumAlgorithm",
                "SHA-256",
                "CheckSum",
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(NEW))));
    }

    private void refused(String why, ThrowingCallable call) throws IOException {
        String before = config();
        assertThatThrownBy(call)
                .hasMessageContaining(why)
                .isInstanceOfSatisfying(
                        UspException.class,
                        failure -> assertThat(failure.code()).isEqualTo(StandardErrorCode.COMMAND_FAILURE));
        assertThat(config()).isEqualTo(before);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .noneMatch(name -> name.endsWith(".restored"));
        }
    }

    @Test
    void what_the_operator_shows_is_what_there_is() {
        assertThat(value(CONFIG + "Name")).isEqualTo("service.conf");
        assertThat(value(CONFIG + "UseForBackupRestore")).isEqualTo("true");
        assertThat(value(CONFIG + "Date")).startsWith("20");
        assertThat(value(LOG + "Name")).isEqualTo("service.log");
        assertThat(value("Device.DeviceInfo.VendorConfigFileNumberOfEntries")).isEqualTo("1");
        assertThat(value("Device.DeviceInfo.VendorLogFileNumberOfEntries")).isEqualTo("1");
    }

    @Test
    void a_backup_and_a_log_arrive_and_a_log_that_is_not_there_is_a_fault() throws Exception {
        model.operate(CONFIG + "Backup()", Map.of("URL", server.url("c").toString(), "Username", "", "Password", ""));
        Map<String, String> log = Map.of("URL", server.url("l").toString(), "Username", "", "Password", "");
        refused("does not do it", () -> model.operate(LOG + "Upload()", log));
        Files.writeString(folder.resolve("service.log"), "it began\n");
        model.operate(LOG + "Upload()", log);
        assertThat(server.puts().stream()
                        .map(put -> put.path() + " " + new String(put.content().toByteArray(), StandardCharsets.UTF_8)))
                .containsExactly("/c colour=red\n", "/l it began\n");
    }

    @Test
    void a_configuration_is_checked_put_in_place_for_the_same_people_and_takes_effect() throws Exception {
        model.operate(CONFIG + "Restore()", order());
        assertThat(config()).isEqualTo("colour=green\n");
        assertThat(Files.isSymbolicLink(folder.resolve("link.conf"))).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("service.conf"))))
                .isEqualTo("rw-r-----");
        assertThat(calls()).containsExactly("check colour=red", "reload colour=green");
    }

    @Test
    void what_is_not_the_file_that_was_meant_or_fails_its_check_changes_nothing() throws Exception {
        Map<String, String> sum = order();
        sum.put("CheckSum", "00".repeat(32));
        refused("check sum", () -> model.operate(CONFIG + "Restore()", sum));
        Map<String, String> size = order();
        size.put("FileSize", "12");
        refused("and not 12", () -> model.operate(CONFIG + "Restore()", size));
        Map<String, String> large = order();
        large.put("FileSize", "4294967295");
        refused("at most", () -> model.operate(CONFIG + "Restore()", large));
        server.will(new Mood.Refusing(404, "", ""));
        refused("status 404", () -> model.operate(CONFIG + "Restore()", order()));
        server.becomes("nothing\n".getBytes(StandardCharsets.US_ASCII), "");
        Map<String, String> any = order();
        any.remove("CheckSum");
        refused("no colour", () -> model.operate(CONFIG + "Restore()", any));
    }

    @Test
    void a_configuration_that_does_not_take_effect_is_taken_back() throws Exception {
        Files.createFile(folder.resolve("wrong"));
        refused("it does not start", () -> model.operate(CONFIG + "Restore()", order()));
        assertThat(calls()).containsExactly("check colour=red", "reload colour=green", "reload colour=red");
    }
}
