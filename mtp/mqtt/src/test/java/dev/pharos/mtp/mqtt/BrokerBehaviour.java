// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.mtp.CloseReason;
import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.QueueFullException;
import dev.pharos.mtp.RetryBackoff;
import dev.pharos.mtp.TopicFilter;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.PausingReceiver;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an Agent and a Controller do over any broker.
abstract class BrokerBehaviour {
    static final EndpointId AGENT = EndpointId.of("user:lab:agent%2F1");
    static final EndpointId CONTROLLER = EndpointId.of("user:lab:controller");
    static final RetryBackoff SOON = new RetryBackoff(Duration.ofMillis(100), 1000);

    @TempDir
    Path folder;

    final RecordingReceiver atAgent = new RecordingReceiver();
    final RecordingReceiver atController = new RecordingReceiver();
    private final List<MqttMtp> started = new ArrayList<>();
    private TestBroker broker;

    abstract TestBroker startBroker() throws Exception;

    @BeforeEach
    void start() throws Exception {
        broker = startBroker();
    }

    @AfterEach
    void stop() throws Exception {
        started.forEach(MqttMtp::close);
        broker.close();
    }

    static MqttSession session(boolean version5) {
        MqttSession session = MqttSession.DEFAULT.withBackoff(SOON);
        return version5 ? session : session.version311();
    }

    MqttMtp agent(EndpointId id, MqttSession session, MtpReceiver receiver) throws IOException {
        MqttMtp mtp = new MqttMtp(MqttConfig.agent(broker.uri(), id, MqttTopics.forController(CONTROLLER))
                .withSession(session));
        started.add(mtp);
        mtp.start(receiver);
        return mtp;
    }

    MqttMtp controller(MqttSession session) throws IOException {
        MqttMtp mtp =
                new MqttMtp(MqttConfig.controller(broker.uri(), CONTROLLER).withSession(session));
        started.add(mtp);
        mtp.start(atController);
        return mtp;
    }

    /// Sends until the controller has subscribed, which nobody tells from outside.
    MtpConnection greet(MtpConnection toController) throws IOException {
        await().pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(90))
                .until(() -> {
                    toController.send(Bytes.ofUtf8("connect"));
                    return !atController.pending().isEmpty();
                });
        MtpConnection toAgent = atController.nextConnected();
        // Several greetings may have come; a last one tells where they end.
        toController.send(Bytes.ofUtf8("last greeting"));
        await().atMost(Duration.ofSeconds(90))
                .until(() -> atController.nextRecord().equals(Bytes.ofUtf8("last greeting")));
        return toAgent;
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false", "false, true"})
    @Requirement({
        "R-MQTT.1",
        "R-MQTT.2",
        "R-MQTT.3",
        "R-MQTT.6",
        "R-MQTT.15",
        "R-MQTT.18",
        "R-MQTT.19",
        "R-MQTT.22",
        "R-MQTT.23",
        "R-MQTT.24",
        "R-MQTT.25",
        "R-MQTT.26",
        "R-MQTT.27",
        "R-MQTT.27a"
    })
    void records_travel_both_ways_with_each_version_and_from_old_agents_to_a_new_controller(
            boolean agentVersion5, boolean controllerVersion5) throws IOException {
        controller(session(controllerVersion5));
        agent(AGENT, session(agentVersion5), atAgent);
        MtpConnection toController = atAgent.nextConnected();
        assertThat(toController.connectInfo())
                .isEqualTo(new ConnectInfo.Mqtt(agentVersion5, MqttTopics.forAgent(AGENT)));
        assertThat(toController.peer().endpointId()).contains(CONTROLLER);
        MtpConnection toAgent = greet(toController);
        assertThat(toAgent.peer().endpointId()).contains(AGENT);
        byte[] content = new byte[100_000];
        new Random(5).nextBytes(content);
        toAgent.send(Bytes.copyOf(content));
        Event.Received received = atAgent.next(Event.Received.class);
        assertThat(received.record()).isEqualTo(Bytes.copyOf(content));
        assertThat(received.connection()).isSameAs(toController);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false", "false, true"})
    void a_controller_speaks_first_to_an_agent_that_it_met_in_an_earlier_run(
            boolean agentVersion5, boolean controllerVersion5) throws IOException {
        MqttMtp before = controller(session(controllerVersion5));
        agent(AGENT, session(agentVersion5), atAgent);
        String address = greet(atAgent.nextConnected()).peer().address();
        before.close();
        MqttMtp after =
                new MqttMtp(MqttConfig.controller(broker.uri(), CONTROLLER).withSession(session(controllerVersion5)));
        started.add(after);
        RecordingReceiver anew = new RecordingReceiver();
        assertThat(after.reach(address, false)).as("not started").isEmpty();
        after.start(anew);
        List<MtpConnection> found = new ArrayList<>();
        await().atMost(Duration.ofSeconds(90))
                .until(() -> after.reach(address, false).map(found::add).isPresent());
        MtpConnection toAgent = found.getFirst();
        assertThat(anew.skipTo(Event.Connected.class).connection()).isSameAs(toAgent);
        assertThat(toAgent.peer().endpointId()).contains(AGENT);
        assertThat(toAgent.peer().address()).isEqualTo(address);
        assertThat(after.reach(address, false)).as("there already").isEmpty();
        assertThat(after.reach("mqtt://elsewhere:1883 usp/agent/x", false)).isEmpty();
        assertThat(after.reach("127.0.0.1:50312", false)).isEmpty();
        assertThat(after.reach("", false)).isEmpty();
        assertThat(after.reach(address + "/other", true)).as("not proven").isEmpty();
        toAgent.send(Bytes.ofUtf8("are you there?"));
        Event.Received asked = atAgent.skipTo(Event.Received.class);
        assertThat(asked.record()).isEqualTo(Bytes.ofUtf8("are you there?"));
        asked.connection().send(Bytes.ofUtf8("here"));
        Event.Received answered = anew.skipTo(Event.Received.class);
        assertThat(answered.record()).isEqualTo(Bytes.ofUtf8("here"));
        assertThat(answered.connection()).isSameAs(toAgent);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void many_records_arrive_in_order(boolean version5) throws IOException {
        controller(session(version5));
        agent(AGENT, session(version5), atAgent);
        MtpConnection toController = atAgent.nextConnected();
        MtpConnection toAgent = greet(toController);
        for (int i = 0; i < 200; i++) {
            toAgent.send(Bytes.ofUtf8("record " + i));
        }
        for (int i = 0; i < 200; i++) {
            assertThat(atAgent.nextRecord()).isEqualTo(Bytes.ofUtf8("record " + i));
        }
    }

    @Test
    @Requirement("R-MQTT.20")
    void quality_of_service_0_works_too() throws IOException {
        controller(session(true).withPublishQos(0));
        agent(AGENT, session(true).withPublishQos(0), atAgent);
        MtpConnection toAgent = greet(atAgent.nextConnected());
        toAgent.send(Bytes.ofUtf8("hello"));
        assertThat(atAgent.nextRecord()).isEqualTo(Bytes.ofUtf8("hello"));
    }

    @Test
    void a_controller_has_a_connection_to_each_agent() throws IOException {
        controller(session(true));
        agent(AGENT, session(true), atAgent);
        MtpConnection toFirst = greet(atAgent.nextConnected());
        RecordingReceiver atOther = new RecordingReceiver();
        EndpointId other = EndpointId.of("user:lab:other");
        agent(other, session(true), atOther);
        MtpConnection toSecond = greet(atOther.nextConnected());
        assertThat(toSecond.peer().endpointId()).contains(other);
        toFirst.send(Bytes.ofUtf8("first"));
        toSecond.send(Bytes.ofUtf8("second"));
        assertThat(atAgent.nextRecord()).isEqualTo(Bytes.ofUtf8("first"));
        assertThat(atOther.nextRecord()).isEqualTo(Bytes.ofUtf8("second"));
    }

    @Test
    @Requirement({"R-MQTT.10", "R-MQTT.33"})
    void a_restarted_broker_is_reached_again_and_peers_are_told() throws Exception {
        controller(session(true));
        agent(AGENT, session(true), atAgent);
        MtpConnection before = atAgent.nextConnected();
        greet(before);
        broker.restart();
        atAgent.skipTo(Event.Disconnected.class);
        assertThat(before.isOpen()).isFalse();
        assertThatThrownBy(() -> before.send(Bytes.EMPTY)).isInstanceOf(IOException.class);
        atController.skipTo(Event.Disconnected.class);
        MtpConnection after = atAgent.skipTo(Event.Connected.class).connection();
        await().pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(90))
                .until(() -> {
                    after.send(Bytes.ofUtf8("again"));
                    return atController.pending().stream().anyMatch(Event.Connected.class::isInstance);
                });
        atController.skipTo(Event.Connected.class).connection().send(Bytes.ofUtf8("hello"));
        assertThat(atAgent.nextRecord()).isEqualTo(Bytes.ofUtf8("hello"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void further_filters_are_subscribed_to(boolean version5) throws Exception {
        MqttMtp controller = controller(session(version5));
        MqttSession further = session(version5)
                .withFilters(List.of(new TopicFilter("usp/all/#", 1)))
                .withClean(false);
        agent(AGENT, further, atAgent);
        atAgent.nextConnected();
        List<MtpConnection> found = new ArrayList<>();
        await().atMost(Duration.ofSeconds(90))
                .until(() -> controller
                        .reach(broker.uri() + " usp/all", false)
                        .map(found::add)
                        .isPresent());

        found.getFirst().send(Bytes.ofUtf8("to all"));

        assertThat(atAgent.skipTo(Event.Received.class).record()).isEqualTo(Bytes.ofUtf8("to all"));
    }

    /// More than a broker leaves unacknowledged, and less than it keeps for one client by default.
    @Test
    void an_agent_that_stops_with_each_record_is_given_one_at_a_time_and_loses_none() throws Exception {
        controller(session(true));
        PausingReceiver slow = new PausingReceiver();
        agent(AGENT, session(true), slow);
        MtpConnection toController = slow.nextConnected();
        MtpConnection toAgent = greet(toController);
        for (int i = 0; i < 900; i++) {
            sendWhenThereIsRoom(toAgent, Bytes.ofUtf8("record " + i));
        }
        for (int i = 0; i < 900; i++) {
            assertThat(slow.nextRecord(toController)).isEqualTo(Bytes.ofUtf8("record " + i));
        }
        assertThat(slow.unasked()).isZero();
    }

    private static void sendWhenThereIsRoom(MtpConnection to, Bytes record) throws Exception {
        while (true) {
            try {
                to.send(record);
                return;
            } catch (QueueFullException full) {
                Thread.sleep(5);
            }
        }
    }

    @Test
    void reading_stops_and_resumes_without_loss() throws IOException {
        controller(session(true));
        agent(AGENT, session(true), atAgent);
        MtpConnection toController = atAgent.nextConnected();
        MtpConnection toAgent = greet(toController);
        toAgent.reading(false);
        for (int i = 0; i < 20; i++) {
            toController.send(Bytes.ofUtf8("record " + i));
        }
        await().during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(60))
                .until(() -> atController.pending().isEmpty());
        toAgent.reading(true);
        for (int i = 0; i < 20; i++) {
            assertThat(atController.nextRecord()).isEqualTo(Bytes.ofUtf8("record " + i));
        }
    }

    @Test
    @Requirement("R-MQTT.35")
    void an_agent_that_closes_its_connection_comes_back() throws IOException {
        agent(AGENT, session(true), atAgent);
        MtpConnection connection = atAgent.nextConnected();
        connection.close(CloseReason.NORMAL);
        assertThat(atAgent.next(Event.Disconnected.class).reason()).contains("closed by us");
        atAgent.skipTo(Event.Connected.class);
    }

    @Test
    void a_record_that_was_sent_just_before_the_close_arrives() throws IOException {
        controller(session(true));
        MqttMtp leaving = agent(AGENT, session(true), atAgent);
        MtpConnection toController = atAgent.nextConnected();
        greet(toController);
        toController.send(Bytes.ofUtf8("goodbye"));
        leaving.close();
        leaving.close();
        assertThat(atController.nextRecord()).isEqualTo(Bytes.ofUtf8("goodbye"));
        atAgent.next(Event.Disconnected.class);
    }

    @Test
    @Requirement({"R-MQTT.8", "R-MQTT.9", "R-MQTT.11"})
    void a_client_without_a_client_identifier_takes_the_one_of_the_broker() throws IOException {
        MqttMtp mtp = new MqttMtp(MqttConfig.agent(broker.uri(), AGENT, MqttTopics.forController(CONTROLLER))
                .withSession(session(true))
                .withAssignedClientId());
        started.add(mtp);
        mtp.start(atAgent);
        MtpConnection first = atAgent.nextConnected();
        String assigned = mtp.clientId().orElseThrow();
        assertThat(assigned).isNotEmpty();
        first.close(CloseReason.NORMAL);
        atAgent.skipTo(Event.Connected.class);
        assertThat(mtp.clientId()).contains(assigned);
    }

    TestBroker broker() {
        return broker;
    }
}
