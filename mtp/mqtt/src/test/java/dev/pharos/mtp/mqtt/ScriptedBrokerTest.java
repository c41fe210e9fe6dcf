// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.RetryBackoff;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an Agent makes of the special things a broker of MQTT 5 may say.
class ScriptedBrokerTest {
    private static final int RESPONSE_INFORMATION = 0x1a;
    private static final int USER_PROPERTY = 0x26;
    private static final int NOT_AUTHORIZED = 0x87;
    private static final int GRANTED_QOS_1 = 1;

    private final RecordingReceiver receiver = new RecordingReceiver();
    private ScriptedBroker broker;
    private MqttMtp agent;

    @BeforeEach
    void start() throws IOException {
        broker = new ScriptedBroker();
        agent = new MqttMtp(MqttConfig.agent(broker.uri(), EndpointId.of("proto::agent"), "usp/controller/c")
                .withSession(MqttSession.DEFAULT
                        .withBackoff(new RetryBackoff(Duration.ofMillis(100), 1000))
                        .withLogin("device", "secret")
                        .withKeepAlive(Duration.ofSeconds(77))));
        agent.start(receiver);
    }

    @AfterEach
    void stop() throws IOException {
        broker.close();
        agent.close();
    }

    private static byte[] subscribeTopic(String filter) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] name = ScriptedBroker.property(USER_PROPERTY, "subscribe-topic");
        out.writeBytes(name);
        byte[] value = ScriptedBroker.property(0, filter);
        out.write(value, 1, value.length - 1);
        return out.toByteArray();
    }

    @Test
    @Requirement({"R-MQTT.7", "R-MQTT.12", "R-MQTT.13", "R-MQTT.14"})
    void the_connect_packet_says_who_we_are_and_asks_for_response_information() throws IOException {
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
    @Requirement({"R-MQTT.15", "R-MQTT.21", "R-MQTT.22", "R-MQTT.23", "R-MQTT.27"})
    void response_information_becomes_the_reply_to_topic() throws IOException {
        broker.welcome(ScriptedBroker.property(RESPONSE_INFORMATION, "given/by/broker"));
        assertThat(broker.subscribed(GRANTED_QOS_1)).contains("given/by/broker").doesNotContain("usp/agent");
        MtpConnection connection = receiver.nextConnected();
        assertThat(connection.connectInfo()).isEqualTo(new ConnectInfo.Mqtt(true, "given/by/broker"));
        assertThat(agent.ownTopic()).isEqualTo("given/by/broker");
        connection.send(Bytes.ofUtf8("record"));
        assertThat(ScriptedBroker.text(broker.next(ScriptedBroker.PUBLISH)))
                .startsWith("\0\20usp/controller/c")
                .contains("\3\0\7usp.msg")
                .contains("\10\0\17given/by/broker")
                .endsWith("record");
    }

    @Test
    @Requirement("R-MQTT.15")
    void the_filters_of_the_broker_are_subscribed_to_and_our_own_only_if_they_do_not_cover_it() throws IOException {
        broker.welcome(subscribeTopic("usp/agent/#"));
        assertThat(broker.subscribed(GRANTED_QOS_1)).contains("usp/agent/#").doesNotContain("usp/agent/proto");
        receiver.nextConnected();
    }

    @Test
    @Requirement({"R-MQTT.17", "R-MQTT.35"})
    void without_any_accepted_subscription_we_disconnect_and_say_so() throws IOException {
        broker.welcome();
        broker.subscribed(NOT_AUTHORIZED);
        broker.next(ScriptedBroker.DISCONNECT);
        assertThat(receiver.next(Event.Refused.class).reason()).contains("accepted no subscription");
        broker.welcome();
        broker.subscribed(GRANTED_QOS_1);
        receiver.nextConnected();
    }

    private MqttMtp withoutTopic() throws IOException {
        agent.close();
        agent = new MqttMtp(MqttConfig.agent(broker.uri(), EndpointId.of("proto::agent"), "usp/controller/c")
                .withSession(MqttSession.DEFAULT.withBackoff(new RetryBackoff(Duration.ofMillis(1), 1000)))
                .withoutOwnTopic());
        agent.start(receiver);
        return agent;
    }

    @Test
    @Requirement("R-MQTT.16")
    void where_nobody_says_where_to_listen_we_disconnect_and_do_not_come_again() throws IOException {
        broker.welcome();
        broker.subscribed(GRANTED_QOS_1);
        receiver.nextConnected();
        withoutTopic();
        assertThat(receiver.next(Event.Disconnected.class)).isNotNull();
        broker.welcome();

        broker.next(ScriptedBroker.DISCONNECT);

        assertThat(receiver.next(Event.Refused.class).reason()).contains("at which topic to listen");
        assertThat(broker.isCalledWithin(Duration.ofMillis(500))).isFalse();
    }

    @Test
    @Requirement("R-MQTT.15")
    void a_filter_of_the_broker_is_where_we_listen_if_nothing_else_says_so() throws IOException {
        broker.welcome();
        broker.subscribed(GRANTED_QOS_1);
        receiver.nextConnected();
        withoutTopic();
        assertThat(receiver.next(Event.Disconnected.class)).isNotNull();
        broker.welcome(subscribeTopic("given/by/broker"));

        assertThat(broker.subscribed(GRANTED_QOS_1)).contains("given/by/broker").doesNotContain("usp/agent");
        assertThat(receiver.nextConnected().connectInfo()).isEqualTo(new ConnectInfo.Mqtt(true, "given/by/broker"));
    }

    @Test
    @Requirement("R-MQTT.15")
    void one_accepted_subscription_of_two_is_enough() throws IOException {
        broker.welcome(subscribeTopic("elsewhere"));
        broker.subscribed(NOT_AUTHORIZED, GRANTED_QOS_1);
        receiver.nextConnected();
    }
}
