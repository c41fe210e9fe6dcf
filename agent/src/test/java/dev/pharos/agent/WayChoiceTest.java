// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerMtp;
import dev.pharos.agent.config.ControllerMtp.Server;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.connection.Route;
import dev.pharos.agent.fixture.DialledWay;
import dev.pharos.agent.fixture.DiallingStage;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.mtp.BrokerTraffic;
import dev.pharos.mtp.TopicFilter;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.message.DeleteRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Which of several ways to its controller an agent uses, and what it does at a broker while it does.
class WayChoiceTest {
    private static final String WAYS = "Device.LocalAgent.Controller.1.MTP.";
    private static final ControllerMtp WEB_SOCKET =
            new ControllerMtp.WebSocket("controller.example", 443, "/usp", true);
    private static final ControllerMtp NOWHERE = new ControllerMtp.WebSocket(DiallingStage.NOWHERE, 443, "/usp", true);
    private static final ControllerMtp MQTT =
            new ControllerMtp.Mqtt(new Server("mqtt.example", 8883, true, "user"), "usp/controller", "usp/agent");
    private static final ControllerMtp STOMP =
            new ControllerMtp.Stomp(new Server("stomp.example", 61_614, true, "user"), "/queue/usp");

    private final DiallingStage stage = new DiallingStage();

    @AfterEach
    void close() {
        stage.close();
    }

    private void start(ControllerMtp... ways) throws IOException {
        stage.start(Stage.config(List.of(
                ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL).withMtps(List.of(ways)))));
    }

    @Test
    void the_way_of_the_lowest_order_is_tried_alone_as_long_as_it_does_not_fail() throws Exception {
        start(WEB_SOCKET, MQTT, STOMP);
        DialledWay first = stage.next(Route.WebSocket.class);
        stage.settle();
        assertThat(stage.isQuiet()).isTrue();
        LockstepController controller = first.connects();
        stage.settle();

        assertThat(stage.isQuiet()).isTrue();
        assertThat(Stage.get(controller, WAYS + "2.")).containsEntry("Order", "2");
        assertThat(Stage.get(controller, "Device.MQTT.Client.1.")).containsEntry("Status", "Disabled");
    }

    @Test
    void where_a_way_fails_the_next_one_is_used_and_where_it_leads_there_again_the_agent_returns() throws Exception {
        start(WEB_SOCKET, MQTT, STOMP);
        DialledWay webSocket = stage.next(Route.WebSocket.class);
        webSocket.fails();
        stage.settle();
        DialledWay mqtt = stage.next(Route.Mqtt.class);
        mqtt.fails();
        stage.settle();
        DialledWay stomp = stage.next(Route.Stomp.class);
        LockstepController overStomp = stomp.connects();
        Eventually.holds(() -> Stage.get(overStomp, "Device.STOMP.Connection.1.")
                .getOrDefault("Status", "")
                .equals("Enabled"));
        assertThat(Stage.get(overStomp, "Device.MQTT.Client.1.")).containsEntry("Status", "Error_BrokerUnreachable");

        LockstepController overMqtt = mqtt.connects();
        stage.settle();
        Eventually.holds(stomp::isClosed);
        assertThat(webSocket.isClosed()).isFalse();
        assertThat(Stage.get(overMqtt, "Device.MQTT.Client.1.")).containsEntry("Status", "Connected");

        LockstepController overWebSocket = webSocket.connects();
        stage.settle();
        Eventually.holds(mqtt::isClosed);
        Eventually.holds(() -> Stage.get(overWebSocket, "Device.MQTT.Client.1.")
                .getOrDefault("Status", "")
                .equals("Disabled"));
        assertThat(stage.isQuiet()).isTrue();
    }

    @Test
    void a_connection_that_is_lost_is_tried_again_before_the_next_way_is() throws Exception {
        start(WEB_SOCKET, MQTT);
        DialledWay webSocket = stage.next(Route.WebSocket.class);
        webSocket.connects();
        webSocket.cut();
        stage.settle();
        assertThat(stage.isQuiet()).isTrue();
        webSocket.connectsAgain();
        webSocket.cut();
        Eventually.holds(() -> {
            webSocket.fails();
            stage.settle();
            return !stage.isQuiet();
        });

        assertThat(stage.next(Route.Mqtt.class).isClosed()).isFalse();
        assertThat(webSocket.isClosed()).isFalse();
    }

    @Test
    void ways_of_the_same_order_are_used_together_and_one_that_leads_there_is_enough() throws Exception {
        start(WEB_SOCKET, MQTT, STOMP);
        DialledWay webSocket = stage.next(Route.WebSocket.class);
        LockstepController controller = webSocket.connects();
        Stage.set(controller, WAYS + "2.", "Order", "1");
        stage.settle();
        DialledWay mqtt = stage.next(Route.Mqtt.class);
        mqtt.fails();
        stage.settle();
        assertThat(stage.isQuiet()).isTrue();

        webSocket.cut();
        Eventually.holds(() -> {
            webSocket.fails();
            stage.settle();
            return !stage.isQuiet();
        });
        assertThat(stage.next(Route.Stomp.class).isClosed()).isFalse();
    }

    /// Each of the two ends waits for its own answer, and takes no other.
    @Test
    void an_answer_goes_on_the_way_of_its_request_whichever_was_used_last() throws Exception {
        start(WEB_SOCKET, MQTT);
        LockstepController overWebSocket = stage.next(Route.WebSocket.class).connects();
        Stage.set(overWebSocket, WAYS + "2.", "Order", "1");
        stage.settle();
        LockstepController overMqtt = stage.next(Route.Mqtt.class).connects();

        for (LockstepController over : List.of(overMqtt, overWebSocket, overMqtt, overWebSocket)) {
            assertThat(Stage.get(over, "Device.MQTT.Client.1.")).containsKey("Status");
        }
    }

    @Test
    void a_way_that_cannot_be_used_at_all_leaves_the_next_one() throws Exception {
        start(NOWHERE, MQTT);

        assertThat(stage.next(Route.Mqtt.class).isClosed()).isFalse();
    }

    @Test
    void another_order_changes_the_way_and_leaves_what_stays_alone() throws Exception {
        start(WEB_SOCKET, MQTT);
        DialledWay webSocket = stage.next(Route.WebSocket.class);
        LockstepController controller = webSocket.connects();
        Stage.set(controller, WAYS + "1.", "Order", "7");
        stage.settle();
        DialledWay mqtt = stage.next(Route.Mqtt.class);
        Eventually.holds(webSocket::isClosed);
        LockstepController overMqtt = mqtt.connects();
        Stage.set(overMqtt, WAYS + "2.", "Order", "3");
        stage.settle();

        assertThat(stage.isQuiet()).isTrue();
        assertThat(mqtt.isClosed()).isFalse();
    }

    @Test
    void a_way_that_fails_and_is_changed_is_tried_anew_and_the_next_one_stays_until_it_leads_there() throws Exception {
        start(WEB_SOCKET, MQTT);
        stage.next(Route.WebSocket.class).fails();
        stage.settle();
        DialledWay mqtt = stage.next(Route.Mqtt.class);
        LockstepController controller = mqtt.connects();
        Stage.set(controller, WAYS + "1.WebSocket.", "Port", "8443");
        stage.settle();
        DialledWay webSocket = stage.next(Route.WebSocket.class);
        stage.settle();
        assertThat(mqtt.isClosed()).isFalse();
        webSocket.connects();
        stage.settle();

        Eventually.holds(mqtt::isClosed);
        assertThat(stage.isQuiet()).isTrue();
    }

    @Test
    void a_way_that_is_added_is_the_last_one_unless_it_says_otherwise() throws Exception {
        start(WEB_SOCKET, MQTT);
        LockstepController controller = stage.next(Route.WebSocket.class).connects();
        String last = Stage.add(controller, WAYS, Map.of("Protocol", "UDS"));
        String between = Stage.add(controller, WAYS, Map.of("Protocol", "STOMP", "Order", "2"));

        assertThat(Stage.get(controller, last)).containsEntry("Order", "3");
        assertThat(Stage.get(controller, between)).containsEntry("Order", "2");
    }

    @Test
    @Requirement("R-MQTT.34")
    void filters_that_come_and_go_are_told_to_the_broker_and_the_connection_stays() throws Exception {
        start(MQTT);
        DialledWay mqtt = stage.next(Route.Mqtt.class);
        LockstepController controller = mqtt.connects();
        String filter = Stage.add(
                controller,
                "Device.MQTT.Client.1.Subscription.",
                Map.of("Enable", "true", "Topic", "usp/all", "QoS", "1"));
        stage.settle();
        assertThat(mqtt.listensAt()).containsExactly(new TopicFilter("usp/all", 1));
        Stage.set(controller, filter, "Enable", "false");
        stage.settle();
        assertThat(mqtt.listensAt()).isEmpty();
        Stage.set(controller, filter, "Enable", "true");
        stage.settle();
        assertThat(mqtt.listensAt()).hasSize(1);
        controller.ask(new DeleteRequest(false, List.of(filter)));
        stage.settle();

        assertThat(mqtt.listensAt()).isEmpty();
        assertThat(mqtt.isClosed()).isFalse();
        assertThat(stage.isQuiet()).isTrue();
        assertThat(Stage.get(controller, "Device.MQTT.Client.1.")).containsEntry("Status", "Connected");
    }

    @Test
    @Requirement("R-MQTT.5")
    void a_will_in_the_row_of_a_broker_is_left_there_with_the_next_connection() throws Exception {
        start(MQTT);
        DialledWay mqtt = stage.next(Route.Mqtt.class);
        LockstepController controller = mqtt.connects();
        String client = "Device.MQTT.Client.1.";
        Stage.set(controller, client, "WillTopic", "usp/gone");
        Stage.set(controller, client, "WillValue", "lost");
        Stage.set(controller, client, "WillQoS", "1");
        Stage.set(controller, client, "WillRetain", "true");
        stage.settle();
        assertThat(stage.isQuiet()).isTrue();
        Stage.set(controller, client, "WillEnable", "true");
        stage.settle();

        assertThat(stage.next(Route.Mqtt.class).route())
                .isInstanceOfSatisfying(
                        Route.Mqtt.class,
                        route -> assertThat(route.will()).contains(new Route.Will("usp/gone", "lost", 1, true)));
    }

    @Test
    @Requirement("R-MQTT.5")
    void the_statistics_of_a_broker_count_on_when_its_connection_is_made_anew() throws Exception {
        start(MQTT);
        DialledWay mqtt = stage.next(Route.Mqtt.class);
        LockstepController controller = mqtt.connects();
        String statistics = "Device.MQTT.Client.1.Stats.";
        assertThat(Stage.get(controller, statistics))
                .containsEntry("PublishSent", "0")
                .containsEntry("LastPublishMessageSent", "0001-01-01T00:00:00Z");
        Instant then = Instant.parse("2026-11-26T00:00:00.5Z");
        BrokerTraffic passed = new BrokerTraffic(
                Optional.of(then),
                Optional.of(then.plusSeconds(1)),
                Optional.of(then.plusSeconds(2)),
                new BrokerTraffic.Publications(1, 2),
                new BrokerTraffic.Packets(3, 4, 5, 6),
                new BrokerTraffic.Failures(7, 8));
        mqtt.passes(passed);
        assertThat(Stage.get(controller, statistics))
                .containsEntry("BrokerConnectionEstablished", "2026-11-26T00:00:00Z")
                .containsEntry("LastPublishMessageSent", "2026-11-26T00:00:01Z")
                .containsEntry("LastPublishMessageReceived", "2026-11-26T00:00:02Z")
                .containsEntry("PublishSent", "1")
                .containsEntry("PublishReceived", "2")
                .containsEntry("MQTTMessagesSent", "3")
                .containsEntry("MQTTMessagesReceived", "4")
                .containsEntry("SubscribeSent", "5")
                .containsEntry("UnSubscribeSent", "6")
                .containsEntry("ConnectionErrors", "7")
                .containsEntry("PublishErrors", "8");

        Stage.set(controller, "Device.MQTT.Client.1.", "KeepAliveTime", "90");
        stage.settle();
        DialledWay again = stage.next(Route.Mqtt.class);
        LockstepController overAgain = again.connects();
        again.passes(passed);

        assertThat(Stage.get(overAgain, statistics))
                .containsEntry("PublishSent", "2")
                .containsEntry("PublishErrors", "16");
    }
}
