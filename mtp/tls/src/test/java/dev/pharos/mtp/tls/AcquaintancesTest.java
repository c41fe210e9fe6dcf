// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.mtp.tls.TlsBed.Outcome;
import dev.pharos.pki.SubjectName;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.TestAuthority;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.integrity.Acquaintances;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Peers for whom nobody vouches, over real sockets: whom an agent lets in all the same, and what still has to be right
/// then. The device trusts one authority; the controller's certificate is another's.
class AcquaintancesTest {
    private static final EndpointId CONTROLLER = EndpointId.of("self::pharos");
    private static final EndpointId DEVICE = EndpointId.of("os::00256D-1");

    @TempDir
    Path folder;

    private TestAuthority trusted = new TestAuthority(Path.of("unused"));
    private TestAuthority strangers = new TestAuthority(Path.of("unused"));

    @BeforeEach
    void make_authorities() {
        trusted = new TestAuthority(folder, "Trusted");
        strangers = new TestAuthority(folder, "Nobody's");
    }

    /// Knows who has one of these certificates, or everybody where it has none; and keeps what it is asked.
    private static final class Asked implements Acquaintances {
        private final List<X509Certificate> known;
        private final Queue<String> questions = new ConcurrentLinkedQueue<>();
        private final Queue<X509Certificate> revoked = new ConcurrentLinkedQueue<>();

        Asked(X509Certificate... known) {
            this.known = List.of(known);
        }

        @Override
        public boolean knowsServer(Optional<EndpointId> wanted, List<X509Certificate> chain) {
            questions.add("server " + wanted.map(EndpointId::toString).orElse("-"));
            return known.isEmpty() || known.contains(chain.getFirst());
        }

        @Override
        public boolean knowsClient(List<X509Certificate> chain) {
            questions.add("client");
            return known.isEmpty() || known.contains(chain.getFirst());
        }

        @Override
        public void revoked(X509Certificate certificate) {
            revoked.add(certificate);
        }
    }

    private TlsSettings device(Acquaintances acquaintances) throws IOException {
        return TlsSettings.trusting(trusted.trusted()).withPeer(CONTROLLER).withAcquaintances(acquaintances);
    }

    private static TlsSettings server(TestAuthority.Files own) {
        return TlsSettings.server(own.chain(), own.key());
    }

    /// What the device makes of a server.
    private static String meets(TlsSettings device, TestAuthority.Files own, String host) throws Exception {
        try (ServerTls tls = ServerTls.open(server(own));
                TlsBed bed = new TlsBed(tls)) {
            return bed.dial(ClientTls.open(device), host).sentence();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    @Requirement("R-MTP.4a")
    void a_certificate_that_is_known_is_enough_and_no_other_is_and_a_session_that_is_resumed_is_not_asked_about(
            String protocol) throws Exception {
        var own = strangers.issue(SubjectName.of(CONTROLLER));
        var other = strangers.issue(SubjectName.of(CONTROLLER));
        Asked asked = new Asked(own.certificate());
        try (ServerTls tls = ServerTls.open(server(own));
                TlsBed bed = new TlsBed(tls)) {
            ClientTls device = ClientTls.open(device(asked));
            Outcome first = bed.dial(device, "elsewhere.example", protocol);
            assertThat(first.sentence()).isEqualTo("was accepted");
            assertThat(asked.questions).containsExactly("server " + CONTROLLER);

            Outcome second = bed.dial(device, "elsewhere.example", protocol);
            assertThat(second.sentence()).isEqualTo("was accepted");
            assertThat(asked.questions).as("asked again").hasSize(1);
        }
        assertThat(meets(device(asked), other, "elsewhere.example")).contains("Nobody's", "not trusted here");
    }

    @Test
    @Requirement("R-MTP.4a")
    void where_a_trusted_signature_is_required_nobody_gets_in_without_one() throws Exception {
        var own = strangers.issue(SubjectName.of(CONTROLLER));
        assertThat(meets(device(Acquaintances.NONE), own, "elsewhere.example")).contains("not trusted here");
        assertThat(meets(device(new Asked()), own, "elsewhere.example")).isEqualTo("was accepted");
    }

    @Test
    @Requirement({"R-MTP.4", "R-MTP.4a"})
    void whom_nobody_vouches_for_needs_right_dates_and_the_right_name_all_the_same() throws Exception {
        Asked anybody = new Asked();
        assertThat(meets(device(anybody), strangers.issueExpired(SubjectName.of(CONTROLLER)), "localhost"))
                .contains("has expired");
        assertThat(meets(device(anybody), strangers.issue(SubjectName.of(DEVICE)), "localhost"))
                .contains("belongs to " + DEVICE);
        var named = strangers.issue(SubjectName.host("localhost"));
        assertThat(meets(device(anybody), named, "elsewhere.example")).contains("not for elsewhere.example");
        assertThat(meets(device(anybody), named, "localhost")).isEqualTo("was accepted");
        assertThat(meets(device(anybody), named, "box.local")).isEqualTo("was accepted");
    }

    @Test
    @Requirement("R-MTP.4a")
    void who_is_revoked_is_not_let_in_however_well_it_is_known() throws Exception {
        var own = strangers.issue(SubjectName.of(CONTROLLER));
        Asked asked = new Asked(own.certificate());
        TlsSettings device = device(asked).withRevoked(strangers.revoke(own));

        assertThat(meets(device, own, "localhost")).contains("has been revoked");
        assertThat(asked.questions).isEmpty();
        assertThat(asked.revoked).containsExactly(own.certificate());

        var vouchedFor = trusted.issue(SubjectName.of(CONTROLLER));
        assertThat(meets(device.withRevoked(trusted.revoke(vouchedFor)), vouchedFor, "localhost"))
                .contains("has been revoked");
    }

    @Test
    void an_acquaintance_does_not_help_where_an_authority_cannot_say_that_it_has_not_revoked_the_certificate()
            throws Exception {
        var own = trusted.issue(SubjectName.of(CONTROLLER));
        Asked anybody = new Asked();
        TlsSettings device = device(anybody).withRevoked(strangers.revoke());

        assertThat(meets(device, own, "localhost")).contains("is not known");
        assertThat(anybody.questions).isEmpty();
    }

    @Test
    @Requirement("R-MTP.4a")
    void who_dials_us_is_known_by_its_certificate_or_refused() throws Exception {
        var own = trusted.issue(SubjectName.host("localhost"));
        var caller = strangers.issue(SubjectName.of(CONTROLLER));
        var other = strangers.issue(SubjectName.of(CONTROLLER));
        Asked asked = new Asked(caller.certificate());
        try (ServerTls tls = ServerTls.open(
                        server(own).withTrusted(trusted.trusted()).withAcquaintances(asked));
                TlsBed bed = new TlsBed(tls)) {
            TlsSettings trusting = TlsSettings.trusting(trusted.trusted());
            assertThat(bed.dial(ClientTls.open(trusting.withCertificate(caller.chain(), caller.key())), "localhost")
                            .sentence())
                    .isEqualTo("was accepted");
            assertThat(bed.server().peer()).isEqualTo(CONTROLLER.toString());

            bed.dial(ClientTls.open(trusting.withCertificate(other.chain(), other.key())), "localhost");
            assertThat(bed.server().sentence()).contains("Nobody's");
            assertThat(asked.questions).containsExactly("client", "client");
        }
    }

    @Test
    void vouching_is_asked_of_authorities_alone() throws Exception {
        var own = strangers.issue(SubjectName.of(CONTROLLER));
        Vouching vouching = new Vouching(device(new Asked()));

        assertThat(vouching.test(List.of(own.certificate()))).isFalse();
        assertThat(vouching.test(
                        List.of(trusted.issue(SubjectName.of(CONTROLLER)).certificate())))
                .isTrue();
        assertThat(new Vouching(TlsSettings.trusting(folder.resolve("missing.pem"))).test(List.of(own.certificate())))
                .isFalse();
    }
}
