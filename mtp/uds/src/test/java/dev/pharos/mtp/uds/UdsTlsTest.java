// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.PeerIdentity.Proof;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.pki.SubjectName;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.TestAuthority;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The transport in TLS.
class UdsTlsTest {
    private static final EndpointId AGENT = EndpointId.of("os::00256D-1");
    private static final EndpointId CONTROLLER = EndpointId.of("self::controller");

    @TempDir
    Path folder;

    private TestAuthority authority = new TestAuthority(Path.of("unused"));

    @BeforeEach
    void make_an_authority() {
        authority = new TestAuthority(folder);
    }

    private Path socket() {
        return folder.resolve("socket");
    }

    private TlsSettings settings(SubjectName... names) throws IOException {
        var own = authority.issue(names);
        return TlsSettings.server(own.chain(), own.key()).withTrusted(authority.trusted());
    }

    private UdsServerMtp server(TlsSettings tls, RecordingReceiver receiver) throws IOException {
        UdsServerMtp server =
                new UdsServerMtp(UdsServerConfig.at(socket(), CONTROLLER).withTls(tls));
        server.start(receiver);
        return server;
    }

    private UdsClientMtp client(EndpointId own, TlsSettings tls, RecordingReceiver receiver) throws IOException {
        UdsClientMtp client =
                new UdsClientMtp(UdsClientConfig.to(socket(), own).withTls(tls));
        client.start(receiver);
        return client;
    }

    private static String refusal(RecordingReceiver receiver) {
        return receiver.skipTo(RecordingReceiver.Event.Refused.class).reason();
    }

    @Test
    @Requirement({"R-UDS.23a", "R-SEC.0a"})
    void records_pass_both_ways_encrypted_between_two_who_prove_who_they_are() throws Exception {
        RecordingReceiver atServer = new RecordingReceiver();
        RecordingReceiver atClient = new RecordingReceiver();
        try (UdsServerMtp server =
                        server(settings(SubjectName.of(CONTROLLER)).requiringPeerCertificate(), atServer);
                UdsClientMtp client =
                        client(AGENT, settings(SubjectName.of(AGENT)).withPeer(CONTROLLER), atClient)) {
            MtpConnection there = atServer.nextConnected();
            MtpConnection here = atClient.nextConnected();
            assertThat(there.peer().endpointId()).hasValue(AGENT);
            assertThat(there.peer().proof()).isEqualTo(Proof.CERTIFICATE);
            assertThat(here.peer().proof()).isEqualTo(Proof.CERTIFICATE);
            assertThat(here.security().encrypted()).isTrue();
            assertThat(here.security().onThisHost()).isTrue();
            assertThat(here.security().certificates()).hasSize(1);

            Bytes large = Bytes.copyOf(new byte[100_000]);
            here.send(Bytes.ofUtf8("to the server"));
            here.send(large);
            there.send(Bytes.ofUtf8("to the client"));
            assertThat(atServer.nextRecord()).isEqualTo(Bytes.ofUtf8("to the server"));
            assertThat(atServer.nextRecord()).isEqualTo(large);
            assertThat(atClient.nextRecord()).isEqualTo(Bytes.ofUtf8("to the client"));
        }
    }

    @Test
    @Requirement("R-UDS.23b")
    void a_controllers_certificate_may_have_wildcards_in_its_host_names() throws Exception {
        RecordingReceiver atClient = new RecordingReceiver();
        try (UdsServerMtp server = server(
                        settings(SubjectName.host("*.example.com"), SubjectName.of(CONTROLLER)),
                        new RecordingReceiver());
                UdsClientMtp client =
                        client(AGENT, settings(SubjectName.of(AGENT)).withPeer(CONTROLLER), atClient)) {
            assertThat(atClient.nextConnected().peer().proof()).isEqualTo(Proof.CERTIFICATE);
        }
    }

    @Test
    void who_is_somebody_else_or_shows_nothing_is_refused() throws Exception {
        RecordingReceiver atServer = new RecordingReceiver();
        RecordingReceiver atClient = new RecordingReceiver();
        try (UdsServerMtp server =
                server(settings(SubjectName.of(CONTROLLER)).requiringPeerCertificate(), atServer)) {
            try (UdsClientMtp liar =
                    client(EndpointId.of("os::00256D-2"), settings(SubjectName.of(AGENT)), atClient)) {
                // The host name is wrong too, so the client is the first to refuse.
                assertThat(refusal(atClient)).contains("is not for localhost");
            }
            try (UdsClientMtp liar = client(
                    EndpointId.of("os::00256D-2"), settings(SubjectName.of(AGENT)).withPeer(CONTROLLER), atClient)) {
                assertThat(refusal(atServer)).isNotEmpty();
                assertThat(refusal(atClient)).contains("belongs to another endpoint");
            }
            try (UdsClientMtp nobody = client(
                    AGENT, TlsSettings.trusting(authority.trusted()).withPeer(CONTROLLER), atClient)) {
                assertThat(refusal(atClient)).contains("certificate of ours");
            }
        }
    }

    @Test
    void who_speaks_no_tls_is_told_apart_and_a_server_that_cannot_load_its_files_does_not_start() throws Exception {
        RecordingReceiver atServer = new RecordingReceiver();
        try (UdsServerMtp server = server(settings(SubjectName.of(CONTROLLER)), atServer);
                UdsClientMtp plain = new UdsClientMtp(UdsClientConfig.to(socket(), AGENT))) {
            plain.start(new RecordingReceiver());
            assertThat(refusal(atServer)).contains("speaks no TLS");
        }
        Path missing = folder.resolve("missing.pem");
        UdsServerMtp broken = new UdsServerMtp(
                UdsServerConfig.at(socket(), CONTROLLER).withTls(TlsSettings.server(missing, missing)));
        assertThatThrownBy(() -> broken.start(new RecordingReceiver()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing.pem");
        broken.close();
    }

    /// A stranger's TLS, of the JDK, through the socket: which versions are spoken.
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3", "TLSv1.1"})
    @Requirement("R-UDS.23a")
    void tls_is_of_version_1_3_or_1_2_and_nothing_older(String version) throws Exception {
        try (UdsServerMtp server = server(settings(SubjectName.of(CONTROLLER)), new RecordingReceiver());
                ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SocketChannel behind = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            behind.connect(UnixDomainSocketAddress.of(socket()));
            Thread relay = Thread.ofVirtual().start(() -> relay(door, behind));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust().getTrustManagers(), null);
            try (Socket plain = new Socket(door.getInetAddress(), door.getLocalPort());
                    SSLSocket tls = (SSLSocket) context.getSocketFactory()
                            .createSocket(plain, "localhost", door.getLocalPort(), true)) {
                tls.setEnabledProtocols(new String[] {version});
                if (version.equals("TLSv1.1")) {
                    assertThatThrownBy(tls::startHandshake).isInstanceOf(SSLException.class);
                } else {
                    tls.startHandshake();
                    assertThat(tls.getSession().getProtocol()).isEqualTo(version);
                }
            }
            relay.join();
        }
    }

    private TrustManagerFactory trust() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        List<X509Certificate> trusted = dev.pharos.mtp.tls.PemFiles.certificates(authority.trusted());
        store.setCertificateEntry("authority", trusted.getFirst());
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return factory;
    }

    /// Carries bytes between the first who comes and the socket, until either is gone.
    private static void relay(ServerSocket door, SocketChannel behind) {
        try (Socket visitor = door.accept()) {
            Thread back = Thread.ofVirtual().start(() -> backwards(behind, visitor));
            InputStream in = visitor.getInputStream();
            byte[] bytes = new byte[8192];
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
                while (buffer.hasRemaining()) {
                    behind.write(buffer);
                }
            }
            behind.close();
            back.join();
        } catch (IOException | InterruptedException gone) {
            Thread.currentThread().interrupt();
        }
    }

    private static void backwards(SocketChannel behind, Socket visitor) {
        try {
            OutputStream out = visitor.getOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(8192);
            while (behind.read(buffer.clear()) >= 0) {
                out.write(buffer.array(), 0, buffer.position());
            }
            visitor.close();
        } catch (IOException gone) {
            Thread.currentThread().interrupt();
        }
    }
}
