// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ManifestReaderTest {
    private static final String WHOLE = """
            name=hello
            vendor=example.org
            version=1.2.3-rc1
            description=Says hello
            units=main, helper
            main.command=bin/main.sh
            main.argument.1=--port
            main.argument.2=80 80
            main.environment.WHO=you
            main.autostart=true
            main.runlevel=3
            main.memory=65536
            main.cpu=50
            main.processes=8
            helper.command=/bin/sleep
            helper.argument.1=60
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void program() throws IOException {
        Files.createDirectory(folder.resolve("bin"));
        Files.setPosixFilePermissions(
                Files.createFile(folder.resolve("bin/main.sh")), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createFile(folder.resolve("text"));
    }

    private Manifest read(String text) throws IOException, UnitFormatException {
        Files.writeString(folder.resolve(Manifest.FILE), text);
        return ManifestReader.read(folder);
    }

    @Test
    void a_manifest_says_what_the_units_are_and_may_have() throws Exception {
        Manifest manifest = read(WHOLE);
        assertThat(manifest.name()).isEqualTo("hello");
        assertThat(manifest.version()).isEqualTo("1.2.3-rc1");
        assertThat(manifest.units().getFirst())
                .isEqualTo(new UnitPlan(
                        "main",
                        "",
                        List.of("bin/main.sh", "--port", "80 80"),
                        Map.of("WHO", "you"),
                        true,
                        3,
                        new Bounds(65536, 50, 8, -1)));
        assertThat(manifest.units().getLast().bounds()).isEqualTo(new Bounds(-1, -1, Limits.PROCESSES, -1));
        assertThat(manifest.units().getLast().runLevel()).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({
        "name=, name",
        "vendor=no domain, vendor",
        "version=, version",
        "'units=main, main', twice",
        "'units=main,a/b', units",
        "main.command=bin/../../etc/passwd, main.command",
        "main.command=text, main.command",
        "main.command=gone, main.command",
        "main.memory=-5, main.memory",
        "main.cpu=101, main.cpu",
        "main.autostart=yes, main.autostart",
        "main.environment.A-B=x, A-B",
        "main.colour=blue, main.colour",
        "other.command=/bin/true, other.command"
    })
    void what_cannot_be_is_named(String line, String named) {
        assertThatThrownBy(() -> read(WHOLE + line + "\n"))
                .isInstanceOf(UnitFormatException.class)
                .hasMessageContaining(named);
    }

    @Test
    void a_program_that_a_link_leads_out_to_is_refused() throws Exception {
        Files.createSymbolicLink(folder.resolve("sh"), Path.of("/bin/sh"));
        assertThatThrownBy(() -> read(WHOLE + "main.command=sh\n")).hasMessageContaining("main.command");
    }

    @Test
    void an_archive_without_one_is_no_unit() {
        assertThatThrownBy(() -> ManifestReader.read(folder)).hasMessageContaining(Manifest.FILE);
    }
}
