// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import static dev.pharos.testkit.ScriptedMqttBroker.subscribeTopic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.mtp.BrokerSession;
import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.Publication;
import dev.pharos.mtp.QueueFullException;
import dev.pharos.mtp.RetryBackoff;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.testkit.ScriptedMqttBroker;
import dev.pharos.testkit.ScriptedMqttBroker.Version;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an Agent makes of the special and the wrong things a broker may say.
class ScriptedBrokerTest {
    private static final int GRANTED_QOS_1 = 1;
    private static final String CONTROLLER = "usp/controller/c";
    private static final MqttSession SESSION = MqttSession.DEFAULT
            .withBackoff(new RetryBackoff(Duration.ofMillis(100), 1000))
            .withLogin("device", "secret")
            .withKeepAlive(Duration.ofSeconds(77));

    private final RecordingReceiver receiver = new RecordingReceiver();

    @SuppressWarnings("NullAway.Init") // each test starts one of its version
    private ScriptedMqttBroker broker;

    @SuppressWarnings("NullAway.Init")
    private MqttMtp agent;

    private void start(Version version) throws IOException {
        broker = new ScriptedMqttBroker(version);
        start(MqttConfig.agent(broker.uri(), EndpointId.of("proto::agent"), CONTROLLER)
                .withSession(version == Version.V5 ? SESSION : SESSION.version311()));
    }

    private void start(MqttConfig config) throws IOException {
        agent = new MqttMtp(config);
        agent.start(receiver);
    }

    @AfterEach
    void stop() throws IOException {
        broker.close();
        agent.close();
    }

    private MtpConnection up() throws IOException {
        broker.welcome();
        broker.subscribed(GRANTED_QOS_1);
        return receiver.skipTo(Event.Connected.class).connection();
    }

    // ---- what a broker of MQTT 5 may tell

    @Test
    @Requirement({"R-MQTT.7", "R-MQTT.12", "R-MQTT.13", "R-MQTT.14"})
    void the_connect_packet_says_who_we_are_and_asks_for_response_information() throws IOException {
        start(Version.V5);
        String connect = broker.welcome();
        byte keepAlive = 77;
        byte requestResponseInformation = 0x19;
        assertThat(connect)
                .contains("usp-endpoint-id\0\14proto::agent")
                .contains("\0\6device\0\6secret")
                .contains("\0" + (char) keepAlive)
                .contains((char) requestResponseInformation + "\1");
    }

    @Test
    @Requirement("R-BULK.8a")
    void what_is_no_record_has_its_own_content_type_and_nothing_of_usp() throws Exception {
        Publication report = new Publication("bulk", Bytes.ofUtf8("{}"), "application/json; charset=UTF-8", 0, true);
        start(Version.V5);
        BrokerSession session = agent.broker().orElseThrow();
        assertThatThrownBy(() -> session.publish(report)).hasMessageContaining("no session");
        MtpConnection _ = up();

        session.publish(report);

        assertThat(ScriptedMqttBroker.text(broker.next(ScriptedMqttBroker.PUBLISH)))
                .startsWith("\0\4bulk")
                .contains("\3\0\37application/json; charset=UTF-8")
                .doesNotContain("usp")
                .endsWith("{}");
    }

    @Test
    @Requirement({"R-MQTT.15", "R-MQTT.21", "R-MQTT.22", "R-MQTT.23", "R-MQTT.27"})
    void response_information_becomes_the_reply_to_topic() throws IOException {
        start(Version.V5);
        broker.welcome(ScriptedMqttBroker.property(ScriptedMqttBroker.RESPONSE_INFORMATION, "given/by/broker"));
        assertThat(broker.subscribed(GRANTED_QOS_1)).contains("given/by/broker").doesNotContain("usp/agent");
        MtpConnection connection = receiver.nextConnected();
        assertThat(connection.connectInfo()).isEqualTo(new ConnectInfo.Mqtt(true, "given/by/broker"));
        assertThat(agent.ownTopic()).isEqualTo("given/by/broker");
        connection.send(Bytes.ofUtf8("record"));
        assertThat(ScriptedMqttBroker.text(broker.next(ScriptedMqttBroker.PUBLISH)))
                .startsWith("\0\20usp/controller/c")
                .contains("\3\0\7usp.msg")
                .contains("\10\0\17given/by/broker")
                .endsWith("record");
    }

    @Test
    @Requirement("R-MQTT.36")
    void where_it_is_reached_is_the_topic_of_the_session_that_is_up() throws IOException {
        start(Version.V5);
        assertThat(agent.address()).isEmpty();
        broker.welcome(ScriptedMqttBroker.property(ScriptedMqttBroker.RESPONSE_INFORMATION, "given/by/broker"));
        broker.subscribed(GRANTED_QOS_1);
        receiver.nextConnected();
        assertThat(agent.address())
                .hasValueSatisfying(at -> assertThat(at.path()).isEqualTo("given/by/broker"));
        broker.drop();
        receiver.next(Event.Disconnected.class);
        assertThat(agent.address()).isEmpty();
    }

    @Test
    @Requirement("R-MQTT.15")
    void the_filters_of_the_broker_are_subscribed_to_and_our_own_only_if_they_do_not_cover_it() throws IOException {
        start(Version.V5);
        broker.welcome(subscribeTopic("usp/agent/#"));
        assertThat(broker.subscribed(GRANTED_QOS_1)).contains("usp/agent/#").doesNotContain("usp/agent/proto");
        receiver.nextConnected();
    }

    @Test
    @Requirement({"R-MQTT.17", "R-MQTT.35"})
    void without_any_accepted_subscription_we_disconnect_and_say_so() throws IOException {
        start(Version.V5);
        int notAuthorized = 0x87;
        broker.welcome();
        broker.subscribed(notAuthorized);
        broker.next(ScriptedMqttBroker.DISCONNECT);
        assertThat(receiver.next(Event.Refused.class).reason()).contains("accepted no subscription");
        up();
    }

    private void startWithoutTopic() throws IOException {
        broker = new ScriptedMqttBroker(Version.V5);
        start(MqttConfig.agent(broker.uri(), EndpointId.of("proto::agent"), CONTROLLER)
                .withSession(MqttSession.DEFAULT.withBackoff(new RetryBackoff(Duration.ofMillis(1), 1000)))
                .withoutOwnTopic());
    }

    @Test
    @Requirement("R-MQTT.16")
    void where_nobody_says_where_to_listen_we_disconnect_and_do_not_come_again() throws IOException {
        startWithoutTopic();
        broker.welcome();

        broker.next(ScriptedMqttBroker.DISCONNECT);

        assertThat(receiver.next(Event.Refused.class).reason()).contains("at which topic to listen");
        assertThat(broker.isCalledWithin(Duration.ofMillis(500))).isFalse();
    }

    @Test
    @Requirement("R-MQTT.15")
    void a_filter_of_the_broker_is_where_we_listen_if_nothing_else_says_so() throws IOException {
        startWithoutTopic();
        broker.welcome(subscribeTopic("given/by/broker"));

        assertThat(broker.subscribed(GRANTED_QOS_1)).contains("given/by/broker").doesNotContain("usp/agent");
        assertThat(receiver.nextConnected().connectInfo()).isEqualTo(new ConnectInfo.Mqtt(true, "given/by/broker"));
    }

    @Test
    @Requirement("R-MQTT.15")
    void one_accepted_subscription_of_two_is_enough() throws IOException {
        start(Version.V5);
        int notAuthorized = 0x87;
        broker.welcome(subscribeTopic("elsewhere"));
        broker.subscribed(notAuthorized, GRANTED_QOS_1);
        receiver.nextConnected();
    }

    @Test
    @Requirement({"R-MQTT.8", "R-MQTT.9", "R-MQTT.11"})
    void the_client_identifier_that_the_broker_assigned_is_used_from_then_on() throws IOException {
        broker = new ScriptedMqttBroker(Version.V5);
        start(MqttConfig.agent(broker.uri(), EndpointId.of("proto::agent"), CONTROLLER)
                .withSession(SESSION)
                .withAssignedClientId());
        String first = broker.welcome(
                ScriptedMqttBroker.property(ScriptedMqttBroker.ASSIGNED_CLIENT_IDENTIFIER, "assigned-7"));
        assertThat(first).doesNotContain("assigned-7");
        broker.subscribed(GRANTED_QOS_1);
        receiver.nextConnected();
        assertThat(agent.clientId()).contains("assigned-7");
        broker.drop();
        assertThat(broker.welcome()).contains("\0\12assigned-7");
    }

    // ---- brokers that break off

    /// Where a broker ends the connection.
    enum End {
        BEFORE_CONNACK,
        IN_THE_MIDDLE_OF_CONNACK,
        BEFORE_SUBACK,
        IN_THE_MIDDLE_OF_A_RECORD
    }

    @ParameterizedTest
    @EnumSource
    @Requirement({"R-MQTT.10", "R-MQTT.33"})
    void wherever_a_broker_breaks_off_it_is_tried_again_and_nothing_of_it_remains(End end) throws IOException {
        start(Version.V5);
        switch (end) {
            case BEFORE_CONNACK -> broker.awaitConnect();
            case IN_THE_MIDDLE_OF_CONNACK -> {
                broker.awaitConnect();
                broker.raw((byte) 0x20, (byte) 3, (byte) 0);
            }
            case BEFORE_SUBACK -> {
                broker.welcome();
                broker.next(ScriptedMqttBroker.SUBSCRIBE);
            }
            case IN_THE_MIDDLE_OF_A_RECORD -> {
                up();
                broker.raw((byte) 0x32, (byte) 100, (byte) 0, (byte) 3, (byte) 'u', (byte) 's', (byte) 'p');
            }
        }
        broker.drop();
        if (end == End.IN_THE_MIDDLE_OF_A_RECORD) {
            receiver.next(Event.Disconnected.class);
        } else {
            receiver.next(Event.Refused.class);
        }
        MtpConnection again = up();
        broker.publish(1, false, "usp/agent/proto::agent", CONTROLLER, "whole");
        assertThat(receiver.nextRecord()).isEqualTo(Bytes.ofUtf8("whole"));
        assertThat(again.isOpen()).isTrue();
    }

    /// The end of the connection may overtake the answer before it.
    @ParameterizedTest
    @EnumSource(Version.class)
    @Requirement("R-MQTT.10")
    void a_broker_that_goes_as_soon_as_it_has_accepted_the_subscription_is_tried_again_each_time(Version version)
            throws IOException {
        broker = new ScriptedMqttBroker(version);
        MqttSession session = SESSION.withBackoff(new RetryBackoff(Duration.ofMillis(1), 1000));
        start(MqttConfig.agent(broker.uri(), EndpointId.of("proto::agent"), CONTROLLER)
                .withSession(version == Version.V5 ? session : session.version311()));
        for (int i = 0; i < 200; i++) {
            assertThat(broker.welcome()).contains("proto::agent");
            broker.subscribed(GRANTED_QOS_1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x87, 0x89, 0x9c})
    void a_refusal_is_told_and_tried_again(int code) throws IOException {
        start(Version.V5);
        broker.awaitConnect();
        broker.answerConnect(code);
        assertThat(receiver.next(Event.Refused.class).reason()).isNotEmpty();
        up();
    }

    @Test
    @Requirement("R-MQTT.2")
    void with_3_1_1_a_refusal_is_told_and_what_comes_has_its_reply_to_topic_in_the_topic() throws IOException {
        start(Version.V3_1_1);
        broker.awaitConnect();
        int notAuthorized = 5;
        broker.answerConnect(notAuthorized);
        assertThat(receiver.next(Event.Refused.class).reason()).isNotEmpty();
        MtpConnection toController = up();
        broker.publish(9, false, "usp/agent/proto::agent", CONTROLLER, "hello");
        Event.Received received = receiver.next(Event.Received.class);
        assertThat(received.connection()).isSameAs(toController);
        assertThat(broker.acknowledged()).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x20, 0x70, 0xf0, 0xd0})
    void a_packet_that_has_no_place_ends_the_session_and_a_new_one_begins(int first) throws IOException {
        start(Version.V5);
        broker.awaitConnect();
        // a PINGRESP, an UNSUBACK or an AUTH in place of the CONNACK, or a CONNACK that is none
        broker.send(first);
        receiver.next(Event.Refused.class);
        up();
    }

    // ---- brokers that repeat and reorder

    @Test
    @Requirement("R-MQTT.20")
    void what_a_broker_repeats_and_reorders_comes_as_it_was_sent_and_each_is_acknowledged_once() throws IOException {
        start(Version.V5);
        up();
        List<Integer> sent = List.of(7, 3, 3, 65_535, 7, 1);
        List<Integer> known = new ArrayList<>();
        for (int id : sent) {
            broker.publish(id, known.contains(id), "usp/agent/proto::agent", CONTROLLER, "record " + id);
            assertThat(receiver.nextRecord()).isEqualTo(Bytes.ofUtf8("record " + id));
            assertThat(broker.acknowledged()).isEqualTo(id);
            known.add(id);
        }
        assertThat(receiver.pending()).isEmpty();
    }

    private MtpConnection repeatedBeforeItIsAcknowledged(Version version) throws IOException {
        start(version);
        MtpConnection connection = up();
        connection.reading(false);
        broker.publish(9, false, "usp/agent/proto::agent", CONTROLLER, "held");
        broker.publish(9, true, "usp/agent/proto::agent", CONTROLLER, "held");
        return connection;
    }

    @Test
    void mqtt_3_1_1_lets_a_broker_repeat_what_is_not_acknowledged_yet_and_it_comes_once_and_the_session_stands()
            throws IOException {
        MtpConnection connection = repeatedBeforeItIsAcknowledged(Version.V3_1_1);
        broker.publish(10, false, "usp/agent/proto::agent", CONTROLLER, "more");
        connection.reading(true);
        for (int id : List.of(9, 10)) {
            assertThat(receiver.nextRecord()).isEqualTo(Bytes.ofUtf8(id == 9 ? "held" : "more"));
            assertThat(broker.acknowledged()).isEqualTo(id);
        }
        assertThat(connection.isOpen()).isTrue();
    }

    /// MQTT 5.0, section 4.4.
    @Test
    void mqtt_5_forbids_it_and_a_broker_that_does_it_is_hung_up_on_and_dialled_again() throws IOException {
        MtpConnection connection = repeatedBeforeItIsAcknowledged(Version.V5);
        assertThat(receiver.skipTo(Event.Disconnected.class).reason()).contains("PROTOCOL_ERROR");
        assertThat(connection.isOpen()).isFalse();
        assertThat(up().isOpen()).isTrue();
        broker.publish(9, true, "usp/agent/proto::agent", CONTROLLER, "held");
        assertThat(receiver.nextRecord()).isEqualTo(Bytes.ofUtf8("held"));
        assertThat(broker.acknowledged()).isEqualTo(9);
    }

    @Test
    void acknowledgements_in_any_order_make_room_for_more_and_missing_ones_bound_what_waits() throws IOException {
        broker = new ScriptedMqttBroker(Version.V5);
        int places = 3;
        start(MqttConfig.agent(broker.uri(), EndpointId.of("proto::agent"), CONTROLLER)
                .withSession(SESSION)
                .withQueues(new MqttQueues(
                        MqttQueues.DEFAULT.maxRecordBytes(), places, MqttQueues.DEFAULT.sessionBytes())));
        MtpConnection connection = up();
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < places; i++) {
            connection.send(Bytes.ofUtf8("record " + i));
            ids.add(broker.published());
        }
        assertThatThrownBy(() -> connection.send(Bytes.ofUtf8("one too many"))).isInstanceOf(QueueFullException.class);
        for (int id : ids.reversed()) {
            broker.acknowledge(id);
        }
        for (int i = 0; i < places; i++) {
            await().atMost(Duration.ofSeconds(90))
                    .ignoreException(QueueFullException.class)
                    .untilAsserted(() -> connection.send(Bytes.ofUtf8("more")));
        }
    }
}
