// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.EchoReceiver;
import dev.pharos.testkit.HostileIdentities;
import dev.pharos.testkit.HostilePeers;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.StreamDoor;
import dev.pharos.testkit.TestAuthority;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What [HostilePeers] and [HostileIdentities] do to a UNIX domain socket.
class HostileSuiteTest {
    private record Target(Path path) implements HostilePeers.Target {
        @Override
        public SocketAddress address() {
            return UnixDomainSocketAddress.of(path);
        }

        @Override
        public byte[] opening(String name) {
            return RawPeer.frameOf(1, name.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public byte[] message(int payloadBytes) {
            return RawPeer.frameOf(3, new byte[payloadBytes]);
        }

        @Override
        public byte[] oversized() {
            return ByteBuffer.allocate(13)
                    .putInt(0x5f555350)
                    .putInt(1 << 30)
                    .put((byte) 3)
                    .putInt((1 << 30) - 5)
                    .array();
        }

        /// A frame says how long it is.
        @Override
        public Optional<HostilePeers.Endless> endless() {
            return Optional.empty();
        }

        @Override
        public void serveOthers() {
            EchoReceiver.serves(new UdsClientMtp(UdsClientConfig.to(path, EndpointId.of("proto::good"))));
        }
    }

    @Test
    void hostile_peers_harm_nobody_and_leave_nothing(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("socket");
        try (UdsServerMtp server = new UdsServerMtp(UdsServerConfig.at(path, EndpointId.of("self::server")))) {
            server.start(new EchoReceiver());
            try (HostilePeers peers = HostilePeers.against(new Target(path))) {
                // who opens no session is gone after 30 seconds: HandshakeTimeTest
                peers.attack();
                peers.assertNothingIsLeft();
            }
        }
    }

    private record TlsTarget(Path path, EchoReceiver server, MtpConnection victim, RecordingReceiver atVictim)
            implements HostileIdentities.Target {
        @Override
        public HostileIdentities.Door door() {
            return new StreamDoor(UnixDomainSocketAddress.of(path));
        }

        @Override
        public byte[] opening(EndpointId id) {
            return RawPeer.frameOf(1, id.toString().getBytes(StandardCharsets.UTF_8));
        }

        /// A frame whose first TLV is a handshake.
        @Override
        public boolean welcomes(String answer) {
            return answer.startsWith("_USP") && answer.length() > 8 && answer.charAt(8) == 1;
        }

        @Override
        public Collection<String> refusals() {
            return server.refusals();
        }

        @Override
        public Words words() {
            return new Words("it shows no certificate", "the certificate belongs to another endpoint");
        }

        @Override
        public void serveVictim() throws IOException {
            victim.send(Bytes.ofUtf8("still there?"));
            assertThat(atVictim.nextRecord()).isEqualTo(Bytes.ofUtf8("still there?"));
        }
    }

    @Test
    @Requirement({"R-UDS.23a", "R-SEC.0a"})
    void whoever_is_not_who_it_says_is_turned_away_with_a_reason(@TempDir Path folder) throws Exception {
        HostileIdentities peers = new HostileIdentities(folder);
        TestAuthority.Files own = peers.ofServer();
        TestAuthority.Files good = peers.ofVictim();
        Path path = folder.resolve("socket");
        EchoReceiver echo = new EchoReceiver();
        RecordingReceiver atVictim = new RecordingReceiver();
        try (UdsServerMtp server = new UdsServerMtp(UdsServerConfig.at(path, EndpointId.of("self::server"))
                        .withTls(TlsSettings.server(own.chain(), own.key())
                                .withTrusted(peers.trusted())
                                .withRevoked(peers.revoked())
                                .requiringPeerCertificate()));
                UdsClientMtp victim = new UdsClientMtp(UdsClientConfig.to(path, HostileIdentities.VICTIM)
                        .withTls(TlsSettings.trusting(peers.trusted()).withCertificate(good.chain(), good.key())))) {
            server.start(echo);
            victim.start(atVictim);
            peers.attack(new TlsTarget(path, echo, atVictim.nextConnected(), atVictim));
        }
    }
}
