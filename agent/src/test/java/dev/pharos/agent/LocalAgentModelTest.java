// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerMtp;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.format.GatewayModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetRequest.UpdateObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// `Device.LocalAgent.`: what is advertised is backed.
final class LocalAgentModelTest {
    private final Stage stage = Stage.open();

    @AfterEach
    void close() {
        stage.close();
    }

    private void set(String object, Map<String, String> values) {
        stage.controller().ask(new SetRequest(false, List.of(new UpdateObject(object, Stage.settings(values)))));
    }

    @Test
    void every_advertised_parameter_has_a_value() {
        stage.add("Device.LocalAgent.Controller.1.BootParameter.", Map.of("ParameterName", "Device.Home.Name"));
        stage.subscribe("Event", "Device.Boot!");
        int checked = 0;
        for (ObjectInstance object : all(stage.agent().model().snapshot().root())) {
            for (ParameterDefinition parameter : object.definition().parameters()) {
                assertThat(object.value(parameter.name()))
                        .as(object.path() + parameter.name())
                        .isPresent();
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(50);
    }

    private static List<ObjectInstance> all(ObjectInstance object) {
        List<ObjectInstance> found = new ArrayList<>(List.of(object));
        object.children().forEach(child -> found.addAll(all(child)));
        return found;
    }

    @Test
    void everything_advertised_is_of_the_standard_model_and_of_no_more_access() {
        for (ObjectDefinition object : stage.agent().model().supported().objects()) {
            if (object.path().startsWith("Device.LocalAgent.")) {
                ObjectDefinition standard =
                        GatewayModel.load().object(object.path()).orElseThrow();
                for (ParameterDefinition parameter : object.parameters()) {
                    assertThat(standard.parameter(parameter.name()))
                            .as(object.path() + parameter.name())
                            .isPresent();
                }
            }
        }
    }

    @Test
    void the_agent_says_who_it_is() {
        stage.timer().advance(Duration.ofSeconds(42));

        assertThat(stage.get("Device.LocalAgent."))
                .containsEntry("EndpointID", "proto::agent")
                .containsEntry("SoftwareVersion", "1.0")
                .containsEntry("UpTime", "42")
                .containsEntry("SupportedProtocols", "WebSocket")
                .containsEntry("ControllerNumberOfEntries", "1")
                .containsEntry("MTPNumberOfEntries", "1")
                .containsEntry("SubscriptionNumberOfEntries", "0")
                .containsEntry("RequestNumberOfEntries", "0");
    }

    @Test
    void controllers_and_how_they_are_reached_are_shown() {
        assertThat(stage.get("Device.LocalAgent.Controller.1."))
                .containsEntry("EndpointID", "proto::controller")
                .containsEntry("Enable", "true")
                .containsEntry("PeriodicNotifInterval", "86400")
                .containsEntry("USPNotifRetryMinimumWaitInterval", "5")
                .containsEntry("USPNotifRetryIntervalMultiplier", "2000")
                .containsEntry("OnBoardingComplete", "true");
        assertThat(stage.get("Device.LocalAgent.Controller.1.MTP.1."))
                .containsEntry("Protocol", "WebSocket")
                .containsEntry("Order", "1");
        assertThat(stage.get("Device.LocalAgent.Controller.1.MTP.1.WebSocket."))
                .containsEntry("Host", "controller.example")
                .containsEntry("Port", "8183")
                .containsEntry("Path", "/usp")
                .containsEntry("EnableEncryption", "false");
    }

    @Test
    void several_kinds_of_transport_are_shown_each_with_its_own_parameters() {
        ControllerConfig controller = ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL)
                .withMtps(List.of(
                        new ControllerMtp.Mqtt(
                                new ControllerMtp.Server("broker.example", 8883, true, ""),
                                "usp/controller",
                                "usp/agent"),
                        new ControllerMtp.Stomp(
                                new ControllerMtp.Server("broker.example", 61_614, true, ""), "/queue/c"),
                        new ControllerMtp.Uds(Optional.empty())));
        try (Stage many = Stage.open(Stage.config(List.of(controller)))) {
            assertThat(many.value("Device.LocalAgent.SupportedProtocols")).isEqualTo("MQTT,STOMP,UDS");
            assertThat(many.value("Device.LocalAgent.Controller.1.MTP.1.MQTT.Topic"))
                    .isEqualTo("usp/controller");
            assertThat(many.value("Device.LocalAgent.Controller.1.MTP.2.STOMP.Destination"))
                    .isEqualTo("/queue/c");
            assertThat(many.value("Device.LocalAgent.MTP.3.Protocol")).isEqualTo("UDS");
        }
    }

    @Test
    void the_status_of_a_transport_follows_its_connections() {
        Eventually.holds(() -> stage.value("Device.LocalAgent.MTP.1.Status").equals("Up"));

        stage.wire().cut("test");

        Eventually.holds(() -> stage.agent()
                .model()
                .snapshot()
                .value("Device.LocalAgent.MTP.1.Status")
                .orElse("")
                .equals("Down"));
    }

    @Test
    void the_last_controller_cannot_be_disabled() {
        var error = stage.controller()
                .askInVain(new SetRequest(
                        false,
                        List.of(new UpdateObject(
                                "Device.LocalAgent.Controller.1.", Stage.settings(Map.of("Enable", "false"))))));

        assertThat(error.fault().errCode()).isEqualTo(StandardErrorCode.INVALID_CONFIGURATION);
    }

    @Test
    void periodic_comes_with_its_interval_and_only_to_those_who_subscribe() {
        assertThat(stage.timer().size()).isZero();
        set("Device.LocalAgent.Controller.1.", Map.of("PeriodicNotifInterval", "60"));
        stage.subscribe("Event", "Device.LocalAgent.Periodic!");
        Eventually.holds(() -> stage.timer().size() == 1);

        for (int i = 0; i < 3; i++) {
            stage.timer().advance(Duration.ofSeconds(60));
            assertThat(stage.controller().nextNotify().notification())
                    .isEqualTo(new Notification.Event("Device.LocalAgent.", "Periodic!", Map.of()));
        }
        assertThat(stage.controller().noNotification()).isTrue();
    }

    @Test
    void periodic_keeps_the_phase_that_is_set() {
        set(
                "Device.LocalAgent.Controller.1.",
                Map.of("PeriodicNotifInterval", "3600", "PeriodicNotifTime", "2020-01-01T00:20:00Z"));
        stage.subscribe("Event", "Device.LocalAgent.Periodic!");
        Eventually.holds(() -> stage.timer().size() == 1);

        // It is noon.
        assertThat(stage.timer().next()).contains(Duration.ofMinutes(20));
    }

    @Test
    void an_idle_agent_plans_nothing_and_is_small() {
        ManualClock clock = ManualClock.standing();
        Stage warm = Stage.prepare(Stage.config(), clock);
        long before = usedMemory();
        List<Stage> agents = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            agents.add(Stage.prepare(Stage.config(), clock));
        }
        agents.forEach(agent -> assertThat(agent.timer().size()).isZero());
        // With its in-process transports, its fixture, and a model of the tests' own for each. What ended threads
        // held is garbage soon, not at once.
        Eventually.holds(() -> (usedMemory() - before) / agents.size() < 40_000);
        agents.forEach(Stage::close);
        warm.close();
    }

    private static long usedMemory() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
