// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.pki.CertificateOrder.Use;
import dev.pharos.pki.SubjectName;
import dev.pharos.pki.Validity;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.TestAuthority;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The judge alone, without a network.
class PeerTrustTest {
    /// What a device shows that has no battery for its clock.
    private static final InstantSource UNSET = InstantSource.fixed(Instant.parse("1970-01-01T00:01:00Z"));

    @TempDir
    Path folder;

    private final Instant now = Instant.now();
    private TestAuthority authority = new TestAuthority(Path.of("unused"));

    @BeforeEach
    void make_an_authority() {
        authority = new TestAuthority(folder);
    }

    private PeerTrust judge(TlsSettings settings, InstantSource clock) throws IOException {
        return ServerTls.trust(settings, clock);
    }

    private PeerTrust judge() throws IOException {
        return judge(TlsSettings.trusting(authority.trusted()), InstantSource.system());
    }

    private static ThrowingCallable client(PeerTrust judge, TestAuthority.Files... chain) {
        X509Certificate[] certificates = new X509Certificate[chain.length];
        for (int i = 0; i < chain.length; i++) {
            certificates[i] = chain[i].certificate();
        }
        return () -> judge.checkClientTrusted(certificates, "UNKNOWN");
    }

    private TestAuthority.Files notYetValid() throws IOException {
        return authority.issue(
                new Validity(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(2))),
                Set.of(Use.SERVER, Use.CLIENT),
                SubjectName.host("localhost"));
    }

    @Test
    void whoever_a_trusted_authority_has_signed_is_accepted() throws IOException {
        assertThatCode(client(judge(), authority.issue())).doesNotThrowAnyException();
    }

    @Test
    void clients_are_not_told_who_is_trusted_so_that_they_show_whatever_they_have() throws IOException {
        assertThat(judge().getAcceptedIssuers()).isEmpty();
    }

    @Test
    @Requirement({"R-MTP.3", "R-SEC.20"})
    void with_a_right_clock_dates_count() throws IOException {
        var expired = authority.issueExpired();
        assertThatThrownBy(client(judge(), expired))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining(
                        "has expired on " + expired.certificate().getNotAfter().toInstant());
        assertThatThrownBy(client(judge(), notYetValid())).hasMessageContaining("is valid from");
    }

    @Test
    @Requirement({"R-MTP.2", "R-SEC.19", "R-WS.23"})
    void with_a_clock_that_was_never_set_dates_do_not_count_and_all_else_does() throws IOException {
        PeerTrust judge = judge(TlsSettings.trusting(authority.trusted()), UNSET);
        assertThatCode(client(judge, authority.issue())).doesNotThrowAnyException();
        assertThatCode(client(judge, authority.issueExpired())).doesNotThrowAnyException();
        assertThatCode(client(judge, notYetValid())).doesNotThrowAnyException();
        assertThatThrownBy(client(judge, new TestAuthority(folder, "Somebody Else").issue()))
                .hasMessageContaining("Somebody Else");
        var revoked = authority.issueExpired();
        PeerTrust strict =
                judge(TlsSettings.trusting(authority.trusted()).withRevoked(authority.revoke(revoked)), UNSET);
        assertThatThrownBy(client(strict, revoked)).hasMessageContaining("revoked");
        assertThatCode(client(strict, authority.issueExpired())).doesNotThrowAnyException();
    }

    @Test
    void a_self_signed_certificate_and_one_of_an_unknown_authority_are_told_apart() throws IOException {
        assertThatThrownBy(client(judge(), authority.issueSelfSigned()))
                .hasMessageContaining("self-signed and not among those that are trusted here");
        assertThatThrownBy(client(judge(), new TestAuthority(folder, "Somebody Else").issue()))
                .hasMessageContaining("signed by CN=Somebody Else")
                .hasMessageContaining("not trusted here");
    }

    @Test
    void a_certificate_that_is_trusted_itself_is_accepted_only_while_it_is_valid() throws IOException {
        var own = authority.issueSelfSigned();
        assertThatCode(client(judge(TlsSettings.trusting(own.chain()), InstantSource.system()), own))
                .doesNotThrowAnyException();
        var expired = authority.issueExpired();
        assertThatThrownBy(client(judge(TlsSettings.trusting(expired.chain()), InstantSource.system()), expired))
                .hasMessageContaining("has expired");
    }

    @Test
    void a_revoked_certificate_is_refused_and_another_of_the_same_authority_is_not() throws IOException {
        var revoked = authority.issue();
        PeerTrust judge = judge(
                TlsSettings.trusting(authority.trusted()).withRevoked(authority.revoke(revoked)),
                InstantSource.system());
        assertThatThrownBy(client(judge, revoked)).hasMessageContaining("has been revoked");
        assertThatCode(client(judge, authority.issue())).doesNotThrowAnyException();
    }

    @Test
    void where_the_revocation_list_is_out_of_date_or_of_somebody_else_nobody_is_accepted() throws IOException {
        var good = authority.issue();
        PeerTrust late = judge(
                TlsSettings.trusting(authority.trusted()).withRevoked(authority.outdatedRevocationList()),
                InstantSource.system());
        assertThatThrownBy(client(late, good)).hasMessageContaining("revo");
        TestAuthority other = new TestAuthority(folder, "Somebody Else");
        PeerTrust foreign =
                judge(TlsSettings.trusting(authority.trusted()).withRevoked(other.revoke()), InstantSource.system());
        assertThatThrownBy(client(foreign, good)).hasMessageContaining("revocation lists hold none of");
    }

    @Test
    void a_certificate_serves_only_the_role_that_it_was_made_for() throws IOException {
        Validity today = new Validity(now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(1)));
        var forClients = authority.issue(today, Set.of(Use.CLIENT), SubjectName.host("localhost"));
        PeerTrust judge = judge();
        assertThatCode(client(judge, forClients)).doesNotThrowAnyException();
        assertThatThrownBy(() -> judge.checkServerTrusted(new X509Certificate[] {forClients.certificate()}, "UNKNOWN"))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("not accepted");
    }

    @Test
    @Requirement("R-MTP.1")
    void nobody_is_accepted_without_a_certificate() throws IOException {
        PeerTrust judge = judge();
        assertThatThrownBy(() -> judge.checkClientTrusted(new X509Certificate[0], "UNKNOWN"))
                .hasMessageContaining("no certificate");
        assertThatThrownBy(() -> judge.checkServerTrusted(new X509Certificate[0], "UNKNOWN"))
                .hasMessageContaining("no certificate");
    }
}
