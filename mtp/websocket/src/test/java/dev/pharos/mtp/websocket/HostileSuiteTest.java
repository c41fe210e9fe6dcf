// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.testkit.EchoReceiver;
import dev.pharos.testkit.HostileIdentities;
import dev.pharos.testkit.HostilePeers;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.StreamDoor;
import dev.pharos.testkit.TestAuthority;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What [HostilePeers] and [HostileIdentities] do to a WebSocket server.
class HostileSuiteTest {
    private static final EndpointId OWN = EndpointId.of("self::server");
    private static final ConnectionLimits LIMITS =
            ConnectionLimits.DEFAULT.withMaxRecordBytes(256 * 1024).withQueue(64, 1024 * 1024);

    private static byte[] upgrade(String name) {
        return RawPeer.GOOD_UPGRADE.replace("proto::raw", name).getBytes(StandardCharsets.ISO_8859_1);
    }

    private record Target(int port) implements HostilePeers.Target {
        @Override
        public SocketAddress address() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        }

        @Override
        public byte[] opening(String name) {
            return upgrade(name);
        }

        private static byte[] frame(int first, int payloadBytes) {
            return ByteBuffer.allocate(8 + payloadBytes)
                    .put((byte) first)
                    .put((byte) (0x80 | 126))
                    .putShort((short) payloadBytes)
                    .array();
        }

        @Override
        public byte[] message(int payloadBytes) {
            return frame(0x82, payloadBytes);
        }

        @Override
        public byte[] oversized() {
            return ByteBuffer.allocate(14)
                    .put((byte) 0x82)
                    .put((byte) (0x80 | 127))
                    .putLong(1 << 30)
                    .array();
        }

        @Override
        public Optional<HostilePeers.Endless> endless() {
            return Optional.of(
                    new HostilePeers.Endless(Bytes.adopt(frame(0x02, 1_000)), Bytes.adopt(frame(0x00, 20_000))));
        }

        @Override
        public void serveOthers() {
            URI uri = URI.create("ws://127.0.0.1:" + port + "/usp");
            EchoReceiver.serves(new WebSocketClientMtp(WebSocketClientConfig.to(uri, EndpointId.of("proto::good"))));
        }
    }

    @Test
    void hostile_peers_harm_nobody_and_leave_nothing() throws Exception {
        try (WebSocketServerMtp server = new WebSocketServerMtp(
                WebSocketServerConfig.at("127.0.0.1", 0, OWN).withLimits(LIMITS))) {
            server.start(new EchoReceiver());
            try (HostilePeers peers = HostilePeers.against(new Target(server.port()))) {
                peers.attack();
                peers.assertSilentOnesAreGone();
                peers.assertNothingIsLeft();
            }
        }
    }

    private record TlsTarget(
            HostileIdentities.Door door, EchoReceiver server, MtpConnection victim, RecordingReceiver atVictim)
            implements HostileIdentities.Target {
        @Override
        public byte[] opening(EndpointId id) {
            return upgrade(id.toString());
        }

        @Override
        public boolean welcomes(String answer) {
            return answer.startsWith("HTTP/1.1 101");
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
    void whoever_is_not_who_it_says_is_turned_away_with_a_reason(@TempDir Path folder) throws Exception {
        HostileIdentities peers = new HostileIdentities(folder);
        TestAuthority.Files own = peers.ofServer();
        TestAuthority.Files good = peers.ofVictim();
        TlsSettings tls = TlsSettings.server(own.chain(), own.key())
                .withTrusted(peers.trusted())
                .withRevoked(peers.revoked())
                .requiringPeerCertificate();
        EchoReceiver echo = new EchoReceiver();
        RecordingReceiver atVictim = new RecordingReceiver();
        try (WebSocketServerMtp server = new WebSocketServerMtp(
                WebSocketServerConfig.at("127.0.0.1", 0, OWN).withTls(tls))) {
            server.start(echo);
            URI uri = URI.create("wss://localhost:" + server.port() + "/usp");
            try (WebSocketClientMtp victim = new WebSocketClientMtp(WebSocketClientConfig.to(
                            uri, HostileIdentities.VICTIM)
                    .withTls(TlsSettings.trusting(peers.trusted()).withCertificate(good.chain(), good.key())))) {
                victim.start(atVictim);
                StreamDoor door =
                        new StreamDoor(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
                peers.attack(new TlsTarget(door, echo, atVictim.nextConnected(), atVictim));
            }
        }
    }
}
