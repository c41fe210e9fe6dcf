// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.QueueFullException;
import dev.pharos.mtp.stomp.ScriptedServer.Frame;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes over the wire, frame by frame, and what a broker's answers change.
class StompSessionTest {
    private static final EndpointId AGENT = EndpointId.of("os::00256D-A.1");
    private static final String OWN = "/topic/usp.agent.os::00256D-A.1";
    private static final String OWN_ESCAPED = "/topic/usp.agent.os\\c\\c00256D-A.1";
    private static final String PEER = "/topic/usp.controller.self::c";
    private static final StompSession SOON =
            StompSession.DEFAULT.withBackoff(new StompBackoff(Duration.ofMillis(200), 1000, Duration.ofMillis(200)));

    private final RecordingReceiver receiver = new RecordingReceiver();
    private final List<StompMtp> started = new ArrayList<>();
    private ScriptedServer server;

    @BeforeEach
    void listen() throws IOException {
        server = new ScriptedServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        started.forEach(StompMtp::close);
    }

    private StompMtp start(StompConfig config) throws IOException {
        StompMtp mtp = new StompMtp(config);
        started.add(mtp);
        mtp.start(receiver);
        return mtp;
    }

    private StompConfig agent() {
        return StompConfig.agent(server.uri(), AGENT, PEER).withSession(SOON);
    }

    private StompConfig controller() {
        return StompConfig.controller(server.uri(), EndpointId.of("self::c")).withSession(SOON);
    }

    @Test
    @Requirement({"R-STOMP.2", "R-STOMP.3", "R-STOMP.4", "R-STOMP.5"})
    void a_session_opens_with_a_stomp_frame_that_says_who_we_are() throws IOException {
        start(agent().withSession(SOON.withLogin("user:1", "pass\\word").withVirtualHost("usp-host")));

        Frame first = server.accept();

        assertThat(first.command()).isEqualTo("STOMP");
        assertThat(first.raw("accept-version")).isEqualTo("1.2");
        assertThat(first.raw("endpoint-id")).isEqualTo("os\\c\\c00256D-A.1");
        assertThat(first.raw("login")).isEqualTo("user\\c1");
        assertThat(first.raw("passcode")).isEqualTo("pass\\\\word");
        assertThat(first.raw("host")).isEqualTo("usp-host");
        assertThat(first.body()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    @Requirement("R-STOMP.9")
    void without_heart_beats_and_login_none_are_offered() throws IOException {
        start(agent());

        Frame first = server.accept();

        assertThat(first.raw("heart-beat")).isNull();
        assertThat(first.raw("login")).isNull();
        assertThat(first.raw("host")).isEqualTo("127.0.0.1");
    }

    @Test
    @Requirement({"R-STOMP.12", "R-STOMP.13", "R-STOMP.15", "R-STOMP.17"})
    void the_configured_destination_is_subscribed_to() throws IOException {
        StompMtp mtp = start(agent());

        Frame subscribe = server.welcome();

        assertThat(subscribe.command()).isEqualTo("SUBSCRIBE");
        assertThat(subscribe.raw("destination")).isEqualTo(OWN_ESCAPED);
        assertThat(subscribe.raw("ack")).isEqualTo("auto");
        assertThat(subscribe.raw("id")).isNotEmpty();
        assertThat(receiver.nextConnected().connectInfo()).isEqualTo(new ConnectInfo.Stomp(OWN));
        assertThat(mtp.ownDestination()).contains(OWN);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Requirement({"R-STOMP.6", "R-STOMP.14"})
    void the_brokers_subscribe_dest_wins(boolean configured) throws IOException {
        start(configured ? agent() : agent().withDestinationFromBroker());

        Frame subscribe = server.welcome("subscribe-dest:/queue/told:by:broker");

        assertThat(subscribe.raw("destination")).isEqualTo("/queue/told\\cby\\cbroker");
        MtpConnection connection = receiver.nextConnected();
        assertThat(connection.connectInfo()).isEqualTo(new ConnectInfo.Stomp("/queue/told:by:broker"));
        connection.send(Bytes.ofUtf8("x"));
        assertThat(server.next().raw("reply-to-dest")).isEqualTo("/queue/told\\cby\\cbroker");
    }

    @Test
    @Requirement({"R-STOMP.16", "R-STOMP.28"})
    void without_any_destination_the_session_ends_and_is_tried_again() throws IOException {
        start(agent().withDestinationFromBroker());

        server.accept();
        server.write("CONNECTED\nversion:1.2\n\n\0");
        Frame bye = server.next();
        server.write("RECEIPT\nreceipt-id:" + bye.raw("receipt") + "\n\n\0");

        assertThat(bye.command()).isEqualTo("DISCONNECT");
        assertThat(server.readAny()).isEqualTo(-1);
        assertThat(receiver.next(Event.Refused.class).reason()).contains("no destination");
        assertThat(server.accept().command()).isEqualTo("STOMP");
    }

    @Test
    @Requirement({"R-STOMP.18", "R-STOMP.19", "R-STOMP.20", "R-STOMP.21", "R-STOMP.22"})
    void a_record_is_the_body_of_a_send_frame() throws IOException {
        start(agent());
        server.welcome();
        byte[] record = {0, 10, 13, 0, ':', '\\', -1, 0};

        receiver.nextConnected().send(Bytes.copyOf(record));

        Frame send = server.next();
        assertThat(send.command()).isEqualTo("SEND");
        assertThat(send.raw("destination")).isEqualTo("/topic/usp.controller.self\\c\\cc");
        assertThat(send.raw("content-length")).isEqualTo("8");
        assertThat(send.raw("content-type")).isEqualTo("application/vnd.bbf.usp.msg");
        assertThat(send.raw("reply-to-dest")).isEqualTo(OWN_ESCAPED);
        assertThat(send.body()).isEqualTo(Bytes.copyOf(record));
        // The header that USP 1.2 has removed.
        assertThat(send.raw("usp-err-id")).isNull();
    }

    @Test
    @Requirement("R-STOMP.23")
    void an_answer_goes_to_the_reply_to_dest_of_the_message() throws IOException {
        start(controller());
        server.welcome();
        byte[] record = {1, 0, 2};
        server.message(record, "content-type:application/vnd.bbf.usp.msg", "reply-to-dest:/queue/a\\cgent");

        MtpConnection connection = receiver.nextConnected();
        assertThat(receiver.nextRecord()).isEqualTo(Bytes.copyOf(record));
        connection.send(Bytes.ofUtf8("answer"));

        assertThat(server.next().raw("destination")).isEqualTo("/queue/a\\cgent");
    }

    @Test
    void an_agent_takes_a_record_without_reply_to_dest_for_its_controllers() throws IOException {
        start(agent());
        server.welcome();
        MtpConnection connection = receiver.nextConnected();

        server.message(new byte[] {1}, "content-type:application/vnd.bbf.usp.msg");

        assertThat(receiver.next(Event.Received.class).connection()).isSameAs(connection);
    }

    @Test
    void what_is_no_record_is_refused_and_the_session_stays() throws IOException {
        start(controller().withQueues(new StompQueues(100, 10, 10_000)));
        server.welcome();
        String type = "content-type:application/vnd.bbf.usp.msg";

        server.message(new byte[1], "content-type:text/plain", "reply-to-dest:/x");
        assertThat(receiver.next(Event.Refused.class).reason()).contains("content type: text/plain");
        server.message(new byte[1], "reply-to-dest:/x");
        assertThat(receiver.next(Event.Refused.class).reason()).contains("content type: none");
        server.message(new byte[1], type);
        assertThat(receiver.next(Event.Refused.class).reason()).contains("without a reply-to-dest");
        server.message(new byte[1], type, "reply-to-dest:/topic/usp.controller.self\\c\\cc");
        assertThat(receiver.next(Event.Refused.class).reason()).contains("that is none");
        server.message(new byte[1], type, "reply-to-dest:/a\\nb");
        assertThat(receiver.next(Event.Refused.class).reason()).contains("that is none");
        server.message(new byte[1], type, "reply-to-dest:/" + "x".repeat(1100));
        assertThat(receiver.next(Event.Refused.class).reason()).contains("that is none");
        server.message(new byte[101], type, "reply-to-dest:/x");
        assertThat(receiver.next(Event.Refused.class).reason()).contains("more than 100 bytes");

        server.message(new byte[100], type, "reply-to-dest:/x");
        receiver.nextConnected();
        assertThat(receiver.nextRecord().size()).isEqualTo(100);
    }

    @Test
    @Requirement({"R-STOMP.25", "R-STOMP.7"})
    void after_an_error_frame_the_session_is_tried_again() throws IOException {
        start(agent());
        server.welcome();
        MtpConnection before = receiver.nextConnected();

        server.write("ERROR\nmessage:away with you\n\nand more\0");

        assertThat(receiver.next(Event.Disconnected.class).reason()).contains("away with you");
        assertThat(before.isOpen()).isFalse();
        assertThatThrownBy(() -> before.send(Bytes.EMPTY)).isInstanceOf(IOException.class);
        server.welcome();
        assertThat(receiver.nextConnected().isOpen()).isTrue();
    }

    @Test
    @Requirement("R-STOMP.7")
    void a_refused_login_is_told_and_tried_again() throws IOException {
        start(agent());

        server.accept();
        server.write("ERROR\nmessage:Bad CONNECT\n\n\0");

        assertThat(receiver.next(Event.Refused.class).reason()).contains("Bad CONNECT");
        server.welcome();
        receiver.nextConnected();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECTED\nversion:1.1\n\n\0",
                "CONNECTED\n\n\0",
                "SEND\ndestination:/x\n\n\0",
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "CONNECTED\nversion:1.2\nbroken\n\n\0"
            })
    void a_broker_that_speaks_something_else_is_told(String answer) throws IOException {
        start(agent());

        server.accept();
        server.write(answer);

        assertThat(receiver.next(Event.Refused.class).reason()).containsIgnoringCase("STOMP");
        assertThat(server.readAny()).isEqualTo(-1);
    }

    @Test
    @Requirement({"R-STOMP.8", "R-STOMP.10"})
    void heart_beats_are_offered_as_configured() throws IOException {
        start(agent().withSession(
                        SOON.withHeartBeat(new StompHeartBeat(Duration.ofSeconds(20), Duration.ofSeconds(30)))));

        assertThat(server.accept().raw("heart-beat")).isEqualTo("20000,30000");
    }

    @Test
    @Requirement("R-STOMP.11")
    void we_send_heart_beats_as_often_as_the_broker_wants() throws IOException {
        start(agent().withSession(SOON.withHeartBeat(new StompHeartBeat(Duration.ofMillis(50), Duration.ZERO))));
        server.welcome("heart-beat:0,100");
        receiver.nextConnected();

        for (int i = 0; i < 5; i++) {
            assertThat(server.readAny()).isEqualTo('\n');
        }
    }

    @Test
    @Requirement("R-STOMP.11")
    void a_broker_without_heart_beats_that_promised_them_is_given_up() throws IOException {
        start(agent().withSession(SOON.withHeartBeat(new StompHeartBeat(Duration.ZERO, Duration.ofMillis(200)))));
        server.welcome("heart-beat:100,0");
        receiver.nextConnected();

        assertThat(receiver.next(Event.Disconnected.class).reason()).contains("silent");
        assertThat(server.readAny()).isEqualTo(-1);
        server.welcome();
        receiver.nextConnected();
    }

    @Test
    @Requirement("R-STOMP.29")
    void another_destination_is_unsubscribed_from_and_subscribed_to() throws IOException {
        StompMtp mtp = start(agent());
        Frame first = server.welcome();
        MtpConnection before = receiver.nextConnected();

        mtp.listenAt("/queue/elsewhere");

        Frame unsubscribe = server.next();
        assertThat(unsubscribe.command()).isEqualTo("UNSUBSCRIBE");
        assertThat(unsubscribe.raw("id")).isEqualTo(first.raw("id"));
        Frame subscribe = server.confirm();
        assertThat(subscribe.command()).isEqualTo("SUBSCRIBE");
        assertThat(subscribe.raw("destination")).isEqualTo("/queue/elsewhere");
        assertThat(subscribe.raw("id")).isNotEqualTo(first.raw("id"));
        // Peers are told by new connections, whose Connect Record names the new place.
        assertThat(receiver.next(Event.Disconnected.class).connection()).isSameAs(before);
        assertThat(receiver.nextConnected().connectInfo()).isEqualTo(new ConnectInfo.Stomp("/queue/elsewhere"));
    }

    @Test
    @Requirement("R-STOMP.29")
    void a_destination_that_the_broker_chose_is_kept() throws IOException {
        StompMtp mtp = start(agent());
        server.welcome("subscribe-dest:/queue/told");
        MtpConnection connection = receiver.nextConnected();

        mtp.listenAt("/queue/elsewhere");
        connection.send(Bytes.ofUtf8("x"));

        assertThat(server.next().command()).isEqualTo("SEND");
        assertThat(mtp.ownDestination()).contains("/queue/told");
    }

    @Test
    @Requirement({"R-STOMP.28", "R-STOMP.30"})
    void closing_sends_what_was_queued_and_then_disconnect() throws Exception {
        StompMtp mtp = start(agent());
        server.welcome();
        MtpConnection connection = receiver.nextConnected();
        server.write("RECEIPT\nreceipt-id:nobody-asked\n\n\0");
        connection.send(Bytes.ofUtf8("goodbye"));

        Thread closing = Thread.ofVirtual().start(mtp::close);

        assertThat(server.next().body()).isEqualTo(Bytes.ofUtf8("goodbye"));
        Frame bye = server.next();
        assertThat(bye.command()).isEqualTo("DISCONNECT");
        server.write("RECEIPT\nreceipt-id:" + bye.raw("receipt") + "\n\n\0");
        assertThat(server.readAny()).isEqualTo(-1);
        closing.join();
        assertThat(receiver.next(Event.Disconnected.class).reason()).contains("closed by us");
    }

    /// The frames that an Endpoint may send are few, and these are not among them.
    @Test
    @Requirement({"R-STOMP.26", "R-STOMP.27"})
    void nothing_is_acknowledged_or_sent_in_a_transaction() throws Exception {
        StompMtp mtp = start(agent());
        List<String> seen = new ArrayList<>();
        seen.add(server.welcome().command());
        MtpConnection connection = receiver.nextConnected();
        for (int i = 0; i < 20; i++) {
            server.message(new byte[] {1}, "content-type:application/vnd.bbf.usp.msg", "reply-to-dest:" + PEER_RAW);
            receiver.skipTo(Event.Received.class);
            connection.send(Bytes.ofUtf8("answer"));
            seen.add(server.next().command());
        }
        mtp.listenAt("/queue/elsewhere");
        seen.add(server.next().command());
        seen.add(server.confirm().command());
        Thread closing = Thread.ofVirtual().start(mtp::close);
        seen.add(server.next().command());
        server.drop();
        closing.join();

        assertThat(seen).containsOnly("SUBSCRIBE", "SEND", "UNSUBSCRIBE", "DISCONNECT");
    }

    private static final String PEER_RAW = "/topic/usp.controller.self\\c\\cc";

    @Test
    void a_message_that_comes_before_the_receipt_is_not_lost() throws IOException {
        start(agent());
        server.accept();
        server.write("CONNECTED\nversion:1.2\n\n\0");
        server.next();

        server.message(new byte[] {7}, "content-type:application/vnd.bbf.usp.msg", "reply-to-dest:" + PEER_RAW);

        receiver.nextConnected();
        assertThat(receiver.nextRecord()).isEqualTo(Bytes.copyOf(new byte[] {7}));
    }

    @Test
    void a_lost_tcp_connection_is_told_and_made_anew() throws IOException {
        start(agent());
        server.welcome();
        receiver.nextConnected();

        server.drop();

        receiver.next(Event.Disconnected.class);
        server.welcome();
        receiver.nextConnected();
    }

    @Test
    void a_broker_that_is_not_there_is_told_with_a_reason() throws IOException {
        server.close();
        start(agent());

        assertThat(receiver.next(Event.Refused.class).reason()).containsIgnoringCase("refused");
        receiver.next(Event.Refused.class);
    }

    @Test
    void a_full_queue_refuses_and_holds_no_more() throws IOException {
        start(agent().withQueues(new StompQueues(1_000_000, 50, 8_000_000)));
        server.welcome();
        MtpConnection connection = receiver.nextConnected();
        Bytes record = Bytes.copyOf(new byte[1_000_000]);

        // The server reads nothing: when the kernel's buffers are full, ours fill.
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        connection.send(record);
                    }
                })
                .isInstanceOf(QueueFullException.class);
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void an_agent_that_closes_its_connection_comes_back() throws IOException {
        start(agent());
        server.welcome();
        receiver.nextConnected().close(CloseReason.NORMAL);

        assertThat(receiver.next(Event.Disconnected.class).reason()).contains("closed by us");
        assertThat(server.next().command()).isEqualTo("DISCONNECT");
        server.drop();
        server.welcome();
        receiver.nextConnected();
    }
}
