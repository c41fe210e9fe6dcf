// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.pki.SubjectName;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.EchoReceiver;
import dev.pharos.testkit.HostileDatagrams;
import dev.pharos.testkit.HostileIdentities;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.TestAuthority;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.core.CoapResponse;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.exception.ConnectorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What [HostileDatagrams] and [HostileIdentities] do to a Controller's end of CoAP.
class HostileSuiteTest {
    private static final int HANDSHAKE = 22;

    @TempDir
    Path folder;

    private static InetSocketAddress here(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static RawCoap.Builder request(InetSocketAddress from, int number) {
        return new RawCoap.Builder(RawCoap.POST, number & 0xffff, number & 0xff)
                .path("usp")
                .contentFormat(42)
                .query("reply-to=coap://" + from.getAddress().getHostAddress() + ":" + from.getPort() + "/a");
    }

    private record Plain(CoapServerMtp server) implements HostileDatagrams.Target {
        @Override
        public InetSocketAddress address() {
            return here(server.port());
        }

        @Override
        public byte[] opening(String name, InetSocketAddress from, int number) {
            return request(from, number).payload((name + "\nhello").getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public byte[] half(InetSocketAddress from, int number) {
            return request(new InetSocketAddress(from.getAddress(), 1 + number % 60_000), number)
                    .block(0, true, 6)
                    .payload(Arrays.copyOf("proto::half\n".getBytes(StandardCharsets.UTF_8), 1024));
        }

        /// Its second block out of a million.
        @Override
        public byte[] oversized(InetSocketAddress from, int number) {
            return request(from, number)
                    .option(27, (byte) 0xff, (byte) 0xff, (byte) 0xfe)
                    .payload(new byte[1024]);
        }

        @Override
        public void serveOthers() {
            EchoReceiver.serves(new SigningMtp(Peers.client(server, Peers.terms())));
        }
    }

    @Test
    void hostile_datagrams_harm_nobody_and_leave_nothing() throws Exception {
        try (CoapServerMtp server = Peers.server(Peers.terms())) {
            server.start(new EchoReceiver());
            HostileDatagrams.against(new Plain(server)).attack();
        }
    }

    /// Handshakes that are begun, as a client begins them.
    private record Secure(CoapServerMtp server, TlsSettings agent, Bytes hello) implements HostileDatagrams.Target {
        @Override
        public InetSocketAddress address() {
            return here(server.port());
        }

        @Override
        public byte[] opening(String name, InetSocketAddress from, int number) {
            return hello.toByteArray();
        }

        /// A message of which this is a tenth.
        @Override
        public byte[] half(InetSocketAddress from, int number) {
            return fragment(number, 1_000, 100);
        }

        @Override
        public byte[] oversized(InetSocketAddress from, int number) {
            return fragment(number, (1 << 24) - 1, 100);
        }

        /// RFC 6347 sections 4.1 and 4.2.2.
        private static byte[] fragment(int number, int of, int length) {
            return ByteBuffer.allocate(13 + 12 + length)
                    .put((byte) HANDSHAKE)
                    .put(HexFormat.of().parseHex("fefd0000"))
                    .putShort((short) 0)
                    .putInt(number)
                    .putShort((short) (12 + length))
                    .putInt(1 << 24 | of)
                    .putShort((short) 0)
                    .put(new byte[3])
                    .put((byte) 0)
                    .putShort((short) length)
                    .array();
        }

        @Override
        public void serveOthers() {
            EchoReceiver.serves(new SigningMtp(Peers.client(server, Peers.terms(Optional.of(agent)))));
        }
    }

    @Test
    void in_dtls_they_harm_nobody_either() throws Exception {
        TestAuthority authority = new TestAuthority(folder);
        TestAuthority.Files own = authority.issue(SubjectName.of(Peers.CONTROLLER));
        TestAuthority.Files device = authority.issue(SubjectName.of(Peers.AGENT));
        TlsSettings agent = TlsSettings.server(device.chain(), device.key())
                .withTrusted(authority.trusted())
                .withPeer(Peers.CONTROLLER);
        try (CoapServerMtp server = Peers.server(Peers.terms(
                Optional.of(TlsSettings.server(own.chain(), own.key()).withTrusted(authority.trusted()))))) {
            server.start(new EchoReceiver());
            Bytes hello = Bytes.copyOf(Peers.clientHello(agent));
            HostileDatagrams.against(new Secure(server, agent, hello)).attack();
        }
    }

    /// DTLS by the bare library, and datagrams without it.
    private record DtlsDoor(int port) implements HostileIdentities.Door {
        @Override
        public String encrypted(Optional<TestAuthority.Files> shown, byte[] opening) throws IOException {
            CoapEndpoint asking = BareDtls.endpoint(shown);
            asking.start();
            try {
                CoapClient client = new CoapClient("coaps://127.0.0.1:" + port + "/usp?reply-to=coaps://127.0.0.1:"
                        + asking.getAddress().getPort() + "/a");
                client.setEndpoint(asking);
                client.setTimeout(60_000L);
                CoapResponse answer = client.post(opening, MediaTypeRegistry.APPLICATION_OCTET_STREAM);
                return answer == null ? "" : answer.getCode().text;
            } catch (ConnectorException | IOException hungUp) {
                return "";
            } finally {
                asking.destroy();
            }
        }

        @Override
        public String plain(byte[] opening) throws IOException {
            try (RawCoap peer = new RawCoap(port)) {
                peer.send(peer.post(1, new String(opening, StandardCharsets.UTF_8)));
                return heard(peer);
            }
        }

        /// DTLS 1.0.
        @Override
        public String outdated() throws IOException {
            try (RawCoap peer = new RawCoap(port)) {
                peer.send(HexFormat.of()
                        .parseHex("16feff0000000000000000" + "0036" + "0100002a" + "0000" + "000000" + "00002a" + "feff"
                                + "00".repeat(32) + "00" + "00" + "0002002f" + "0100"));
                return heard(peer);
            }
        }

        private static String heard(RawCoap peer) throws IOException {
            return peer.receiveWithin(200).map(RawCoap.Message::hex).orElse("");
        }

        @Override
        public boolean knowsItsPeers() {
            return false;
        }
    }

    private record Target(
            HostileIdentities.Door door, EchoReceiver server, MtpConnection victim, RecordingReceiver atVictim)
            implements HostileIdentities.Target {
        @Override
        public byte[] opening(EndpointId id) {
            return Peers.record(id, "hello").toByteArray();
        }

        @Override
        public boolean welcomes(String answer) {
            return answer.equals("2.04");
        }

        @Override
        public Collection<String> refusals() {
            return server.refusals();
        }

        /// The library keeps to itself what may not sign handshakes, as an authority's own may not, or not for
        /// clients.
        @Override
        public Words words() {
            String naked = "it shows no certificate";
            return new Words(naked, "the certificate belongs to", naked, naked);
        }

        @Override
        public void serveVictim() throws IOException {
            Bytes question = Peers.record(HostileIdentities.VICTIM, "still there?");
            victim.send(question);
            assertThat(atVictim.nextRecord()).isEqualTo(question);
        }
    }

    @Test
    @Requirement("R-SEC.0a")
    void whoever_is_not_who_it_says_is_turned_away_with_a_reason() throws Exception {
        HostileIdentities peers = new HostileIdentities(folder);
        TestAuthority.Files own = peers.ofServer();
        TestAuthority.Files good = peers.ofVictim();
        EchoReceiver echo = new EchoReceiver();
        RecordingReceiver atVictim = new RecordingReceiver();
        try (CoapServerMtp server = Peers.server(Peers.terms(Optional.of(TlsSettings.server(own.chain(), own.key())
                .withTrusted(peers.trusted())
                .withRevoked(peers.revoked()))))) {
            server.start(echo);
            TlsSettings victims = TlsSettings.server(good.chain(), good.key()).withTrusted(peers.trusted());
            try (CoapClientMtp victim =
                    Peers.client("coaps://localhost:" + server.port() + "/usp", Peers.terms(Optional.of(victims)))) {
                victim.start(atVictim);
                DtlsDoor door = new DtlsDoor(server.port());
                peers.attack(new Target(door, echo, atVictim.nextConnected(), atVictim));
            }
        }
    }
}
