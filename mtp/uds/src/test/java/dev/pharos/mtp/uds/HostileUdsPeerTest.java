// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Peers that write other bytes than they should, and what they and the receiver are told.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HostileUdsPeerTest {
    private static final EndpointId OWN = EndpointId.of("proto::own");
    private static final String HANDSHAKE = "5f555350 0000000f 01 0000000a 70726f746f3a3a6f776e";

    private final RecordingReceiver receiver = new RecordingReceiver();

    @TempDir
    private Path folder = Path.of("");

    private Path path = Path.of("");
    private UdsServerMtp server = new UdsServerMtp(UdsServerConfig.at(path, OWN));

    @BeforeEach
    void listen() throws IOException {
        path = folder.resolve("usp");
        server = new UdsServerMtp(UdsServerConfig.at(path, OWN).withLimits(new ConnectionLimits(1000, 8, 1 << 20)));
        server.start(receiver);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// Others are still served.
    private void isServed() throws IOException {
        try (RawPeer good = RawPeer.known(path)) {
            good.write(RawPeer.frameOf(3, new byte[] {1, 2}));
            Bytes last = receiver.skipTo(Event.Received.class).record();
            while (!last.equals(Bytes.ofHex("0102"))) {
                last = receiver.skipTo(Event.Received.class).record();
            }
        }
    }

    @Test
    @Requirement({"R-UDS.6", "R-UDS.7", "R-UDS.8", "R-UDS.9", "R-UDS.10", "R-UDS.11", "R-UDS.12", "R-UDS.17"})
    void a_client_that_shakes_hands_gets_our_handshake_byte_for_byte() throws IOException {
        try (RawPeer peer = RawPeer.dial(path)) {
            // The example of TR-369: os::00256D-0123456789.
            peer.hex("5f555350 0000001a 01 00000015 6f733a3a3030323536442d30313233343536373839");
            assertThat(peer.frame())
                    .isEqualTo(HexFormat.of().parseHex("5f5553500000000f010000000a70726f746f3a3a6f776e"));
            assertThat(receiver.nextConnected().peer().endpointId()).contains(EndpointId.of("os::00256D-0123456789"));
        }
    }

    @Test
    @Requirement({"R-UDS.14", "R-UDS.22"})
    void a_record_of_ours_is_a_frame_with_a_tlv_of_type_3() throws IOException {
        try (RawPeer peer = RawPeer.known(path)) {
            receiver.nextConnected().send(Bytes.ofHex("a1b2c3"));
            assertThat(peer.frame()).isEqualTo(HexFormat.of().parseHex("5f555350000000080300000003a1b2c3"));
        }
    }

    @Test
    @Requirement({"R-UDS.6", "R-UDS.15"})
    void unknown_tlvs_are_skipped_and_one_frame_may_hold_several() throws IOException {
        try (RawPeer peer = RawPeer.dial(path)) {
            peer.hex("5f555350 00000008 09 00000003 616263");
            peer.hex("5f555350 0000001c ff 00000001 00" + " 01 0000000a 70726f746f3a3a726177" + " 00 00000002 ffff");
            assertThat(receiver.nextConnected().peer().endpointId()).contains(EndpointId.of("proto::raw"));
            peer.hex("5f555350 00000013 03 00000002 0102 04 00000000 03 00000002 0304");
            assertThat(receiver.nextRecord()).isEqualTo(Bytes.ofHex("0102"));
            assertThat(receiver.nextRecord()).isEqualTo(Bytes.ofHex("0304"));
        }
    }

    @Test
    void a_frame_that_comes_byte_by_byte_is_put_together() throws IOException {
        try (RawPeer peer = RawPeer.dial(path)) {
            for (byte one : RawPeer.frameOf(1, "proto::slow".getBytes(StandardCharsets.UTF_8))) {
                peer.write(new byte[] {one});
            }
            assertThat(receiver.nextConnected().peer().endpointId()).contains(EndpointId.of("proto::slow"));
        }
    }

    @Test
    @Requirement("R-UDS.19")
    void a_later_handshake_changes_nothing() throws IOException {
        try (RawPeer peer = RawPeer.known(path)) {
            MtpConnection connection = receiver.nextConnected();
            peer.handshake("proto::somebody-else");
            peer.handshake("");
            peer.write(RawPeer.frameOf(3, new byte[] {7}));
            assertThat(receiver.nextRecord()).isEqualTo(Bytes.ofHex("07"));
            assertThat(connection.peer().endpointId()).contains(EndpointId.of("proto::raw"));
        }
    }

    @Test
    @Requirement("R-UDS.20")
    void a_server_ignores_records_before_the_handshake() throws IOException {
        try (RawPeer peer = RawPeer.dial(path)) {
            peer.write(RawPeer.frameOf(3, new byte[] {1}));
            peer.handshake("proto::raw");
            peer.write(RawPeer.frameOf(3, new byte[] {2}));
            receiver.nextConnected();
            assertThat(receiver.nextRecord()).isEqualTo(Bytes.ofHex("02"));
        }
    }

    @Test
    @Requirement({"R-UDS.13", "R-UDS.21"})
    void a_handshake_that_names_no_endpoint_is_answered_with_an_error_and_the_end() throws IOException {
        for (String id : new String[] {"", "no-colons", "proto::" + "x".repeat(80), "proto::ä"}) {
            try (RawPeer peer = RawPeer.dial(path)) {
                peer.handshake(id);
                assertThat(peer.error()).startsWith("the handshake holds no Endpoint ID: ");
                assertThat(peer.atEnd()).isTrue();
                assertThat(receiver.next(Event.Refused.class)).satisfies(refused -> {
                    assertThat(refused.reason()).startsWith("the handshake holds no Endpoint ID: ");
                    assertThat(refused.peer().address()).startsWith("unix:" + path + " user ");
                });
            }
        }
        try (RawPeer peer = RawPeer.dial(path)) {
            peer.hex("5f555350 00000007 01 00000002 c328");
            assertThat(peer.error()).isEqualTo("the handshake holds no Endpoint ID: it is no text");
        }
        isServed();
    }

    @Test
    @Requirement("R-UDS.24")
    void a_frame_that_makes_no_sense_is_answered_with_an_error_and_the_end() throws IOException {
        String[][] frames = {
            {"58", "does not begin with _USP"},
            {"5f555351 00000005 03 00000000", "does not begin with _USP"},
            {"5f555350 00000000", "has no TLV"},
            {"5f555350 00000003 030000", "ends inside the header of a TLV"},
            {"5f555350 00000006 03 00000002 01", "longer than its frame"},
            {"5f555350 00000007 03 ffffffff 0102", "longer than its frame"},
            {"5f555350 0000000a 03 00000002 0102 030000", "ends inside the header of a TLV"},
            {"5f555350 ffffffff", "is more than the"},
        };
        for (String[] frame : frames) {
            try (RawPeer peer = RawPeer.known(path)) {
                receiver.skipTo(Event.Connected.class);
                peer.hex(frame[0]);
                assertThat(peer.error()).contains(frame[1]);
                assertThat(peer.atEnd()).isTrue();
                assertThat(receiver.next(Event.Disconnected.class).reason()).contains(frame[1]);
            }
        }
        isServed();
    }

    @Test
    @Requirement("R-UDS.24")
    void garbage_before_the_handshake_is_refused_visibly() throws IOException {
        try (RawPeer peer = RawPeer.dial(path)) {
            peer.write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(peer.error()).contains("does not begin with _USP");
            assertThat(receiver.next(Event.Refused.class).reason()).contains("does not begin with _USP");
        }
    }

    @Test
    void a_stranger_may_not_make_us_hold_a_large_frame() throws IOException {
        try (RawPeer peer = RawPeer.dial(path)) {
            peer.hex("5f555350 00010001");
            assertThat(peer.error()).contains("65537 bytes").contains("65536");
            assertThat(peer.atEnd()).isTrue();
        }
    }

    @Test
    void a_record_of_more_than_the_limit_ends_the_connection_before_it_is_held() throws IOException {
        try (RawPeer peer = RawPeer.known(path)) {
            receiver.nextConnected();
            peer.hex("5f555350 00011000");
            assertThat(peer.error()).contains("69632 bytes");
            assertThat(receiver.next(Event.Disconnected.class).reason()).contains("69632 bytes");
        }
        try (RawPeer peer = RawPeer.known(path)) {
            receiver.nextConnected();
            peer.write(RawPeer.frameOf(3, new byte[1001]));
            assertThat(peer.error()).contains("1001 bytes");
            assertThat(receiver.next(Event.Disconnected.class).reason()).contains("1001 bytes");
        }
    }

    @Test
    @Requirement({"R-UDS.13", "R-UDS.23"})
    void a_record_that_the_receiver_cannot_read_is_answered_with_an_error_and_the_end() throws IOException {
        try (RawPeer peer = RawPeer.known(path)) {
            MtpConnection connection = receiver.nextConnected();
            peer.write(RawPeer.frameOf(3, "text".getBytes(StandardCharsets.US_ASCII)));
            receiver.nextRecord();
            connection.close(CloseReason.NOT_A_RECORD);
            assertThat(peer.error()).isEqualTo("what came is not a USP Record");
            assertThat(peer.atEnd()).isTrue();
        }
    }

    @Test
    @Requirement("R-UDS.25")
    void an_error_from_the_client_ends_the_connection() throws IOException {
        try (RawPeer peer = RawPeer.known(path)) {
            receiver.nextConnected();
            peer.write(RawPeer.frameOf(2, "out of\nsorts".getBytes(StandardCharsets.US_ASCII)));
            assertThat(peer.atEnd()).isTrue();
            assertThat(receiver.next(Event.Disconnected.class).reason()).isEqualTo("the peer gave up: out of sorts");
        }
    }

    @Test
    void whoever_only_looks_whether_somebody_listens_is_not_reported() throws IOException {
        RawPeer.dial(path).close();
        isServed();
    }

    @Test
    void a_receiver_that_fails_ends_one_connection_only() throws IOException {
        Path other = folder.resolve("other");
        MtpReceiver failing = new MtpReceiver() {
            @Override
            public void connected(MtpConnection connection) {
                receiver.connected(connection);
            }

            @Override
            public void received(MtpConnection connection, Bytes record) {
                throw new IllegalStateException("a fault that the test wants");
            }

            @Override
            public void disconnected(MtpConnection connection, String reason) {
                receiver.disconnected(connection, reason);
            }

            @Override
            public void refused(PeerIdentity peer, String reason) {
                receiver.refused(peer, reason);
            }
        };
        try (UdsServerMtp second = new UdsServerMtp(UdsServerConfig.at(other, OWN))) {
            second.start(failing);
            try (RawPeer peer = RawPeer.known(other)) {
                peer.write(RawPeer.frameOf(3, new byte[] {1}));
                assertThat(peer.error()).isEqualTo("an error of ours");
            }
            RawPeer.known(other).close();
        }
    }

    @Test
    void random_streams_never_harm() throws IOException {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            try (RawPeer peer = random.nextBoolean() ? RawPeer.known(path) : RawPeer.dial(path)) {
                byte[] noise = new byte[random.nextInt(200)];
                random.nextBytes(noise);
                byte[] frame = RawPeer.frameOf(random.nextInt(5), noise);
                frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
                peer.write(frame);
                peer.write(noise);
            } catch (IOException closedOnUs) {
                // The server may be quicker with its refusal than the test with its noise.
            }
        }
        isServed();
    }

    @Test
    @Requirement({"R-UDS.16", "R-UDS.20", "R-UDS.25"})
    void a_client_speaks_first_ignores_early_records_and_ends_on_an_error() throws IOException {
        Path other = folder.resolve("scripted");
        RecordingReceiver atClient = new RecordingReceiver();
        try (ServerSocketChannel listener = RawPeer.listen(other);
                UdsClientMtp client = new UdsClientMtp(UdsClientConfig.to(other, OWN)
                        .withPause(new ReconnectPause(Duration.ofMillis(10), Duration.ofMillis(20))))) {
            client.start(atClient);
            try (RawPeer scripted = new RawPeer(listener.accept())) {
                assertThat(scripted.frame()).isEqualTo(HexFormat.of().parseHex(HANDSHAKE.replace(" ", "")));
                scripted.write(RawPeer.frameOf(3, new byte[] {1}));
                scripted.handshake("proto::scripted");
                scripted.write(RawPeer.frameOf(3, new byte[] {2}));
                assertThat(atClient.nextConnected().peer().endpointId()).contains(EndpointId.of("proto::scripted"));
                assertThat(atClient.nextRecord()).isEqualTo(Bytes.ofHex("02"));
                scripted.write(RawPeer.frameOf(2, new byte[] {'n', 'o'}));
                assertThat(scripted.atEnd()).isTrue();
                assertThat(atClient.next(Event.Disconnected.class).reason()).isEqualTo("the peer gave up: no");
            }
            try (RawPeer again = new RawPeer(listener.accept())) {
                again.frame();
                again.write(RawPeer.frameOf(2, "Duplicate EndpointID".getBytes(StandardCharsets.US_ASCII)));
                assertThat(again.atEnd()).isTrue();
                assertThat(atClient.next(Event.Refused.class).reason()).contains("Duplicate EndpointID");
            }
        }
    }

    @Test
    @Requirement("R-UDS.21")
    void a_client_answers_a_bad_handshake_of_the_server_with_an_error() throws IOException {
        Path other = folder.resolve("scripted");
        RecordingReceiver atClient = new RecordingReceiver();
        try (ServerSocketChannel listener = RawPeer.listen(other);
                UdsClientMtp client = new UdsClientMtp(UdsClientConfig.to(other, OWN))) {
            client.start(atClient);
            try (RawPeer scripted = new RawPeer(listener.accept())) {
                scripted.frame();
                scripted.handshake("nobody");
                assertThat(scripted.error()).startsWith("the handshake holds no Endpoint ID");
                assertThat(scripted.atEnd()).isTrue();
                assertThat(atClient.next(Event.Refused.class).reason()).contains("no Endpoint ID");
            }
        }
    }
}
