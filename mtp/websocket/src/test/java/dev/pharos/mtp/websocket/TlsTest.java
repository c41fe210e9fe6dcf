// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.PeerIdentity.Proof;
import dev.pharos.mtp.RetryBackoff;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.pki.SubjectName;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.HostilePeers;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.testkit.TestAuthority;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TLS of both sides, with certificates of an authority that lives for one test.
class TlsTest {
    private static final EndpointId AGENT = EndpointId.of("proto::agent");
    private static final EndpointId CONTROLLER = EndpointId.of("proto::controller");
    private static final RetryBackoff SOON = new RetryBackoff(Duration.ofMillis(100), 1000);

    @TempDir
    Path folder;

    private final RecordingReceiver atServer = new RecordingReceiver();
    private final RecordingReceiver atClient = new RecordingReceiver();
    private @Nullable WebSocketServerMtp server;
    private @Nullable WebSocketClientMtp client;

    @AfterEach
    void close() {
        if (client != null) {
            client.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private int serve(TlsSettings tls) throws IOException {
        WebSocketServerMtp made = new WebSocketServerMtp(
                WebSocketServerConfig.at("127.0.0.1", 0, CONTROLLER).withTls(tls));
        server = made;
        made.start(atServer);
        return made.port();
    }

    private void dial(String host, int port, TlsSettings tls) throws IOException {
        WebSocketClientMtp made = new WebSocketClientMtp(
                WebSocketClientConfig.to(URI.create("wss://" + host + ":" + port + "/usp"), AGENT)
                        .withTls(tls)
                        .withBackoff(SOON));
        client = made;
        made.start(atClient);
    }

    private static TlsSettings show(TestAuthority.Files issued) {
        return TlsSettings.server(issued.chain(), issued.key());
    }

    @Test
    @Requirement({"R-MTP.0", "R-MTP.1", "R-WS.22"})
    void records_travel_over_tls_and_a_server_certificate_proves_its_endpoint() throws IOException {
        TestAuthority authority = new TestAuthority(folder);
        var issued = authority.issue(SubjectName.host("localhost"), SubjectName.of(CONTROLLER));
        dial("localhost", serve(show(issued)), TlsSettings.trusting(authority.trusted()));
        MtpConnection toController = atClient.nextConnected();
        assertThat(toController.peer().endpointId()).contains(CONTROLLER);
        assertThat(toController.peer().proof()).isEqualTo(Proof.CERTIFICATE);
        assertThat(toController.security().certificates().getFirst().toString())
                .contains("urn:bbf:usp:id:" + CONTROLLER);
        assertThat(atServer.nextConnected().peer().proof()).isEqualTo(Proof.NONE);
        byte[] large = new byte[300_000];
        toController.send(Bytes.copyOf(large));
        assertThat(atServer.nextRecord()).isEqualTo(Bytes.adopt(large));
    }

    @Test
    @Requirement({"R-SEC.0a", "R-WS.22"})
    void a_client_certificate_proves_the_endpoint_it_names() throws IOException {
        TestAuthority authority = new TestAuthority(folder);
        Path trusted = authority.trusted();
        int port = serve(show(authority.issue(SubjectName.host("localhost")))
                .withTrusted(trusted)
                .requiringPeerCertificate());
        var own = authority.issue(SubjectName.of(AGENT));
        dial("localhost", port, TlsSettings.trusting(trusted).withCertificate(own.chain(), own.key()));
        assertThat(atServer.nextConnected().peer().proof()).isEqualTo(Proof.CERTIFICATE);
        atClient.nextConnected();
    }

    @Test
    @Requirement("R-SEC.0a")
    void a_certificate_of_another_endpoint_is_refused() throws IOException {
        TestAuthority authority = new TestAuthority(folder);
        Path trusted = authority.trusted();
        int port = serve(show(authority.issue(SubjectName.host("localhost"))).withTrusted(trusted));
        var stolen = authority.issue(new SubjectName.Endpoint("proto::somebody-else"));
        dial("localhost", port, TlsSettings.trusting(trusted).withCertificate(stolen.chain(), stolen.key()));
        assertThat(atClient.next(Event.Refused.class).reason()).contains("403");
        assertThat(atServer.next(Event.Refused.class).reason()).contains("another endpoint");
    }

    @Test
    void handshakes_that_are_too_many_at_once_are_told_of_as_a_crowd_and_others_come_in() throws Exception {
        TestAuthority authority = new TestAuthority(folder);
        int port = serve(show(authority.issue(SubjectName.host("localhost"))));
        List<Socket> begun = HostilePeers.beginHandshakes(port, 260);
        assertThat(atServer.next(Event.Refused.class).reason())
                .contains("too many TLS handshakes at once, 250 from its address");
        dial("localhost", port, TlsSettings.trusting(authority.trusted()));
        atClient.skipTo(Event.Connected.class);
        HostilePeers.end(begun);
    }

    @Test
    void a_client_without_a_required_certificate_does_not_get_in() throws IOException {
        TestAuthority authority = new TestAuthority(folder);
        Path trusted = authority.trusted();
        int port = serve(show(authority.issue(SubjectName.host("localhost")))
                .withTrusted(trusted)
                .requiringPeerCertificate());
        dial("localhost", port, TlsSettings.trusting(trusted));
        atClient.next(Event.Refused.class);
        atServer.next(Event.Refused.class);
    }

    @Test
    @Requirement("R-MTP.4")
    void a_client_refuses_a_server_of_another_name_authority_or_time() throws IOException {
        TestAuthority authority = new TestAuthority(folder);
        Path trusted = authority.trusted();
        dial(
                "localhost",
                serve(show(authority.issue(SubjectName.host("elsewhere.example")))),
                TlsSettings.trusting(trusted));
        assertThat(atClient.next(Event.Refused.class).reason()).contains("localhost");
        close();
        dial(
                "localhost",
                serve(show(authority.issue(SubjectName.host("localhost")))),
                TlsSettings.trustingTheRuntime());
        atClient.skipTo(Event.Refused.class);
        close();
        dial(
                "localhost",
                serve(show(authority.issueExpired(SubjectName.host("localhost")))),
                TlsSettings.trusting(trusted));
        assertThat(atClient.skipTo(Event.Refused.class).reason()).isNotEmpty();
        assertThat(atServer.pending()).noneMatch(Event.Connected.class::isInstance);
    }

    @Test
    void tls_1_1_is_not_spoken() throws IOException {
        TestAuthority authority = new TestAuthority(folder);
        int port = serve(show(authority.issue(SubjectName.host("localhost"))));
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (SSLSocket socket = (SSLSocket) factory.createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setEnabledProtocols(new String[] {"TLSv1.1"});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
        }
    }

    @Test
    void files_that_cannot_be_used_stop_the_start_and_are_named() throws IOException {
        TestAuthority authority = new TestAuthority(folder);
        var one = authority.issue(SubjectName.host("localhost"));
        assertThatThrownBy(() -> serve(TlsSettings.server(folder.resolve("missing.pem"), one.key())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing.pem");
        assertThatThrownBy(() -> serve(TlsSettings.server(one.key(), one.key())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(one.key().toString());
        assertThatThrownBy(() -> dial("localhost", 1, TlsSettings.trusting(one.key())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(one.key().toString());
    }
}
