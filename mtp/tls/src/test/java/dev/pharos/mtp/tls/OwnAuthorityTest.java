// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.pki.PemWriter;
import dev.pharos.pki.SubjectName;
import dev.pharos.testkit.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnAuthorityTest {
    @TempDir
    Path folder;

    private TestAuthority authority = new TestAuthority(Path.of("unused"));

    @BeforeEach
    void make_an_authority() {
        authority = new TestAuthority(folder);
    }

    private X509Certificate root() throws IOException {
        return PemFiles.certificates(authority.trusted()).getFirst();
    }

    private static Optional<X509Certificate> of(TlsSettings settings) throws IOException {
        return OwnAuthority.open(settings).current();
    }

    @Test
    void it_stands_in_the_chain_or_among_those_who_are_trusted_or_nowhere() throws IOException {
        TestAuthority.Files own = authority.issue(SubjectName.host("acs.example"));
        TlsSettings alone = TlsSettings.server(own.chain(), own.key());
        assertThat(of(alone)).isEmpty();
        assertThat(of(alone.withTrusted(authority.trusted()))).contains(root());
        assertThat(of(alone.withTrusted(new TestAuthority(folder, "Of Devices").trusted())))
                .isEmpty();
        PemWriter.certificates(own.chain(), own.certificate(), root());
        assertThat(of(alone)).contains(root());
    }

    @Test
    void one_that_nobody_else_has_signed_vouches_for_itself() throws IOException {
        TestAuthority.Files own = authority.issueSelfSigned();
        assertThat(of(TlsSettings.server(own.chain(), own.key()).withTrusted(authority.trusted())))
                .contains(own.certificate());
    }

    @Test
    void what_is_renewed_counts_at_once() throws IOException {
        TestAuthority.Files own = authority.issue(SubjectName.host("acs.example"));
        OwnAuthority found = OwnAuthority.open(TlsSettings.server(own.chain(), own.key()));
        assertThat(found.current()).isEmpty();
        Path fresh = folder.resolve("fresh.pem");
        PemWriter.certificates(fresh, own.certificate(), root());
        Path _ = Files.move(fresh, own.chain(), StandardCopyOption.REPLACE_EXISTING);
        assertThat(found.current()).contains(root());
    }
}
