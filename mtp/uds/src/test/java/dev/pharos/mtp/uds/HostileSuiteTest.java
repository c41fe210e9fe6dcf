// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import dev.pharos.testkit.EchoReceiver;
import dev.pharos.testkit.HostilePeers;
import dev.pharos.usp.EndpointId;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What [HostilePeers] do to a UNIX domain socket.
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
}
