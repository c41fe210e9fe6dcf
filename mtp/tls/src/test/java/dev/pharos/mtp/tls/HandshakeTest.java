// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.mtp.tls.TlsBed.Outcome;
import dev.pharos.pki.SubjectName;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.OldHello;
import dev.pharos.testkit.TestAuthority;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Both sides over real sockets.
class HandshakeTest {
    private static final EndpointId CONTROLLER = EndpointId.of("self::pharos");
    private static final EndpointId DEVICE = EndpointId.of("os::00256D-1");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private TestAuthority authority = new TestAuthority(Path.of("unused"));

    @BeforeEach
    void make_an_authority() {
        authority = new TestAuthority(folder);
    }

    private TlsSettings serverSettings() throws IOException {
        var own = authority.issue(SubjectName.host("localhost"), SubjectName.of(CONTROLLER));
        return TlsSettings.server(own.chain(), own.key()).withTrusted(authority.trusted());
    }

    private TlsSettings deviceSettings() throws IOException {
        var own = authority.issue(SubjectName.of(DEVICE));
        return TlsSettings.trusting(authority.trusted()).withCertificate(own.chain(), own.key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    @Requirement({"R-MQTT.48", "R-WS.22", "R-SEC.0a"})
    void both_sides_prove_themselves_over(String protocol) throws Exception {
        try (ServerTls tls = ServerTls.open(serverSettings().requiringPeerCertificate());
                TlsBed bed = new TlsBed(tls)) {
            Outcome client = bed.dial(ClientTls.open(deviceSettings()), "localhost", protocol);
            assertThat(client.sentence()).isEqualTo("was accepted");
            assertThat(client.protocol()).isEqualTo(protocol);
            assertThat(client.peer()).contains(CONTROLLER.toString());
            Outcome server = bed.server();
            assertThat(server.protocol()).isEqualTo(protocol);
            assertThat(server.peer()).isEqualTo(DEVICE.toString());
        }
    }

    @Test
    @Requirement("R-MTP.4")
    void a_server_under_another_name_is_accepted_where_it_proves_to_be_the_one_that_is_wanted() throws Exception {
        try (ServerTls tls = ServerTls.open(serverSettings());
                TlsBed bed = new TlsBed(tls)) {
            assertThat(bed.dial(ClientTls.open(deviceSettings()), "elsewhere.example")
                            .sentence())
                    .contains("not for elsewhere.example")
                    .contains("localhost");
            assertThat(bed.server().sentence()).contains("does not accept our certificate");
            ClientTls knowing = ClientTls.open(deviceSettings().withPeer(CONTROLLER));
            assertThat(bed.dial(knowing, "elsewhere.example").sentence()).isEqualTo("was accepted");
            for (String home : new String[] {"box.local", "box.home.arpa", "box.Local."}) {
                assertThat(bed.dial(ClientTls.open(deviceSettings()), home).sentence())
                        .as(home)
                        .isEqualTo("was accepted");
            }
        }
    }

    @Test
    @Requirement("R-SEC.0a")
    void a_server_that_proves_to_be_another_endpoint_is_refused_under_its_right_name_too() throws Exception {
        try (ServerTls tls = ServerTls.open(serverSettings());
                TlsBed bed = new TlsBed(tls)) {
            ClientTls wanting = ClientTls.open(deviceSettings().withPeer(EndpointId.of("self::other")));
            assertThat(bed.dial(wanting, "localhost").sentence())
                    .contains("belongs to " + CONTROLLER)
                    .contains("self::other is wanted");
        }
    }

    @Test
    @Requirement({"R-WS.24", "R-MQTT.49", "R-STOMP.37"})
    void a_wildcard_in_a_servers_certificate_covers_one_label() throws Exception {
        var own = authority.issue(SubjectName.host("*.example.com"));
        try (ServerTls tls = ServerTls.open(TlsSettings.server(own.chain(), own.key()));
                TlsBed bed = new TlsBed(tls)) {
            ClientTls client = ClientTls.open(TlsSettings.trusting(authority.trusted()));
            assertThat(bed.dial(client, "acs.example.com").sentence()).isEqualTo("was accepted");
            assertThat(bed.dial(client, "a.acs.example.com").sentence()).contains("not for a.acs.example.com");
            assertThat(bed.dial(client, "example.com").sentence()).contains("not for example.com");
        }
    }

    @Test
    void a_client_without_a_certificate_learns_that_it_needs_one() throws Exception {
        try (ServerTls tls = ServerTls.open(serverSettings().requiringPeerCertificate());
                TlsBed bed = new TlsBed(tls)) {
            ClientTls bare = ClientTls.open(TlsSettings.trusting(authority.trusted()));
            assertThat(bed.dial(bare, "localhost").sentence()).contains("certificate of ours");
            assertThat(bed.server().sentence()).contains("it shows no certificate");
        }
    }

    @Test
    void an_expired_a_foreign_and_a_self_signed_client_are_refused_in_words_on_both_sides() throws Exception {
        try (ServerTls tls = ServerTls.open(serverSettings());
                TlsBed bed = new TlsBed(tls)) {
            TlsSettings trusting = TlsSettings.trusting(authority.trusted());
            var expired = authority.issueExpired(SubjectName.of(DEVICE));
            var foreign = new TestAuthority(folder, "Somebody Else").issue(SubjectName.of(DEVICE));
            var selfSigned = authority.issueSelfSigned();
            assertThat(bed.dial(ClientTls.open(trusting.withCertificate(expired.chain(), expired.key())), "localhost")
                            .sentence())
                    .contains("our certificate");
            assertThat(bed.server().sentence()).contains("has expired");
            bed.dial(ClientTls.open(trusting.withCertificate(foreign.chain(), foreign.key())), "localhost");
            assertThat(bed.server().sentence()).contains("Somebody Else");
            bed.dial(ClientTls.open(trusting.withCertificate(selfSigned.chain(), selfSigned.key())), "localhost");
            assertThat(bed.server().sentence()).contains("self-signed");
        }
    }

    @Test
    void whoever_speaks_no_tls_is_told_apart() throws Exception {
        try (ServerTls tls = ServerTls.open(serverSettings());
                TlsBed bed = new TlsBed(tls);
                Socket plain = new Socket(InetAddress.getLoopbackAddress(), bed.port())) {
            OutputStream out = plain.getOutputStream();
            out.write("GET /usp HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(bed.server().sentence()).isEqualTo("it speaks no TLS");
        }
    }

    @Test
    void versions_before_1_2_are_refused() throws Exception {
        try (ServerTls tls = ServerTls.open(serverSettings());
                TlsBed bed = new TlsBed(tls);
                Socket old = new Socket(InetAddress.getLoopbackAddress(), bed.port())) {
            old.getOutputStream().write(OldHello.TLS_1_1.toByteArray());
            assertThat(bed.server().sentence()).contains("neither TLS 1.2 nor 1.3");
            byte[] alert = old.getInputStream().readNBytes(7);
            // Alert, fatal, protocol_version (RFC 5246 section 7.2).
            assertThat(alert[0]).isEqualTo((byte) 21);
            assertThat(alert).endsWith((byte) 2, (byte) 70);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_client_that_comes_back_resumes_its_session_and_is_still_known(String protocol) throws Exception {
        try (ServerTls tls = ServerTls.open(serverSettings().requiringPeerCertificate());
                TlsBed bed = new TlsBed(tls)) {
            ClientTls client = ClientTls.open(deviceSettings());
            assertThat(bed.dial(client, "localhost", protocol).refusal()).isEmpty();
            long first = bed.server().made();
            Thread.sleep(20);
            assertThat(bed.dial(client, "localhost", protocol).refusal()).isEmpty();
            Outcome second = bed.server();
            assertThat(second.made()).isEqualTo(first);
            assertThat(second.peer()).isEqualTo(DEVICE.toString());
            Thread.sleep(20);
            bed.dial(ClientTls.open(deviceSettings()), "localhost", protocol);
            assertThat(bed.server().made()).isGreaterThan(first);
        }
    }

    @Test
    void a_revoked_client_is_refused_without_a_restart_and_cannot_resume() throws Exception {
        var own = authority.issue(SubjectName.of(DEVICE));
        Path lists = authority.revoke();
        try (ServerTls tls = ServerTls.open(serverSettings().withRevoked(lists));
                TlsBed bed = new TlsBed(tls)) {
            ClientTls client =
                    ClientTls.open(TlsSettings.trusting(authority.trusted()).withCertificate(own.chain(), own.key()));
            assertThat(bed.dial(client, "localhost").refusal()).isEmpty();
            assertThat(bed.server().refusal()).isEmpty();
            assertThat(authority.revoke(own)).isEqualTo(lists);
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
                bed.dial(client, "localhost");
                return bed.server().sentence().contains("has been revoked");
            });
        }
    }

    @Test
    void a_renewed_certificate_is_shown_without_a_restart_and_a_broken_one_is_not() throws Exception {
        TlsSettings settings = serverSettings();
        Path chain = settings.certificateChain().orElseThrow();
        Path key = settings.privateKey().orElseThrow();
        try (ServerTls tls = ServerTls.open(settings);
                TlsBed bed = new TlsBed(tls)) {
            ClientTls client = ClientTls.open(TlsSettings.trusting(authority.trusted()));
            assertThat(bed.dial(client, "localhost").peer()).contains("self::pharos");
            var renewed = authority.issue(SubjectName.host("localhost"), SubjectName.host("new.example"));
            Files.copy(renewed.chain(), chain, StandardCopyOption.REPLACE_EXISTING);
            // The key is still the old one: for longer than the files are looked at, nothing changes.
            Thread.sleep(Limits.FILE_CHECK.multipliedBy(2));
            assertThat(bed.dial(client, "localhost").peer()).contains("self::pharos");
            Files.copy(renewed.key(), key, StandardCopyOption.REPLACE_EXISTING);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> bed.dial(client, "localhost").peer().contains("new.example"));
        }
    }

    @Test
    void a_client_trusts_anew_at_its_next_attempt() throws Exception {
        Path trusted = folder.resolve("trusted.pem");
        Files.copy(new TestAuthority(folder, "Somebody Else").trusted(), trusted);
        try (ServerTls tls = ServerTls.open(serverSettings());
                TlsBed bed = new TlsBed(tls)) {
            ClientTls client = ClientTls.open(TlsSettings.trusting(trusted));
            assertThat(bed.dial(client, "localhost").sentence()).contains("not trusted here");
            Files.copy(authority.trusted(), trusted, StandardCopyOption.REPLACE_EXISTING);
            client.refresh();
            assertThat(bed.dial(client, "localhost").sentence()).isEqualTo("was accepted");
        }
    }

    @Test
    void files_that_cannot_be_used_are_named() throws IOException {
        var one = authority.issue();
        var other = authority.issue();
        Path missing = folder.resolve("missing.pem");
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing\n");
        assertNamed(TlsSettings.server(missing, one.key()), missing);
        assertNamed(TlsSettings.server(one.chain(), missing), missing);
        assertNamed(TlsSettings.server(one.chain(), other.key()), other.key());
        assertNamed(TlsSettings.server(one.key(), one.key()), one.key());
        assertNamed(TlsSettings.server(one.chain(), one.chain()), one.chain());
        TlsSettings good = TlsSettings.server(one.chain(), one.key());
        assertNamed(good.withTrusted(empty), empty);
        assertNamed(good.withTrusted(authority.trusted()).withRevoked(empty), empty);
        assertNamed(good.withTrusted(authority.trusted()).withRevoked(missing), missing);
        assertThatThrownBy(() -> new TlsSettings(
                        Optional.of(one.chain()), Optional.empty(), Optional.empty(), Optional.empty(), PeerRule.USUAL))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertNamed(TlsSettings settings, Path file) {
        assertThatThrownBy(() -> ServerTls.open(settings).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void a_connection_ends_when_its_clients_certificate_is_revoked() throws Exception {
        Path list = authority.revoke();
        var own = authority.issue(SubjectName.of(DEVICE));
        try (ServerTls tls = ServerTls.open(serverSettings().withRevoked(list).requiringPeerCertificate());
                TlsBed bed = new TlsBed(tls);
                TlsBed.Call call = bed.call(
                        ClientTls.open(
                                TlsSettings.trusting(authority.trusted()).withCertificate(own.chain(), own.key())),
                        "localhost")) {
            assertThat(call.outcome().sentence()).isEqualTo("was accepted");
            assertThat(bed.server().sentence()).isEqualTo("was accepted");

            authority.revoke(own);
            await().atMost(PATIENCE).until(() -> !call.isOpen());
            assertThat(bed.server().sentence())
                    .startsWith("its TLS connection is ended: its certificate")
                    .endsWith("has been revoked");
        }
    }

    @Test
    void a_connection_ends_when_its_servers_certificate_is_revoked() throws Exception {
        Path list = authority.revoke();
        var own = authority.issue(SubjectName.host("localhost"), SubjectName.of(CONTROLLER));
        ClientTls client =
                ClientTls.open(TlsSettings.trusting(authority.trusted()).withRevoked(list));
        try (ServerTls tls = ServerTls.open(TlsSettings.server(own.chain(), own.key()));
                TlsBed bed = new TlsBed(tls);
                TlsBed.Call call = bed.call(client, "localhost")) {
            assertThat(call.outcome().sentence()).isEqualTo("was accepted");
            client.review();
            assertThat(call.isOpen()).isTrue();

            authority.revoke(own);
            client.review();
            await().atMost(PATIENCE).until(() -> !call.isOpen());
        }
    }
}
