// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.mtp.ConnectInfo;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.QueueFullException;
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

/// What an Agent and a Controller do over any broker.
abstract class BrokerBehaviour {
    static final EndpointId AGENT = EndpointId.of("user:lab:agent%2F1.a_b");
    static final EndpointId CONTROLLER = EndpointId.of("user:lab:controller");

    @TempDir
    Path folder;

    final RecordingReceiver atAgent = new RecordingReceiver();
    final RecordingReceiver atController = new RecordingReceiver();
    private final List<StompMtp> started = new ArrayList<>();
    private TestBroker broker;

    abstract TestBroker startBroker() throws Exception;

    /// What this broker wants beside.
    StompSession session() {
        return StompSession.DEFAULT
                .withBackoff(new StompBackoff(Duration.ofMillis(300), 1000, Duration.ofMillis(300)))
                .withHeartBeat(new StompHeartBeat(Duration.ofSeconds(20), Duration.ofSeconds(30)));
    }

    @BeforeEach
    void start() throws Exception {
        broker = startBroker();
    }

    @AfterEach
    void stop() throws Exception {
        started.forEach(StompMtp::close);
        broker.close();
    }

    StompMtp agent(EndpointId id, MtpReceiver receiver) throws IOException {
        return start(
                StompConfig.agent(broker.uri(), id, StompDestinations.forController(CONTROLLER))
                        .withSession(session()),
                receiver);
    }

    private StompMtp controller() throws IOException {
        return start(StompConfig.controller(broker.uri(), CONTROLLER).withSession(session()), atController);
    }

    private StompMtp start(StompConfig config, MtpReceiver receiver) throws IOException {
        StompMtp mtp = new StompMtp(config);
        started.add(mtp);
        mtp.start(receiver);
        return mtp;
    }

    TestBroker broker() {
        return broker;
    }

    /// Sends until the controller has subscribed, which nobody tells from outside.
    MtpConnection greet(MtpConnection toController) throws IOException {
        await().pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    toController.send(Bytes.ofUtf8("connect"));
                    return !atController.pending().isEmpty();
                });
        MtpConnection toAgent = atController.nextConnected();
        // Several greetings may have come; a last one tells where they end.
        toController.send(Bytes.ofUtf8("last greeting"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> atController.nextRecord().equals(Bytes.ofUtf8("last greeting")));
        return toAgent;
    }

    @Test
    void a_controller_speaks_first_to_an_agent_that_it_met_in_an_earlier_run() throws IOException {
        StompMtp before = controller();
        agent(AGENT, atAgent);
        String address = greet(atAgent.nextConnected()).peer().address();
        before.close();
        RecordingReceiver anew = new RecordingReceiver();
        StompMtp after = start(StompConfig.controller(broker.uri(), CONTROLLER).withSession(session()), anew);
        List<MtpConnection> found = new ArrayList<>();
        await().atMost(Duration.ofSeconds(90))
                .until(() -> after.reach(address, false).map(found::add).isPresent());
        MtpConnection toAgent = found.getFirst();
        assertThat(anew.skipTo(Event.Connected.class).connection()).isSameAs(toAgent);
        assertThat(toAgent.peer().endpointId()).contains(AGENT);
        assertThat(after.reach(address, false)).as("there already").isEmpty();
        assertThat(after.reach("stomp://elsewhere:61613 usp/agent/x", false)).isEmpty();
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

    @Test
    @Requirement({"R-STOMP.12", "R-STOMP.18", "R-STOMP.19", "R-STOMP.22", "R-STOMP.23"})
    void records_with_any_byte_travel_both_ways() throws IOException {
        controller();
        agent(AGENT, atAgent);
        MtpConnection toController = atAgent.nextConnected();
        assertThat(toController.connectInfo()).isEqualTo(new ConnectInfo.Stomp(StompDestinations.forAgent(AGENT)));
        assertThat(toController.peer().endpointId()).contains(CONTROLLER);
        MtpConnection toAgent = greet(toController);
        assertThat(toAgent.peer().endpointId()).contains(AGENT);
        byte[] content = new byte[3_000_000];
        new Random(5).nextBytes(content);
        for (int i = 0; i < 256; i++) {
            content[i] = (byte) i;
        }
        toAgent.send(Bytes.copyOf(content));
        Event.Received received = atAgent.next(Event.Received.class);
        assertThat(received.record()).isEqualTo(Bytes.copyOf(content));
        assertThat(received.connection()).isSameAs(toController);
        for (byte[] small : new byte[][] {{0}, {0, 0, 0}, {10}, {13, 10, 0}, {-1}}) {
            toController.send(Bytes.copyOf(small));
            assertThat(atController.nextRecord()).isEqualTo(Bytes.copyOf(small));
        }
    }

    @Test
    void many_records_arrive_in_order() throws IOException {
        controller();
        agent(AGENT, atAgent);
        MtpConnection toAgent = greet(atAgent.nextConnected());
        for (int i = 0; i < 200; i++) {
            toAgent.send(Bytes.ofUtf8("record " + i));
        }
        for (int i = 0; i < 200; i++) {
            assertThat(atAgent.nextRecord()).isEqualTo(Bytes.ofUtf8("record " + i));
        }
    }

    @Test
    void a_controller_has_a_connection_to_each_agent() throws IOException {
        controller();
        agent(AGENT, atAgent);
        MtpConnection toFirst = greet(atAgent.nextConnected());
        RecordingReceiver atOther = new RecordingReceiver();
        EndpointId other = EndpointId.of("user:lab:agent%2F1.a-b");
        agent(other, atOther);
        MtpConnection toSecond = greet(atOther.nextConnected());
        assertThat(toSecond.peer().endpointId()).contains(other);
        toFirst.send(Bytes.ofUtf8("first"));
        toSecond.send(Bytes.ofUtf8("second"));
        assertThat(atAgent.nextRecord()).isEqualTo(Bytes.ofUtf8("first"));
        assertThat(atOther.nextRecord()).isEqualTo(Bytes.ofUtf8("second"));
    }

    @Test
    @Requirement("R-STOMP.7")
    void a_restarted_broker_is_reached_again_and_peers_are_told() throws Exception {
        controller();
        agent(AGENT, atAgent);
        MtpConnection before = atAgent.nextConnected();
        greet(before);
        broker.restart();
        atAgent.skipTo(Event.Disconnected.class);
        assertThat(before.isOpen()).isFalse();
        assertThatThrownBy(() -> before.send(Bytes.EMPTY)).isInstanceOf(IOException.class);
        atController.skipTo(Event.Disconnected.class);
        MtpConnection after = atAgent.skipTo(Event.Connected.class).connection();
        await().pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    after.send(Bytes.ofUtf8("again"));
                    return atController.pending().stream().anyMatch(Event.Connected.class::isInstance);
                });
        atController.skipTo(Event.Connected.class).connection().send(Bytes.ofUtf8("hello"));
        assertThat(atAgent.nextRecord()).isEqualTo(Bytes.ofUtf8("hello"));
    }

    /// More than a broker leaves unacknowledged, and less than it keeps for one client by default.
    @Test
    void an_agent_that_stops_with_each_record_is_given_one_at_a_time_and_loses_none() throws Exception {
        controller();
        PausingReceiver slow = new PausingReceiver();
        agent(AGENT, slow);
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
        controller();
        agent(AGENT, atAgent);
        MtpConnection toController = atAgent.nextConnected();
        MtpConnection toAgent = greet(toController);
        toAgent.reading(false);
        for (int i = 0; i < 20; i++) {
            toController.send(Bytes.ofUtf8("record " + i));
        }
        await().during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(10))
                .until(() -> atController.pending().isEmpty());
        toAgent.reading(true);
        for (int i = 0; i < 20; i++) {
            assertThat(atController.nextRecord()).isEqualTo(Bytes.ofUtf8("record " + i));
        }
    }

    @Test
    void a_record_that_was_sent_just_before_the_close_arrives() throws IOException {
        controller();
        StompMtp leaving = agent(AGENT, atAgent);
        MtpConnection toController = atAgent.nextConnected();
        greet(toController);
        toController.send(Bytes.ofUtf8("goodbye"));
        leaving.close();
        leaving.close();
        assertThat(atController.nextRecord()).isEqualTo(Bytes.ofUtf8("goodbye"));
        atAgent.next(Event.Disconnected.class);
    }

    @Test
    @Requirement({"R-STOMP.29", "R-STOMP.30"})
    void an_agent_that_moves_is_reached_where_it_went() throws IOException {
        controller();
        StompMtp mtp = agent(AGENT, atAgent);
        greet(atAgent.nextConnected());
        mtp.listenAt("/topic/usp.agent.moved");
        MtpConnection moved = atAgent.skipTo(Event.Connected.class).connection();
        moved.send(Bytes.ofUtf8("from elsewhere"));
        MtpConnection toMoved = atController.nextConnected();
        toMoved.send(Bytes.ofUtf8("to elsewhere"));
        assertThat(atAgent.nextRecord()).isEqualTo(Bytes.ofUtf8("to elsewhere"));
    }
}
