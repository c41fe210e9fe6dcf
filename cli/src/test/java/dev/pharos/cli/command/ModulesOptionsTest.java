// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.cli.terminal.WrongUsageException;
import dev.pharos.device.firmware.ServerTrust;
import dev.pharos.device.modules.SoftwareModules;
import dev.pharos.device.modules.process.RunAs;
import dev.pharos.pki.Authority;
import dev.pharos.pki.KeyKind;
import dev.pharos.pki.PemWriter;
import dev.pharos.pki.Validity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModulesOptionsTest {
    private static final String SELF = System.getProperty("user.name");

    private final ModulesOptions options = new ModulesOptions();

    @TempDir
    Path folder;

    private Optional<SoftwareModules> open() throws IOException, InterruptedException {
        return options.open(ServerTrust.OF_THE_RUNTIME);
    }

    @Test
    void there_are_none_unless_a_folder_is_named() throws Exception {
        assertThat(open()).isEmpty();
        assertThat(options.take("modules-user", SELF)).isTrue();
        assertThatThrownBy(this::open).isInstanceOf(WrongUsageException.class).hasMessageContaining("needs --modules");
    }

    @Test
    void root_must_say_who_programs_run_as() throws Exception {
        assertThat(options.take("modules", folder.toString())).isTrue();
        if (RunAs.self().isRoot()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(WrongUsageException.class)
                    .hasMessageContaining("root");
        } else {
            open().orElseThrow().close();
        }
    }

    @Test
    void a_user_who_is_not_there_is_named() {
        options.take("modules", folder.toString());
        options.take("modules-user", "nobody-of-this-name");
        assertThatThrownBy(this::open)
                .isInstanceOf(WrongUsageException.class)
                .hasMessageContaining("nobody-of-this-name");
    }

    @Test
    void certificates_of_those_who_sign_are_read_at_the_start() throws Exception {
        options.take("modules-signers", folder.resolve("makers.pem").toString());
        assertThatThrownBy(this::open)
                .isInstanceOf(WrongUsageException.class)
                .hasMessageContaining("--modules-signers needs --modules");
        options.take("modules", folder.resolve("modules").toString());
        options.take("modules-user", SELF);
        assertThatThrownBy(this::open)
                .isInstanceOf(WrongUsageException.class)
                .hasMessageContaining("--modules-signers: ")
                .hasMessageContaining("there is no such file");
        Files.writeString(folder.resolve("makers.pem"), "no certificate");
        assertThatThrownBy(this::open)
                .isInstanceOf(WrongUsageException.class)
                .hasMessageContaining("--modules-signers: ");
        PemWriter.certificates(
                folder.resolve("makers.pem"),
                Authority.create("Maker", KeyKind.EC, Validity.days(Instant.now(), 10))
                        .certificate());
        open().orElseThrow().close();
    }

    @Test
    void a_program_for_images_is_a_name_or_a_whole_path() throws Exception {
        assertThat(options.take("modules-runtime", "bin/crun")).isTrue();
        assertThatThrownBy(this::open)
                .isInstanceOf(WrongUsageException.class)
                .hasMessageContaining("--modules-runtime needs --modules");
        options.take("modules", folder.toString());
        options.take("modules-user", SELF);
        assertThatThrownBy(this::open)
                .isInstanceOf(WrongUsageException.class)
                .hasMessageContaining("neither a name nor a whole path: bin/crun");
        options.take("modules-runtime", "none");
        open().orElseThrow().close();
    }

    @Test
    void two_agents_do_not_share_a_folder() throws Exception {
        options.take("modules", folder.toString());
        options.take("modules-user", SELF);
        try (SoftwareModules first = open().orElseThrow()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(WrongUsageException.class)
                    .hasMessageContaining("another agent");
            assertThat(first.elements()).hasSize(1);
        }
        open().orElseThrow().close();
    }
}
