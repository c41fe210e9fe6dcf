// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.PeerIdentity.Proof;
import dev.pharos.mtp.tls.PemFiles;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.pki.SubjectName;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.ChannelTls;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.TestAuthority;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
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
        UdsClientMtp client = new UdsClientMtp(UdsClientConfig.to(socket(), own).withTls(tls));
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
        try (UdsServerMtp _ = server(settings(SubjectName.of(CONTROLLER)).requiringPeerCertificate(), atServer);
                UdsClientMtp _ = client(AGENT, settings(SubjectName.of(AGENT)).withPeer(CONTROLLER), atClient)) {
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
        try (UdsServerMtp _ = server(
                        settings(SubjectName.host("*.example.com"), SubjectName.of(CONTROLLER)),
                        new RecordingReceiver());
                UdsClientMtp _ = client(AGENT, settings(SubjectName.of(AGENT)).withPeer(CONTROLLER), atClient)) {
            assertThat(atClient.nextConnected().peer().proof()).isEqualTo(Proof.CERTIFICATE);
        }
    }

    @Test
    void who_is_somebody_else_or_shows_nothing_is_refused() throws Exception {
        RecordingReceiver atServer = new RecordingReceiver();
        RecordingReceiver atClient = new RecordingReceiver();
        try (UdsServerMtp _ = server(settings(SubjectName.of(CONTROLLER)).requiringPeerCertificate(), atServer)) {
            try (UdsClientMtp _ = client(EndpointId.of("os::00256D-2"), settings(SubjectName.of(AGENT)), atClient)) {
                // The host name is wrong too, so the client is the first to refuse.
                assertThat(refusal(atClient)).contains("is not for localhost");
            }
            try (UdsClientMtp _ = client(
                    EndpointId.of("os::00256D-2"),
                    settings(SubjectName.of(AGENT)).withPeer(CONTROLLER),
                    atClient)) {
                assertThat(refusal(atServer)).isNotEmpty();
                assertThat(refusal(atClient)).contains("belongs to another endpoint");
            }
            try (UdsClientMtp _ =
                    client(AGENT, TlsSettings.trusting(authority.trusted()).withPeer(CONTROLLER), atClient)) {
                assertThat(refusal(atClient)).contains("certificate of ours");
            }
        }
    }

    @Test
    void a_server_that_cannot_load_its_files_does_not_start() {
        Path missing = folder.resolve("missing.pem");
        UdsServerMtp broken = new UdsServerMtp(
                UdsServerConfig.at(socket(), CONTROLLER).withTls(TlsSettings.server(missing, missing)));
        assertThatThrownBy(() -> broken.start(new RecordingReceiver()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing.pem");
        broken.close();
    }

    /// A stranger's TLS, of the JDK, through the socket.
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    @Requirement("R-UDS.23a")
    void a_client_that_knows_one_version_only_speaks_that(String version) throws Exception {
        try (UdsServerMtp _ = server(settings(SubjectName.of(CONTROLLER)), new RecordingReceiver());
                SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust().getTrustManagers(), null);
            assertThat(ChannelTls.over(channel, context, version).version()).isEqualTo(version);
        }
    }

    private TrustManagerFactory trust() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(
                "authority", PemFiles.certificates(authority.trusted()).getFirst());
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return factory;
    }
}
