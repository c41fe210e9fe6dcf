// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.RetryBackoff;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.PausingReceiver;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Server and client of this transport against each other, over real sockets.
class WebSocketSessionTest {
    private static final EndpointId AGENT = EndpointId.of("proto::agent%2D1");
    private static final EndpointId CONTROLLER = EndpointId.of("proto::controller");
    private static final RetryBackoff SOON = new RetryBackoff(Duration.ofMillis(50), 1000);

    private final RecordingReceiver atServer = new RecordingReceiver();
    private final RecordingReceiver atClient = new RecordingReceiver();
    private WebSocketServerMtp server = new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", 0, CONTROLLER));
    private WebSocketClientMtp client = dialling(1);

    private WebSocketClientMtp dialling(int port) {
        return new WebSocketClientMtp(WebSocketClientConfig.to(URI.create("ws://127.0.0.1:" + port + "/usp"), AGENT)
                .withBackoff(SOON));
    }

    private void startBoth() throws IOException {
        server.start(atServer);
        client = dialling(server.port());
        client.start(atClient);
    }

    @AfterEach
    void closeBoth() {
        client.close();
        server.close();
    }

    @Test
    @Requirement({"R-WS.5", "R-WS.6", "R-WS.7", "R-WS.10b", "R-WS.10c", "R-WS.14", "R-WS.15"})
    void records_travel_both_ways_and_each_side_knows_the_other() throws IOException {
        startBoth();
        MtpConnection toAgent = atServer.nextConnected();
        MtpConnection toController = atClient.nextConnected();
        assertThat(toAgent.peer().endpointId()).contains(AGENT);
        assertThat(toAgent.peer().loopback()).isTrue();
        assertThat(toAgent.peer().address()).startsWith("127.0.0.1:");
        assertThat(toAgent.connectInfo()).isEqualTo(new ConnectInfo.WebSocket());
        toController.send(Bytes.ofUtf8("hello"));
        assertThat(atServer.nextRecord()).isEqualTo(Bytes.ofUtf8("hello"));
        toAgent.send(Bytes.EMPTY);
        assertThat(atClient.nextRecord()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void many_records_of_all_sizes_arrive_unchanged_and_in_order() throws IOException {
        startBoth();
        MtpConnection toController = atClient.nextConnected();
        atServer.nextConnected();
        Random random = new Random(7);
        int[] sizes = {0, 1, 125, 126, 127, 1023, 1025, 65_535, 65_536, 1_000_000};
        for (int size : sizes) {
            byte[] content = new byte[size];
            random.nextBytes(content);
            toController.send(Bytes.copyOf(content));
            assertThat(atServer.nextRecord()).isEqualTo(Bytes.adopt(content));
        }
        for (int i = 0; i < 200; i++) {
            toController.send(Bytes.ofUtf8("record " + i));
        }
        for (int i = 0; i < 200; i++) {
            assertThat(atServer.nextRecord()).isEqualTo(Bytes.ofUtf8("record " + i));
        }
    }

    @Test
    @Requirement("R-WS.8")
    void a_close_is_told_to_both_sides_with_its_reason() throws IOException {
        startBoth();
        MtpConnection toAgent = atServer.nextConnected();
        atClient.nextConnected();
        toAgent.close(CloseReason.NOT_A_RECORD);
        assertThat(toAgent.isOpen()).isFalse();
        assertThatThrownBy(() -> toAgent.send(Bytes.EMPTY)).isInstanceOf(IOException.class);
        assertThat(atClient.next(Event.Disconnected.class).reason()).contains("1003");
        assertThat(atServer.next(Event.Disconnected.class).reason()).contains("closed by us");
        toAgent.close(CloseReason.NORMAL);
    }

    @Test
    @Requirement({"R-WS.19", "R-WS.20"})
    void a_client_comes_back_when_the_server_restarts() throws IOException {
        startBoth();
        atServer.nextConnected();
        atClient.nextConnected();
        int port = server.port();
        server.close();
        assertThat(atClient.next(Event.Disconnected.class).reason()).contains("1001");
        assertThat(atClient.next(Event.Refused.class).reason()).containsIgnoringCase("refused");
        server = new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", port, CONTROLLER));
        RecordingReceiver atNewServer = new RecordingReceiver();
        server.start(atNewServer);
        MtpConnection again = atClient.skipTo(Event.Connected.class).connection();
        atNewServer.nextConnected();
        again.send(Bytes.ofUtf8("again"));
        assertThat(atNewServer.nextRecord()).isEqualTo(Bytes.ofUtf8("again"));
    }

    @Test
    void a_taken_port_is_named() throws IOException {
        server.start(atServer);
        try (WebSocketServerMtp second =
                new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", server.port(), CONTROLLER))) {
            assertThatThrownBy(() -> second.start(atServer))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1 port " + server.port());
        }
    }

    @Test
    void an_unknown_host_name_is_told_and_tried_again() throws IOException {
        client = new WebSocketClientMtp(WebSocketClientConfig.to(URI.create("ws://no-such-host.invalid/usp"), AGENT)
                .withBackoff(SOON));
        client.start(atClient);
        assertThat(atClient.next(Event.Refused.class).reason()).contains("no-such-host.invalid");
        atClient.next(Event.Refused.class);
    }

    @Test
    void a_refused_peer_learns_the_reason() throws IOException {
        server = new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", 0, CONTROLLER)
                .withAdmission(peer -> peer.endpointId().map(id -> id + " is not on the list")));
        startBoth();
        assertThat(atClient.next(Event.Refused.class).reason()).contains("403").contains("not on the list");
        Event.Refused refused = atServer.next(Event.Refused.class);
        assertThat(refused.peer().endpointId()).contains(AGENT);
        assertThat(refused.reason()).isEqualTo(AGENT + " is not on the list");
    }

    @Test
    void a_second_session_of_one_endpoint_is_told_like_the_first() throws IOException {
        startBoth();
        MtpConnection first = atServer.nextConnected();
        try (WebSocketClientMtp twin = dialling(server.port())) {
            twin.start(new RecordingReceiver());
            MtpConnection second = atServer.nextConnected();
            assertThat(second.peer().endpointId()).isEqualTo(first.peer().endpointId());
            first.close(CloseReason.REPLACED);
            assertThat(atServer.next(Event.Disconnected.class).connection()).isSameAs(first);
            assertThat(second.isOpen()).isTrue();
        }
    }

    @Test
    @Requirement({"R-WS.13", "R-WS.17", "R-WS.18"})
    void pings_keep_a_quiet_session_and_its_server_content() throws IOException {
        ConnectionLimits lively = ConnectionLimits.DEFAULT.withPingInterval(Duration.ofSeconds(2));
        server = new WebSocketServerMtp(
                WebSocketServerConfig.at("127.0.0.1", 0, CONTROLLER).withLimits(lively));
        startBoth();
        MtpConnection toAgent = atServer.nextConnected();
        // more than two intervals: a session without an answer to its pings would have ended
        await().during(Duration.ofSeconds(5)).atMost(Duration.ofSeconds(60)).until(toAgent::isOpen);
        assertThat(atServer.pending()).isEmpty();
    }

    @Test
    void closing_twice_and_before_the_start_is_harmless() throws IOException {
        server.close();
        server.close();
        client.close();
        client.close();
        assertThatThrownBy(() -> server.start(atServer)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> client.start(atClient)).isInstanceOf(IOException.class);
    }

    @Test
    void reading_stops_and_resumes() throws IOException {
        startBoth();
        MtpConnection toAgent = atServer.nextConnected();
        MtpConnection toController = atClient.nextConnected();
        toAgent.reading(false);
        // The event loop is to see the change first.
        toAgent.send(Bytes.ofUtf8("stopped"));
        assertThat(atClient.nextRecord()).isEqualTo(Bytes.ofUtf8("stopped"));
        toController.send(Bytes.ofUtf8("one"));
        toController.send(Bytes.ofUtf8("two"));
        await().during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(60))
                .until(() -> atServer.pending().isEmpty());
        toAgent.reading(true);
        assertThat(atServer.nextRecord()).isEqualTo(Bytes.ofUtf8("one"));
        assertThat(atServer.nextRecord()).isEqualTo(Bytes.ofUtf8("two"));
    }

    @Test
    void a_receiver_that_stops_with_each_record_is_given_one_at_a_time_of_all_that_came_at_once() throws IOException {
        PausingReceiver slow = new PausingReceiver();
        server.start(slow);
        client = dialling(server.port());
        client.start(atClient);
        MtpConnection toController = atClient.nextConnected();
        MtpConnection toAgent = slow.nextConnected();
        for (int i = 0; i < 200; i++) {
            toController.send(Bytes.ofUtf8("record " + i));
        }
        for (int i = 0; i < 200; i++) {
            assertThat(slow.nextRecord(toAgent)).isEqualTo(Bytes.ofUtf8("record " + i));
        }
        assertThat(slow.unasked()).isZero();
    }

    @Test
    @Requirement({"R-WS.10a", "R-WS.11a", "R-WS.11b"})
    void the_old_extension_is_answered_when_offered_and_missed_by_nobody() throws IOException {
        server.start(atServer);
        client = new WebSocketClientMtp(
                WebSocketClientConfig.to(URI.create("ws://127.0.0.1:" + server.port() + "/usp?site=7"), AGENT)
                        .withEidExtension());
        client.start(atClient);
        assertThat(atClient.nextConnected().peer().endpointId()).contains(CONTROLLER);
        assertThat(atServer.nextConnected().peer().endpointId()).contains(AGENT);
        try (WebSocketClientMtp modern = dialling(server.port())) {
            RecordingReceiver atModern = new RecordingReceiver();
            modern.start(atModern);
            assertThat(atModern.nextConnected().peer().endpointId()).isEqualTo(Optional.empty());
        }
    }
}
