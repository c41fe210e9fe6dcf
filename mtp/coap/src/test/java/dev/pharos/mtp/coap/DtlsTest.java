// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.PeerIdentity.Proof;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.pki.SubjectName;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.testkit.TestAuthority;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The transport in DTLS: who is let in, and who is refused in which words.
class DtlsTest {
    private static final byte ALERT = 21;
    private static final byte HANDSHAKE = 22;

    @TempDir
    Path folder;

    private final RecordingReceiver atServer = new RecordingReceiver();
    private final RecordingReceiver atClient = new RecordingReceiver();
    private TestAuthority authority = new TestAuthority(Path.of("unused"));
    private CoapServerMtp server = Peers.server(Peers.terms());

    @BeforeEach
    void make_an_authority() {
        authority = new TestAuthority(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private TlsSettings showing(TestAuthority.Files own) throws IOException {
        return TlsSettings.server(own.chain(), own.key()).withTrusted(authority.trusted());
    }

    private TlsSettings named(EndpointId id) throws IOException {
        return showing(authority.issue(SubjectName.of(id)));
    }

    private void listen(TlsSettings tls) throws IOException {
        server = Peers.server(Peers.terms(Optional.of(tls)));
        server.start(atServer);
    }

    private CoapClientMtp dial(TlsSettings tls) throws IOException {
        CoapClientMtp client = Peers.client(server, Peers.terms(Optional.of(tls.withPeer(Peers.CONTROLLER))));
        client.start(atClient);
        return client;
    }

    private static String refusal(RecordingReceiver receiver) {
        return receiver.skipTo(Event.Refused.class).reason();
    }

    @Test
    void large_records_pass_both_ways_encrypted_between_two_who_prove_who_they_are() throws Exception {
        listen(named(Peers.CONTROLLER));
        try (CoapClientMtp _ = dial(named(Peers.AGENT))) {
            MtpConnection own = atClient.nextConnected();
            assertThat(own.peer().endpointId()).hasValue(Peers.CONTROLLER);
            assertThat(own.peer().proof()).isEqualTo(Proof.CERTIFICATE);
            assertThat(own.security().encrypted()).isTrue();
            Bytes up = Peers.large(Peers.AGENT, 200 * 1024);
            own.send(up);
            MtpConnection theirs = atServer.nextConnected();
            assertThat(atServer.nextRecord()).isEqualTo(up);
            assertThat(theirs.peer().endpointId()).hasValue(Peers.AGENT);
            assertThat(theirs.peer().proof()).isEqualTo(Proof.CERTIFICATE);
            assertThat(theirs.peer().address()).startsWith("coaps://127.0.0.1:");
            assertThat(theirs.security().certificates()).hasSize(1);
            Bytes down = Peers.large(Peers.CONTROLLER, 200 * 1024);
            theirs.send(down);
            assertThat(atClient.nextRecord()).isEqualTo(down);
        }
    }

    @Test
    void a_certificate_that_an_authority_vouches_for_and_that_names_nobody_proves_nothing() throws Exception {
        listen(named(Peers.CONTROLLER));
        try (CoapClientMtp _ = dial(showing(authority.issue(SubjectName.host("agent.example"))))) {
            atClient.nextConnected().send(Peers.record(Peers.AGENT, "hello"));
            assertThat(atServer.nextConnected().peer().proof()).isEqualTo(Proof.NONE);
        }
    }

    @Test
    void who_shows_anothers_certificate_is_refused_with_both_names() throws Exception {
        listen(named(Peers.CONTROLLER));
        EndpointId other = EndpointId.of("os::00256D-9");
        try (CoapClientMtp _ = dial(named(other))) {
            atClient.nextConnected().send(Peers.record(Peers.AGENT, "hello"));
            assertThat(refusal(atServer))
                    .isEqualTo("4.03 Forbidden: the certificate belongs to " + other + ", not to " + Peers.AGENT);
            assertThat(atClient.skipTo(Event.Disconnected.class).reason()).contains("4.03 Forbidden");
        }
    }

    @Test
    void a_certificate_that_is_shared_proves_those_that_it_covers_and_no_others() throws Exception {
        listen(named(Peers.CONTROLLER));
        TlsSettings shared = showing(authority.issue(new SubjectName.Endpoint("os::00256D-*")));
        try (CoapClientMtp _ = dial(shared)) {
            MtpConnection own = atClient.nextConnected();
            own.send(Peers.record(Peers.AGENT, "one of them"));
            assertThat(atServer.nextConnected().peer().proof()).isEqualTo(Proof.CERTIFICATE);
            own.send(Peers.record(EndpointId.of("os::AAAAAA-1"), "none of them"));
            assertThat(refusal(atServer)).contains("the certificate belongs to os::00256D-*");
        }
    }

    @Test
    void who_is_refused_for_its_certificate_hears_that_too() throws Exception {
        listen(named(Peers.CONTROLLER));
        try (CoapClientMtp _ = dial(showing(authority.issueExpired(SubjectName.of(Peers.AGENT))))) {
            assertThat(refusal(atServer))
                    .contains("refused in the DTLS handshake: its certificate")
                    .contains("has expired on");
            assertThat(refusal(atClient)).contains("DTLS handshake").contains("certificate");
        }
    }

    @Test
    void a_certificate_of_ours_that_is_for_signing_others_only_is_told_at_the_start() throws Exception {
        CoapServerMtp unfit = Peers.server(Peers.terms(Optional.of(showing(authority.issueSelfSigned()))));
        assertThatThrownBy(() -> unfit.start(atServer))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("our certificate cannot be used for DTLS");
    }

    @Test
    void the_controllers_certificate_must_be_the_controllers_and_in_force() throws Exception {
        listen(named(EndpointId.of("self::other")));
        try (CoapClientMtp _ = dial(named(Peers.AGENT))) {
            assertThat(refusal(atClient))
                    .isEqualTo("refused in the DTLS handshake: its certificate belongs to self::other, and "
                            + Peers.CONTROLLER + " is wanted");
        }
        server.close();
        listen(showing(authority.issueExpired(SubjectName.of(Peers.CONTROLLER))));
        try (CoapClientMtp _ = dial(named(Peers.AGENT))) {
            assertThat(refusal(atClient))
                    .contains("refused in the DTLS handshake: its certificate")
                    .contains("has expired on");
        }
        server.close();
        listen(showing(authority.issue(SubjectName.host("elsewhere.example"))));
        try (CoapClientMtp _ = dial(named(Peers.AGENT))) {
            assertThat(refusal(atClient)).contains("its certificate is not for 127.0.0.1, but for elsewhere.example");
        }
        server.close();
        listen(showing(authority.issue(SubjectName.host("127.0.0.1"))));
        try (CoapClientMtp _ = dial(named(Peers.AGENT))) {
            assertThat(atClient.skipTo(Event.Connected.class)
                            .connection()
                            .peer()
                            .proof())
                    .isEqualTo(Proof.NONE);
        }
    }

    @Test
    void a_certificate_that_is_revoked_ends_the_connection_that_stands() throws Exception {
        TestAuthority.Files agent = authority.issue(SubjectName.of(Peers.AGENT));
        listen(named(Peers.CONTROLLER).withRevoked(authority.revoke()));
        try (CoapClientMtp _ = dial(showing(agent))) {
            atClient.nextConnected().send(Peers.record(Peers.AGENT, "hello"));
            assertThat(atServer.skipTo(Event.Received.class).record()).isEqualTo(Peers.record(Peers.AGENT, "hello"));
            Path _ = authority.revoke(agent);
            assertThat(atServer.skipTo(Event.Disconnected.class).reason()).contains("has been revoked");
        }
    }

    /// A peer whose client and server have sockets, and so DTLS sessions, of their own, as older ones have.
    @Test
    void a_bare_agent_with_two_sockets_is_answered_at_the_other_where_its_certificate_is_the_same() throws Exception {
        listen(named(Peers.CONTROLLER));
        TestAuthority.Files agent = authority.issue(SubjectName.of(Peers.AGENT));
        BlockingQueue<Bytes> posts = new LinkedBlockingQueue<>();
        CoapServer resource = bare(agent, posts);
        CoapEndpoint asking = BareDtls.endpoint(Optional.of(agent));
        asking.start();
        try {
            int port = resource.getEndpoints().getFirst().getAddress().getPort();
            assertThat(post(asking, port, "from a bare peer")).isEqualTo(ResponseCode.CHANGED);
            MtpConnection connection = atServer.nextConnected();
            connection.send(Peers.record(Peers.CONTROLLER, "answer"));
            assertThat(posts.poll(60, TimeUnit.SECONDS)).isEqualTo(Peers.record(Peers.CONTROLLER, "answer"));
        } finally {
            asking.destroy();
            resource.destroy();
        }
    }

    @Test
    void answers_do_not_go_to_another_who_listens_on_the_same_host() throws Exception {
        listen(named(Peers.CONTROLLER));
        BlockingQueue<Bytes> posts = new LinkedBlockingQueue<>();
        CoapServer victim = bare(authority.issue(SubjectName.of(EndpointId.of("os::00256D-9"))), posts);
        CoapEndpoint asking = BareDtls.endpoint(Optional.of(authority.issue(SubjectName.of(Peers.AGENT))));
        asking.start();
        try {
            int port = victim.getEndpoints().getFirst().getAddress().getPort();
            assertThat(post(asking, port, "answer over there")).isEqualTo(ResponseCode.CHANGED);
            atServer.nextConnected().send(Peers.record(Peers.CONTROLLER, "secret"));
            assertThat(atServer.skipTo(Event.Disconnected.class).reason())
                    .contains("its certificate belongs to os::00256D-9, and " + Peers.AGENT + " is wanted");
            assertThat(posts).isEmpty();
        } finally {
            asking.destroy();
            victim.destroy();
        }
    }

    private ResponseCode post(CoapEndpoint from, int replyPort, String content) throws Exception {
        CoapClient client = new CoapClient(server.description() + "?reply-to=coaps://127.0.0.1:" + replyPort + "/peer");
        client.setEndpoint(from);
        client.setTimeout(60_000L);
        return client.post(Peers.record(Peers.AGENT, content).toByteArray(), MediaTypeRegistry.APPLICATION_OCTET_STREAM)
                .getCode();
    }

    private CoapServer bare(TestAuthority.Files own, BlockingQueue<Bytes> posts) throws IOException {
        CoapEndpoint endpoint = BareDtls.endpoint(Optional.of(own));
        CoapServer bare = new CoapServer(endpoint.getConfig());
        bare.addEndpoint(endpoint);
        bare.add(new CoapResource("peer") {
            @Override
            public void handlePOST(CoapExchange exchange) {
                posts.add(Bytes.copyOf(exchange.getRequestPayload()));
                exchange.respond(ResponseCode.CHANGED);
            }
        });
        bare.start();
        return bare;
    }

    @Test
    void who_has_not_shown_that_its_address_is_its_own_gets_a_cookie_and_no_handshake_and_others_get_in()
            throws Exception {
        listen(named(Peers.CONTROLLER));
        TlsSettings agent = named(Peers.AGENT);
        byte[] hello = Peers.clientHello(agent);
        int port = URI.create(server.description()).getPort();
        List<DatagramSocket> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < 500; i++) {
                DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                crowd.add(stranger);
                stranger.setSoTimeout(60_000);
                stranger.send(new DatagramPacket(hello, hello.length, InetAddress.getLoopbackAddress(), port));
                DatagramPacket answer = new DatagramPacket(new byte[2_000], 2_000);
                stranger.receive(answer);
                int helloVerifyRequest = 3;
                assertThat(answer.getData()[13]).isEqualTo((byte) helloVerifyRequest);
                assertThat(answer.getLength()).isLessThan(hello.length);
            }
            try (CoapClientMtp _ = dial(agent)) {
                atClient.nextConnected().send(Peers.record(Peers.AGENT, "hello"));
                assertThat(atServer.nextConnected().peer().endpointId()).hasValue(Peers.AGENT);
            }
        } finally {
            crowd.forEach(DatagramSocket::close);
        }
    }

    @Test
    void one_address_may_not_take_all_handshakes_and_people_are_told() throws Exception {
        listen(named(Peers.CONTROLLER));
        TlsSettings agent = named(Peers.AGENT);
        byte[] hello = Peers.clientHello(agent);
        int port = URI.create(server.description()).getPort();
        List<DatagramSocket> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < Limits.DTLS_HANDSHAKES_FROM_ONE; i++) {
                DatagramSocket peer = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.2"));
                crowd.add(peer);
                assertThat(begin(peer, hello, port)).as("handshake %d", i).isEqualTo(HANDSHAKE);
            }
            try (DatagramSocket oneMore = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.2"))) {
                assertThat(begin(oneMore, hello, port)).isEqualTo(ALERT);
                assertThat(refusal(atServer))
                        .isEqualTo("turned away before the DTLS handshake: too many DTLS handshakes at once, "
                                + Limits.DTLS_HANDSHAKES_FROM_ONE + " from its address");
            }
            try (CoapClientMtp _ = dial(agent)) {
                atClient.nextConnected().send(Peers.record(Peers.AGENT, "hello"));
                assertThat(atServer.nextConnected().peer().endpointId()).hasValue(Peers.AGENT);
            }
        } finally {
            crowd.forEach(DatagramSocket::close);
        }
    }

    /// Begins a handshake, with the cookie that shows whose address it is (RFC 6347 section 4.2.1).
    ///
    /// @return the kind of record that the server answers with
    private static byte begin(DatagramSocket peer, byte[] hello, int port) throws IOException {
        byte[] cookie = ask(peer, hello, port);
        int length = cookie[27];
        ByteBuffer again = ByteBuffer.allocate(hello.length + length);
        int at = 60 + hello[59];
        again.put(hello, 0, at).put((byte) length).put(cookie, 28, length).put(hello, at + 1, hello.length - at - 1);
        int body = again.capacity() - 25;
        again.put(10, (byte) 1).putShort(11, (short) (body + 12));
        again.putShort(15, (short) body).putShort(17, (short) 1).putShort(23, (short) body);
        return ask(peer, again.array(), port)[0];
    }

    private static byte[] ask(DatagramSocket peer, byte[] message, int port) throws IOException {
        peer.setSoTimeout(60_000);
        peer.send(new DatagramPacket(message, message.length, InetAddress.getLoopbackAddress(), port));
        DatagramPacket answer = new DatagramPacket(new byte[2_000], 2_000);
        peer.receive(answer);
        return answer.getData();
    }
}
