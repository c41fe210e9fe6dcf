// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.mtp.BrokerSession;
import dev.pharos.mtp.BrokerTraffic;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.RetryBackoff;
import dev.pharos.mtp.TopicFilter;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.testkit.ScriptedMqttBroker;
import dev.pharos.testkit.ScriptedMqttBroker.Version;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What an Agent does at a broker beside carrying Records: filters that come and go, its will, what it counts.
class ScriptedSessionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int GRANTED_QOS_0 = 0;
    private static final int GRANTED_QOS_1 = 1;
    private static final String CONTROLLER = "usp/controller/c";
    private static final String OWN = "usp/agent/proto::agent";
    private static final TopicFilter ALL = new TopicFilter("usp/all", 1);
    private static final TopicFilter SOME = new TopicFilter("usp/some/#", 1);
    private static final TopicFilter MORE = new TopicFilter("usp/more", 0);

    private final RecordingReceiver receiver = new RecordingReceiver();

    @SuppressWarnings("NullAway.Init") // each test starts one of its version
    private ScriptedMqttBroker broker;

    @SuppressWarnings("NullAway.Init")
    private MqttMtp agent;

    private MqttSession session(Version version) {
        MqttSession session = MqttSession.DEFAULT.withBackoff(new RetryBackoff(Duration.ofMillis(100), 1000));
        return version == Version.V5 ? session : session.version311();
    }

    private BrokerSession start(Version version, MqttSession session) throws IOException {
        broker = new ScriptedMqttBroker(version);
        agent = new MqttMtp(MqttConfig.agent(broker.uri(), EndpointId.of("proto::agent"), CONTROLLER)
                .withSession(session));
        agent.start(receiver);
        return agent.broker().orElseThrow();
    }

    @AfterEach
    void stop() throws IOException {
        broker.close();
        agent.close();
    }

    @ParameterizedTest
    @EnumSource
    @Requirement({"R-MQTT.34", "R-MQTT.15"})
    void a_filter_that_is_not_wanted_any_more_is_unsubscribed_from_and_the_session_stays(Version version)
            throws IOException {
        BrokerSession session = start(version, session(version).withFilters(List.of(ALL, SOME)));
        broker.welcome();
        assertThat(broker.subscribed(GRANTED_QOS_1, GRANTED_QOS_1, GRANTED_QOS_1))
                .contains("usp/all", "usp/some/#", OWN);
        MtpConnection connection = receiver.nextConnected();

        session.listenAt(List.of(ALL, MORE));

        assertThat(broker.unsubscribed(0))
                .contains("usp/some/#")
                .doesNotContain("usp/all")
                .doesNotContain(OWN);
        assertThat(broker.subscribed(GRANTED_QOS_0))
                .contains("usp/more")
                .doesNotContain("usp/all")
                .doesNotContain(OWN);
        broker.publish(7, false, OWN, CONTROLLER, "still there");
        assertThat(receiver.nextRecord()).isEqualTo(Bytes.ofUtf8("still there"));
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    @Requirement("R-MQTT.15")
    void what_is_wanted_meanwhile_counts_from_the_next_session_on() throws IOException {
        BrokerSession session = start(Version.V5, session(Version.V5).withFilters(List.of(ALL)));
        broker.awaitConnect();
        session.listenAt(List.of(MORE));
        broker.drop();
        broker.welcome();
        assertThat(broker.subscribed(GRANTED_QOS_0, GRANTED_QOS_1))
                .contains("usp/more")
                .doesNotContain("usp/all");
    }

    @Test
    @Requirement("R-MQTT.34")
    void what_a_broker_remembers_of_a_session_and_is_not_wanted_any_more_is_unsubscribed_from() throws IOException {
        BrokerSession session =
                start(Version.V5, session(Version.V5).withFilters(List.of(ALL)).withClean(false));
        broker.welcome();
        broker.subscribed(GRANTED_QOS_1, GRANTED_QOS_1);
        receiver.nextConnected();
        broker.drop();
        broker.awaitConnect();
        session.listenAt(List.of(MORE));
        broker.drop();
        broker.welcome();
        assertThat(broker.subscribed(GRANTED_QOS_0, GRANTED_QOS_1)).contains("usp/more");

        assertThat(broker.unsubscribed(0)).contains("usp/all").doesNotContain("usp/more");
    }

    @Test
    void another_place_to_be_answered_at_begins_a_new_session() throws IOException {
        broker = new ScriptedMqttBroker(Version.V5);
        agent = new MqttMtp(MqttConfig.agent(broker.uri(), EndpointId.of("proto::agent"), CONTROLLER)
                .withSession(session(Version.V5).withFilters(List.of(ALL)))
                .withoutOwnTopic());
        agent.start(receiver);
        broker.welcome();
        broker.subscribed(GRANTED_QOS_1);
        receiver.nextConnected();

        agent.broker().orElseThrow().listenAt(List.of(MORE));

        broker.next(ScriptedMqttBroker.DISCONNECT);
        assertThat(receiver.next(Event.Disconnected.class).reason()).contains("where we listen");
        broker.welcome();
        assertThat(broker.subscribed(GRANTED_QOS_0)).contains("usp/more").doesNotContain("usp/all");
    }

    @ParameterizedTest
    @EnumSource
    @Requirement("R-MQTT.5")
    void the_connect_packet_has_the_will(Version version) throws IOException {
        start(version, session(version).withWill(new MqttWill("usp/gone", Bytes.ofUtf8("I am lost"), 2, true)));
        String connect = broker.awaitConnect();

        int flags = connect.charAt(7);
        int will = 0x04;
        int qos2 = 0x10;
        int retain = 0x20;
        assertThat(flags & 0x3c).isEqualTo(will | qos2 | retain);
        assertThat(connect).contains("\0\10usp/gone\0\11I am lost");
    }

    @Test
    @Requirement("R-MQTT.5")
    void what_passes_is_counted_over_all_sessions() throws IOException {
        BrokerSession session = start(Version.V5, session(Version.V5));
        assertThat(session.traffic()).isEqualTo(BrokerTraffic.NONE);
        int notAuthorized = 0x87;
        broker.awaitConnect();
        broker.answerConnect(notAuthorized);
        receiver.next(Event.Refused.class);
        broker.welcome();
        broker.subscribed(GRANTED_QOS_1);
        MtpConnection connection = receiver.nextConnected();
        connection.send(Bytes.ofUtf8("one"));
        broker.acknowledge(broker.published());
        connection.send(Bytes.ofUtf8("two"));
        broker.acknowledge(broker.published());
        broker.publish(1, false, OWN, CONTROLLER, "three");
        receiver.nextRecord();
        broker.acknowledged();
        await().atMost(PATIENCE).until(() -> session.traffic().publications().sent() == 2);
        session.listenAt(List.of(MORE));
        broker.subscribed(GRANTED_QOS_0);
        session.listenAt(List.of());
        broker.unsubscribed(0);
        await().atMost(PATIENCE).until(() -> session.traffic().packets().unsubscribes() == 1);

        BrokerTraffic passed = session.traffic();
        assertThat(passed.publications()).isEqualTo(new BrokerTraffic.Publications(2, 1));
        // CONNECT twice, SUBSCRIBE twice, UNSUBSCRIBE, PUBLISH twice, PUBACK; and what answers them, and a PUBLISH.
        assertThat(passed.packets()).isEqualTo(new BrokerTraffic.Packets(8, 8, 2, 1));
        assertThat(passed.failures()).isEqualTo(new BrokerTraffic.Failures(1, 0));
        assertThat(passed.connected()).isPresent();
        assertThat(passed.lastSent()).isPresent();
        assertThat(passed.lastReceived()).isPresent();

        connection.send(Bytes.ofUtf8("lost"));
        broker.published();
        broker.drop();
        receiver.next(Event.Disconnected.class);
        await().atMost(PATIENCE).until(() -> session.traffic().failures().publishing() == 1);
        broker.welcome();
        broker.subscribed(GRANTED_QOS_1);
        receiver.nextConnected();
        assertThat(session.traffic().packets().subscribes()).isEqualTo(3);
    }
}
