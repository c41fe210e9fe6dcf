// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.agent.config.AgentSurroundings;
import dev.pharos.cli.terminal.WrongUsageException;
import dev.pharos.pki.Authority;
import dev.pharos.pki.CertificateOrder;
import dev.pharos.pki.Issued;
import dev.pharos.pki.KeyKind;
import dev.pharos.pki.PemWriter;
import dev.pharos.pki.Validity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ThingsOptionsTest {
    private final ThingsOptions options = new ThingsOptions();

    @TempDir
    Path folder;

    private Path keys(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("keys"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private AgentSurroundings behind(boolean insecure) {
        return options.behind(AgentSurroundings.NONE, insecure);
    }

    @Test
    void without_the_option_there_are_no_things() {
        assertThat(behind(false)).isSameAs(AgentSurroundings.NONE);
    }

    @Test
    void a_loopback_address_needs_no_keys_and_any_other_does() throws Exception {
        options.take("lwm2m", "coap://127.0.0.1");
        assertThat(behind(false).elements().get()).hasSize(1);
        options.lwm2m.clear();
        options.take("lwm2m", "coap://0.0.0.0");
        assertThatThrownBy(() -> behind(false)).hasMessageContaining("lets anybody be any thing");
        assertThat(behind(true).elements().get()).hasSize(1);
        options.lwm2m.clear();
        options.take("lwm2m", "coaps://0.0.0.0");
        assertThatThrownBy(() -> behind(true)).hasMessageContaining("needs --lwm2m-keys");
        options.keys = keys("# the lamp\nlamp  lamp-1  00112233445566778899aabbccddeeff\n\n");
        assertThat(behind(false).elements().get()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            http://127.0.0.1, must be coap
            coap://, must be coap
            coap://127.0.0.1/path, must be coap
            127.0.0.1, must be coap
            coap://not-a-host.invalid, no such address
            """)
    void what_is_no_address_is_refused(String url, String why) {
        options.take("lwm2m", url);
        assertThatThrownBy(() -> behind(false))
                .isInstanceOf(WrongUsageException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            lamp 00112233445566778899aabbccddeeff, not NAME IDENTITY KEY
            lamp lamp 0011223344556677, 16 to 64 bytes
            lamp lamp secret, hexadecimal
            """)
    void a_wrong_line_of_keys_is_named_and_not_repeated(String line, String why) throws Exception {
        options.take("lwm2m", "coaps://127.0.0.1");
        options.keys = keys("# keys\n" + line + "\n");
        assertThatThrownBy(() -> behind(false))
                .hasMessageContaining("line 2")
                .hasMessageContaining(why)
                .message()
                .doesNotContain("001122", "secret");
    }

    @Test
    void certificates_come_with_their_key_and_whom_to_trust_or_not_at_all() throws Exception {
        Authority maker = Authority.create("Maker", KeyKind.EC, Validity.days(Instant.now(), 10));
        Issued ours = maker.issue(
                new CertificateOrder(
                        "gateway", List.of(), Set.of(CertificateOrder.Use.SERVER), Validity.days(Instant.now(), 10)),
                KeyKind.EC);
        Path certificate = folder.resolve("cert.pem");
        Path key = folder.resolve("key.pem");
        Path authorities = folder.resolve("ca.pem");
        PemWriter.certificates(certificate, ours.certificate());
        PemWriter.key(key, ours.key());
        PemWriter.certificates(authorities, maker.certificate());
        options.take("lwm2m-cert", certificate.toString());
        assertThatThrownBy(() -> behind(false)).hasMessageContaining("--lwm2m-cert needs --lwm2m");
        options.take("lwm2m", "coaps://127.0.0.1");
        options.take("lwm2m-cert-key", key.toString());
        assertThatThrownBy(() -> behind(false)).hasMessageContaining("belong together");
        options.take("lwm2m-ca", authorities.toString());
        assertThat(behind(false).elements().get()).hasSize(1);
        options.take("lwm2m-ca", key.toString());
        assertThatThrownBy(() -> behind(false))
                .isInstanceOf(WrongUsageException.class)
                .hasMessageStartingWith("--lwm2m-cert: ");
    }

    @Test
    void keys_that_everybody_may_read_are_not_read() throws Exception {
        options.take("lwm2m", "coaps://127.0.0.1");
        Path file = keys("lamp lamp 00112233445566778899aabbccddeeff\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        options.keys = file;
        assertThatThrownBy(() -> behind(false)).hasMessageContaining("chmod 600");
    }
}
