// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.QueueFullException;
import dev.pharos.mtp.Turnstile;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A server among peers that do wrong, over real sockets.
class HostilePeerTest {
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CONTINUATION = 0;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final RecordingReceiver receiver = new RecordingReceiver();
    private final WebSocketServerMtp server =
            new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", 0, EndpointId.of("proto::controller"))
                    .withLimits(new ConnectionLimits(1000, 4, 1_000_000, Duration.ofSeconds(60))));

    @BeforeEach
    void startServer() throws IOException {
        server.start(receiver);
    }

    @AfterEach
    void closeServer() {
        server.close();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    @Requirement({"R-WS.9", "R-WS.11"})
    void a_good_upgrade_is_answered_with_the_subprotocol_and_without_the_extension() throws IOException {
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.write(RawPeer.GOOD_UPGRADE);
            assertThat(peer.head())
                    .startsWith("HTTP/1.1 101")
                    .containsIgnoringCase("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                    .containsIgnoringCase("Sec-WebSocket-Protocol: v1.usp")
                    .doesNotContainIgnoringCase("Sec-WebSocket-Extensions");
            assertThat(receiver.nextConnected().peer().endpointId()).contains(EndpointId.of("proto::raw"));
        }
    }

    @Test
    @Requirement("R-WS.12a")
    void an_upgrade_without_the_subprotocol_is_refused() throws IOException {
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.write(RawPeer.GOOD_UPGRADE.replace("Sec-WebSocket-Protocol: v1.usp", "Sec-WebSocket-Protocol: chat"));
            assertThat(peer.rest()).startsWith("HTTP/1.1 400").contains("Sec-WebSocket-Protocol: v1.usp is missing");
            assertThat(receiver.next(Event.Refused.class).reason()).contains("v1.usp");
        }
    }

    @Test
    void a_crowd_is_asked_to_come_again_later_and_nobody_else_is_told() throws IOException {
        AtomicLong now = new AtomicLong();
        Turnstile turnstile = new Turnstile(1, 2, now::get);
        RecordingReceiver recording = new RecordingReceiver();
        try (WebSocketServerMtp busy =
                new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", 0, EndpointId.of("proto::c"))
                        .withAdmission(PeerAdmission.EVERYONE.behind(turnstile)))) {
            busy.start(recording);
            try (RawPeer first = RawPeer.upgraded(busy.port());
                    RawPeer second = RawPeer.upgraded(busy.port());
                    RawPeer third = new RawPeer(busy.port());
                    RawPeer wrong = new RawPeer(busy.port())) {
                recording.nextConnected();
                recording.nextConnected();
                third.write(RawPeer.GOOD_UPGRADE);
                assertThat(third.rest())
                        .startsWith("HTTP/1.1 503")
                        .containsIgnoringCase("Retry-After: 1\r\n")
                        .contains("too many come at once; try again in 1 s");
                wrong.write(RawPeer.GOOD_UPGRADE.replace("v1.usp", "chat"));
                assertThat(wrong.rest()).startsWith("HTTP/1.1 400");
                assertThat(recording.next(Event.Refused.class).reason())
                        .as("only who did wrong")
                        .contains("v1.usp");
                now.addAndGet(Duration.ofSeconds(1).toNanos());
                try (RawPeer again = RawPeer.upgraded(busy.port())) {
                    assertThat(again).isNotNull();
                }
                assertThat(turnstile.takeTurnedAway()).isEqualTo(Map.of("websocket", 1L));
                assertThat(List.of(first, second)).doesNotContainNull();
            }
        }
    }

    @Test
    void the_subprotocol_may_stand_among_others_and_in_a_second_header_line() throws IOException {
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.write(RawPeer.GOOD_UPGRADE.replace(
                    "Sec-WebSocket-Protocol: v1.usp",
                    "Sec-WebSocket-Protocol: chat\r\nSec-WebSocket-Protocol: v2.usp , v1.usp"));
            assertThat(peer.head())
                    .startsWith("HTTP/1.1 101")
                    .contains("v1.usp")
                    .doesNotContain("v2.usp");
        }
    }

    @Test
    @Requirement("R-WS.2")
    void an_endpoint_is_one_path_of_its_server() throws IOException {
        RecordingReceiver recording = new RecordingReceiver();
        try (WebSocketServerMtp elsewhere =
                new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", 0, EndpointId.of("proto::c"))
                        .withPath("/house/usp"))) {
            elsewhere.start(recording);
            try (RawPeer peer = new RawPeer(elsewhere.port())) {
                peer.write(RawPeer.GOOD_UPGRADE);
                assertThat(peer.rest()).startsWith("HTTP/1.1 404");
                recording.next(Event.Refused.class);
            }
            try (RawPeer peer = new RawPeer(elsewhere.port())) {
                peer.write(RawPeer.GOOD_UPGRADE.replace("GET /usp", "GET /house/usp"));
                assertThat(peer.head()).startsWith("HTTP/1.1 101");
                recording.nextConnected();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET /usp, GET /other, 404, no USP endpoint at /other",
        "GET /usp, POST /usp, 400, WebSocket upgrade",
        "Upgrade: websocket, Upgrade: h2c, 400, WebSocket upgrade",
        "Sec-WebSocket-Key, X-Key, 400, WebSocket upgrade",
        "Version: 13, Version: 8, 426, version 13",
        "eid=proto::raw, eid=nonsense, 400, nonsense",
        "eid=proto::raw, eid=%zz, 400, %",
        "eid=proto::raw, eid=proto::raw&eid=proto::two, 400, more than one",
    })
    void a_wrong_upgrade_is_refused_with_a_reason(String right, String wrong, int status, String reason)
            throws IOException {
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.write(RawPeer.GOOD_UPGRADE.replace(right, wrong));
            assertThat(peer.rest()).startsWith("HTTP/1.1 " + status).contains(reason);
            assertThat(receiver.next(Event.Refused.class).reason()).contains(reason);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n",
                "\r\n\r\n hello \r\n\r\n",
                "GET\r\n\r\n"
            })
    void garbage_instead_of_an_upgrade_ends_the_connection(String garbage) throws IOException {
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.write(garbage);
            peer.rest();
            receiver.next(Event.Refused.class);
        }
    }

    @Test
    void an_endless_header_ends_the_connection() throws IOException {
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.write("GET /usp HTTP/1.1\r\nX: " + "x".repeat(20_000));
            assertThat(peer.rest()).startsWith("HTTP/1.1 4");
            receiver.next(Event.Refused.class);
        }
    }

    @Test
    @Requirement("R-WS.11c")
    void an_upgrade_without_any_endpoint_id_is_no_error() throws IOException {
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.write(RawPeer.GOOD_UPGRADE.replace("?eid=proto::raw", ""));
            assertThat(peer.head()).startsWith("HTTP/1.1 101");
            assertThat(receiver.nextConnected().peer().endpointId()).isEmpty();
        }
    }

    @Test
    @Requirement("R-WS.10a")
    void an_endpoint_id_in_the_old_extension_is_taken_and_a_contradiction_is_refused() throws IOException {
        String old =
                "Sec-WebSocket-Extensions: permessage-deflate, bbf-usp-protocol; eid=\"proto::old\"\r\nHost: localhost";
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.write(RawPeer.GOOD_UPGRADE.replace("?eid=proto::raw", "").replace("Host: localhost", old));
            assertThat(peer.head()).contains("bbf-usp-protocol; eid=\"proto::controller\"");
            assertThat(receiver.nextConnected().peer().endpointId()).contains(EndpointId.of("proto::old"));
        }
        receiver.next(Event.Disconnected.class);
        try (RawPeer peer = new RawPeer(server.port())) {
            peer.write(RawPeer.GOOD_UPGRADE.replace("Host: localhost", old));
            assertThat(peer.rest()).startsWith("HTTP/1.1 400");
            receiver.next(Event.Refused.class);
        }
    }

    @Test
    @Requirement("R-WS.16")
    void a_text_frame_is_closed_with_1003() throws IOException {
        try (RawPeer peer = RawPeer.upgraded(server.port())) {
            receiver.nextConnected();
            peer.frame(true, TEXT, utf8("hello"));
            RawPeer.Frame close = peer.frameAfterPings();
            assertThat(close.opcode()).isEqualTo(CLOSE);
            assertThat(close.closeCode()).isEqualTo(1003);
            peer.frame(true, CLOSE, new byte[] {3, (byte) 0xeb});
            assertThat(peer.atEnd()).isTrue();
            assertThat(receiver.next(Event.Disconnected.class).reason()).contains("text");
        }
    }

    @Test
    @Requirement("R-WS.14b")
    void fragments_are_put_together_also_with_a_ping_between_them() throws IOException {
        try (RawPeer peer = RawPeer.upgraded(server.port())) {
            receiver.nextConnected();
            peer.frame(false, BINARY, utf8("one "));
            peer.frame(true, PING, utf8("still there?"));
            peer.frame(false, CONTINUATION, utf8("two "));
            peer.frame(true, CONTINUATION, utf8("three"));
            assertThat(receiver.nextRecord()).isEqualTo(Bytes.ofUtf8("one two three"));
            RawPeer.Frame pong = peer.frameAfterPings();
            assertThat(pong.opcode()).isEqualTo(PONG);
            assertThat(pong.payload()).isEqualTo(Bytes.ofUtf8("still there?"));
        }
    }

    @Test
    void a_record_that_is_too_long_is_closed_with_1009_whole_or_in_fragments() throws IOException {
        try (RawPeer peer = RawPeer.upgraded(server.port())) {
            receiver.nextConnected();
            peer.frame(true, BINARY, new byte[1001]);
            assertThat(peer.frameAfterPings().closeCode()).isEqualTo(1009);
            receiver.next(Event.Disconnected.class);
        }
        try (RawPeer peer = RawPeer.upgraded(server.port())) {
            receiver.nextConnected();
            peer.frame(false, BINARY, new byte[600]);
            peer.frame(true, CONTINUATION, new byte[600]);
            assertThat(peer.frameAfterPings().closeCode()).isEqualTo(1009);
            receiver.next(Event.Disconnected.class);
        }
    }

    @Test
    void an_unmasked_frame_ends_the_session() throws IOException {
        try (RawPeer peer = RawPeer.upgraded(server.port())) {
            receiver.nextConnected();
            peer.write(new byte[] {(byte) 0x82, 1, 42});
            assertThat(peer.frameAfterPings().closeCode()).isEqualTo(1002);
            assertThat(receiver.next(Event.Disconnected.class).reason()).contains("broke");
        }
    }

    @Test
    void a_peer_that_vanishes_without_a_word_is_noticed() throws IOException {
        RecordingReceiver recording = new RecordingReceiver();
        try (WebSocketServerMtp impatient =
                new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", 0, EndpointId.of("proto::c"))
                        .withLimits(ConnectionLimits.DEFAULT.withPingInterval(Duration.ofMillis(400))))) {
            impatient.start(recording);
            try (RawPeer peer = RawPeer.upgraded(impatient.port())) {
                recording.nextConnected();
                assertThat(peer.frame().opcode()).isEqualTo(PING);
                assertThat(recording.next(Event.Disconnected.class).reason()).contains("silent");
            }
        }
    }

    @Test
    void a_peer_that_does_not_read_fills_its_queue_and_can_be_closed_as_too_slow() throws IOException {
        try (RawPeer peer = RawPeer.upgraded(server.port())) {
            MtpConnection connection = receiver.nextConnected();
            Bytes large = Bytes.adopt(new byte[400_000]);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1000; i++) {
                            connection.send(large);
                        }
                    })
                    .isInstanceOf(QueueFullException.class);
            connection.close(CloseReason.TOO_SLOW);
            receiver.next(Event.Disconnected.class);
            assertThat(peer.frameAfterPings().opcode()).isEqualTo(BINARY);
            assertThat(connection.isOpen()).isFalse();
        }
    }

    @Test
    @Requirement("R-WS.8")
    void the_close_frame_of_a_peer_is_answered_in_kind() throws IOException {
        try (RawPeer peer = RawPeer.upgraded(server.port())) {
            receiver.nextConnected();
            peer.frame(true, CLOSE, new byte[] {3, (byte) 0xe9, 'b', 'y', 'e'});
            RawPeer.Frame answer = peer.frameAfterPings();
            assertThat(answer.closeCode()).isEqualTo(1001);
            assertThat(peer.atEnd()).isTrue();
            assertThat(receiver.next(Event.Disconnected.class).reason())
                    .contains("1001")
                    .contains("bye");
        }
    }

    @Test
    void a_receiver_that_fails_costs_its_connection_and_nothing_else() throws IOException {
        var failing = new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", 0, EndpointId.of("proto::c")));
        RecordingReceiver recording = new RecordingReceiver();
        try (failing) {
            failing.start(new FailingReceiver(recording));
            try (RawPeer peer = RawPeer.upgraded(failing.port())) {
                recording.nextConnected();
                peer.frame(true, BINARY, utf8("bad"));
                assertThat(peer.frameAfterPings().closeCode()).isEqualTo(1011);
            }
            recording.next(Event.Disconnected.class);
            try (RawPeer peer = RawPeer.upgraded(failing.port())) {
                recording.nextConnected();
                peer.frame(true, PING, utf8("alive"));
                assertThat(peer.frameAfterPings().opcode()).isEqualTo(PONG);
            }
        }
    }
}
