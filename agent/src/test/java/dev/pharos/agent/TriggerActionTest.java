// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.UspError;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Subscriptions that write something when they are triggered.
class TriggerActionTest {
    private static final String ALARM = "Device.Home.Alarm!";

    private final Stage stage = Stage.open(Stage.config(List.of(
            ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL),
            ControllerConfig.of(Stage.OTHER, ControllerRole.READ_ONLY))));

    @AfterEach
    void close() {
        stage.close();
    }

    private static Map<String, String> subscription(String type, String reference, String action, String settings) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("ID", type + action);
        parameters.put("Enable", "true");
        parameters.put("NotifType", type);
        parameters.put("ReferenceList", reference);
        parameters.put("TriggerAction", action);
        parameters.put("TriggerConfigSettings", settings);
        return parameters;
    }

    private void subscribe(String type, String reference, String action, String settings) {
        stage.add("Device.LocalAgent.Subscription.", subscription(type, reference, action, settings));
    }

    private void alarm() {
        stage.device().context().raise("Device.Home.", "Alarm!", Map.of("Kind", "smoke"));
    }

    @Test
    @Requirement("R-NOT.0")
    void a_subscription_can_write_instead_of_telling() {
        stage.add("Device.Home.Room.", Map.of("Name", "one"));
        stage.add("Device.Home.Room.", Map.of("Name", "two"));
        subscribe(
                "Event",
                ALARM,
                "Config",
                "Device.Home.Lamp=true, Device.Home.Name=\"a%2C b\",Device.Home.Room.*.Open=1");

        alarm();

        Eventually.holds(() -> stage.value("Device.Home.Lamp").equals("true"));
        assertThat(stage.value("Device.Home.Name")).isEqualTo("a, b");
        assertThat(stage.value("Device.Home.Room.2.Open")).isEqualTo("true");
        assertThat(stage.controller().noNotification()).isTrue();
    }

    @Test
    @Requirement("R-NOT.0")
    void a_subscription_can_do_both_and_what_it_writes_is_a_change_like_any() {
        subscribe("Event", ALARM, "NotifyAndConfig", "Device.Home.Level=3");
        subscribe("ValueChange", "Device.Home.Level", "Notify", "Device.Home.Level=-3");

        alarm();

        assertThat(stage.controller().nextNotify().notification())
                .isEqualTo(new Notification.Event("Device.Home.", "Alarm!", Map.of("Kind", "smoke")));
        assertThat(stage.controller().nextNotify().notification())
                .isEqualTo(new Notification.ValueChange("Device.Home.Level", "3"));
    }

    @Test
    void settings_of_which_one_cannot_be_written_are_left_out_together() {
        subscribe("Event", ALARM, "Config", "Device.Home.Level=2,Device.Home.Colour=black");
        subscribe("ValueChange", "Device.Home.Name", "Config", "Device.Home.Lamp=true");

        alarm();
        stage.device().publish("Device.Home.Name", "later");

        Eventually.holds(() -> stage.value("Device.Home.Lamp").equals("true"));
        assertThat(stage.value("Device.Home.Level")).isEqualTo("0");
    }

    @Test
    void a_controller_writes_by_a_trigger_only_what_it_may_write() {
        String role =
                stage.add("Device.LocalAgent.ControllerTrust.Role.", Map.of("Name", "subscriber", "Enable", "true"));
        stage.add(
                role + "Permission.",
                Map.of(
                        "Enable", "true",
                        "Order", "5",
                        "Targets", "Device.LocalAgent.Subscription.",
                        "Param", "rw-n",
                        "Obj", "rw-n",
                        "InstantiatedObj", "rw-n"));
        stage.controller()
                .ask(new SetRequest(
                        false,
                        List.of(new SetRequest.UpdateObject(
                                "Device.LocalAgent.Controller.2.",
                                Stage.settings(Map.of(
                                        "AssignedRole",
                                        stage.value("Device.LocalAgent.Controller.2.AssignedRole") + "," + role))))));
        Stage.add(
                stage.controller(1),
                "Device.LocalAgent.Subscription.",
                subscription("Event", ALARM, "Config", "Device.Home.Lamp=true"));
        subscribe("Event", ALARM, "Config", "Device.Home.Level=2");

        alarm();

        Eventually.holds(() -> stage.value("Device.Home.Level").equals("2"));
        assertThat(stage.value("Device.Home.Lamp")).isEqualTo("false");
    }

    @Test
    void two_that_work_against_each_other_take_turns_once_a_second() {
        subscribe("ValueChange", "Device.Home.Level", "Config", "Device.Home.Level=1");
        Map<String, String> against = subscription("ValueChange", "Device.Home.Level", "Config", "Device.Home.Level=2");
        against.put("ID", "against");
        stage.add("Device.LocalAgent.Subscription.", against);

        stage.device().publish("Device.Home.Level", "5");

        Eventually.holds(() -> !stage.value("Device.Home.Level").equals("5"));
        // both pause now, whatever they were triggered by meanwhile
        Eventually.holds(
                () -> stage.timer().next().filter(Duration.ofSeconds(1)::equals).isPresent());
        for (int second = 0; second < 5; second++) {
            stage.timer().advance(Duration.ofSeconds(1));
        }
        assertThat(stage.value("Device.Home.Level")).isIn("1", "2");
        assertThat(stage.timer().size()).isLessThanOrEqualTo(2);
    }

    @Test
    @Requirement("R-NOT.0")
    void settings_that_make_no_sense_are_refused() {
        for (String settings : List.of(
                "Device.Home.Lamp",
                "=true",
                "Device.Home.=true",
                "Device.Home.Serial=x",
                "Device.Home.Nope=1",
                "Device.Home.[=1",
                "Device.Home.Lamp=1" + ",Device.Home.Lamp=1".repeat(16))) {
            UspError error = stage.controller()
                    .askInVain(new AddRequest(
                            false,
                            List.of(new AddRequest.CreateObject(
                                    "Device.LocalAgent.Subscription.",
                                    Stage.settings(subscription("Event", ALARM, "Config", settings))))));
            assertThat(error.fault().errCode()).as(settings).isEqualTo(StandardErrorCode.INVALID_VALUE);
        }
    }
}
