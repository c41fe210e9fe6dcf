// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.pharos.pki.CertificateOrder.Use;
import dev.pharos.pki.SubjectName;
import dev.pharos.pki.Validity;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.TestAuthority;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.integrity.SecureIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who is believed end to end.
class EndToEndIdentityTest {
    private static final EndpointId DEVICE = EndpointId.of("os::00256D-1");

    @TempDir
    Path folder;

    private TestAuthority authority = new TestAuthority(Path.of("unused"));

    @BeforeEach
    void make_an_authority() {
        authority = new TestAuthority(folder);
    }

    private TlsSettings settings() throws IOException {
        TestAuthority.Files own = authority.issue(SubjectName.of(EndpointId.of("self::acs")));
        return TlsSettings.server(own.chain(), own.key()).withTrusted(authority.trusted());
    }

    private Optional<String> objection(TestAuthority.Files shown) throws IOException {
        return objection(settings(), shown);
    }

    private static Optional<String> objection(TlsSettings settings, TestAuthority.Files shown) throws IOException {
        return EndToEndIdentity.prepare(settings, InstantSource.system())
                .judge()
                .objection(DEVICE, List.of(shown.certificate()));
    }

    @Test
    @Requirement("R-SEC.0a")
    void a_certificate_that_names_the_endpoint_proves_it() throws IOException {
        assertThat(objection(authority.issue(SubjectName.of(DEVICE)))).isEmpty();
        assertThat(objection(authority.issue(new SubjectName.Endpoint("os::00256D-*"))))
                .isEmpty();
    }

    @Test
    void a_certificate_for_either_use_does() throws IOException {
        Validity today = new Validity(
                Instant.now().minus(Duration.ofHours(1)), Instant.now().plus(Duration.ofHours(1)));
        for (Use use : Use.values()) {
            assertThat(objection(authority.issue(today, Set.of(use), SubjectName.of(DEVICE))))
                    .isEmpty();
        }
    }

    @Test
    @Requirement("R-SEC.0a")
    void a_certificate_of_another_or_of_nobody_does_not() throws IOException {
        assertThat(objection(authority.issue(SubjectName.of(EndpointId.of("os::00256D-2")))))
                .hasValue("its certificate belongs to os::00256D-2, not to os::00256D-1");
        assertThat(objection(authority.issue(SubjectName.host("localhost"))))
                .hasValue("its certificate belongs to localhost, not to os::00256D-1");
    }

    @Test
    void what_has_expired_is_of_a_stranger_or_revoked_does_not() throws IOException {
        assertThat(objection(authority.issueExpired(SubjectName.of(DEVICE))))
                .hasValueSatisfying(why -> assertThat(why).contains("has expired"));
        TestAuthority stranger = new TestAuthority(folder, "Stranger");
        assertThat(objection(stranger.issue(SubjectName.of(DEVICE))))
                .hasValueSatisfying(why -> assertThat(why).contains("is not trusted here"));
        TestAuthority.Files revoked = authority.issue(SubjectName.of(DEVICE));
        assertThat(objection(settings().withRevoked(authority.revoke(revoked)), revoked))
                .hasValueSatisfying(why -> assertThat(why).contains("has been revoked"));
    }

    @Test
    void what_cannot_work_is_refused_at_once() throws IOException {
        TestAuthority.Files own = authority.issue(SubjectName.of(DEVICE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EndToEndIdentity.open(TlsSettings.server(own.chain(), own.key())));
        TlsSettings missing =
                TlsSettings.server(folder.resolve("nothing"), own.key()).withTrusted(authority.trusted());
        assertThatIOException().isThrownBy(() -> EndToEndIdentity.open(missing)).withMessageContaining("nothing");
    }

    @Test
    void a_certificate_that_is_renewed_counts_without_a_restart() throws IOException {
        TlsSettings settings = settings();
        try (EndToEndIdentity identity = EndToEndIdentity.open(settings)) {
            SecureIdentity before = identity.get().orElseThrow();
            TestAuthority.Files renewed = authority.issue(SubjectName.of(EndpointId.of("self::acs")));
            Files.move(renewed.key(), settings.privateKey().orElseThrow(), StandardCopyOption.REPLACE_EXISTING);
            Files.move(renewed.chain(), settings.certificateChain().orElseThrow(), StandardCopyOption.REPLACE_EXISTING);

            await().until(() -> !identity.get().orElseThrow().chain().equals(before.chain()));
            assertThat(identity.get().orElseThrow().chain()).containsExactly(renewed.certificate());
        }
    }
}
