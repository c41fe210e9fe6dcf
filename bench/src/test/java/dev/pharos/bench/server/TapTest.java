// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pharos.bench.server.Tally.Passed;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TapTest {
    @TempDir
    Path folder;

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(SocketChannel from) throws IOException {
        ByteBuffer room = ByteBuffer.allocate(100);
        from.read(room);
        return new String(room.array(), 0, room.position(), StandardCharsets.US_ASCII);
    }

    @Test
    void what_passes_a_unix_socket_is_handed_on_and_counted() throws Exception {
        Path there = folder.resolve("server.sock");
        Path own = folder.resolve("tap.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(there));
            try (Tap tap = Tap.before(there, own);
                    SocketChannel device = SocketChannel.open(UnixDomainSocketAddress.of(tap.place()));
                    SocketChannel accepted = server.accept()) {
                device.write(bytes("hello"));
                assertThat(text(accepted)).isEqualTo("hello");
                accepted.write(bytes("you"));
                assertThat(text(device)).isEqualTo("you");
                assertThat(tap.tally().take()).isEqualTo(new Passed(5, 3, 2, 1));
                assertThat(tap.tally().take()).isEqualTo(Passed.NOTHING);
            }
        }
        assertThat(own).doesNotExist();
    }

    @Test
    void what_passes_a_port_is_counted_beside_it_where_packets_can_be_seen() throws Exception {
        assumeTrue(PacketTap.isPossible(), "CAP_NET_RAW");
        InetAddress here = InetAddress.getLoopbackAddress();
        try (DatagramSocket server = new DatagramSocket(0, here);
                DatagramSocket device = new DatagramSocket(0, here);
                DatagramSocket other = new DatagramSocket(0, here);
                Tap tap = PacketTap.beside(server.getLocalPort())) {
            assertThat(tap.place()).isEqualTo("127.0.0.1:" + server.getLocalPort());
            device.send(new DatagramPacket(new byte[11], 11, server.getLocalSocketAddress()));
            other.send(new DatagramPacket(new byte[100], 100, device.getLocalSocketAddress()));
            server.send(new DatagramPacket(new byte[1_300], 1_300, device.getLocalSocketAddress()));
            server.send(new DatagramPacket(new byte[0], 0, device.getLocalSocketAddress()));
            tap.tally().awaitSomething();
            tap.tally().awaitQuiet(Duration.ofMillis(500));
            assertThat(tap.tally().take()).isEqualTo(new Passed(11, 1_300, 2, 0));
        }
    }

    private static String received(DatagramSocket at) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[1_000], 1_000);
        at.receive(packet);
        return packet.getPort() + " " + new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
    }

    private static void send(DatagramSocket from, int port, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.US_ASCII);
        from.send(new DatagramPacket(content, content.length, InetAddress.getLoopbackAddress(), port));
    }

    /// A socket whose port has five digits, as those have that systems give away.
    private static DatagramSocket socket() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        assertThat(socket.getLocalPort()).isGreaterThan(9_999);
        return socket;
    }

    @Test
    void each_side_of_coap_answers_the_tap_and_not_the_other_side() throws Exception {
        try (DatagramSocket server = socket();
                DatagramSocket device = socket();
                Tap tap = CoapTap.before(server.getLocalPort())) {
            int near = Integer.parseInt(tap.place().substring("127.0.0.1:".length()));
            send(device, near, "reply-to=coap://127.0.0.1:" + device.getLocalPort() + "/usp");
            String[] asked = received(server).split(" ");
            int far = Integer.parseInt(asked[0]);
            assertThat(far).isNotIn(near, device.getLocalPort());
            assertThat(asked[1]).isEqualTo("reply-to=coap://127.0.0.1:" + far + "/usp");
            send(server, far, "reply-to=coap://127.0.0.1:" + server.getLocalPort() + "/usp");
            assertThat(received(device)).isEqualTo(near + " reply-to=coap://127.0.0.1:" + near + "/usp");
            Passed passed = tap.tally().take();
            assertThat(passed.up()).isEqualTo(passed.down()).isEqualTo(asked[1].length());
            assertThat(passed.roundTrips()).isEqualTo(1);
        }
    }

    @Test
    void what_is_not_as_long_is_not_replaced() {
        byte[] content = "127.0.0.1:5683".getBytes(StandardCharsets.US_ASCII);
        CoapTap.replace(content, "127.0.0.1:5683", "127.0.0.1:15683");
        assertThat(new String(content, StandardCharsets.US_ASCII)).isEqualTo("127.0.0.1:5683");
    }
}
