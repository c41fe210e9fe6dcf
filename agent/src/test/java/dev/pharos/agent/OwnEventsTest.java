// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.Limits;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.UspError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Thresholds and watchdogs, whose events are for the controller that made them.
class OwnEventsTest {
    private static final String THRESHOLDS = "Device.LocalAgent.Threshold.";
    private static final String WATCHDOGS = "Device.LocalAgent.Watchdog.";

    @TempDir
    private Path directory;

    private final ManualClock clock = ManualClock.standing();
    private final Stage stage = Stage.open(config(), clock);

    private static AgentConfig config() {
        return Stage.config(List.of(
                ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL),
                ControllerConfig.of(Stage.OTHER, ControllerRole.FULL)));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private static Map<String, String> threshold(String parameter, String operator, String value) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("Enable", "true");
        parameters.put("ReferencePath", "Device.Home.");
        parameters.put("ThresholdParam", parameter);
        parameters.put("ThresholdOperator", operator);
        parameters.put("ThresholdValue", value);
        return parameters;
    }

    private static void subscribe(LockstepController by, String event) {
        Stage.add(
                by,
                "Device.LocalAgent.Subscription.",
                Map.of("ID", event, "Enable", "true", "NotifType", "Event", "ReferenceList", event, "Persistent", "1"));
    }

    private static Notification.Event event(LockstepController controller) {
        return (Notification.Event) controller.nextNotify().notification();
    }

    private void publish(String... levels) {
        for (String level : levels) {
            stage.device().publish("Device.Home.Level", level);
        }
    }

    private void set(String object, String parameter, String value) {
        stage.controller()
                .ask(new SetRequest(
                        false, List.of(new SetRequest.UpdateObject(object, Stage.settings(Map.of(parameter, value))))));
    }

    @Test
    @Requirement("R-NOT.0")
    void a_value_that_rises_to_the_threshold_is_told_to_the_controller_that_made_it_alone() {
        for (LockstepController each : List.of(stage.controller(0), stage.controller(1))) {
            subscribe(each, THRESHOLDS + "*.Triggered!");
        }
        String row = Stage.add(stage.controller(1), THRESHOLDS, threshold("Level", "Rise", "3"));

        publish("2", "3", "4", "2", "5");

        for (String value : List.of("3", "5")) {
            assertThat(event(stage.controller(1)))
                    .isEqualTo(new Notification.Event(
                            row, "Triggered!", Map.of("ParamPath", "Device.Home.Level", "ParamValue", value)));
        }
        assertThat(stage.controller(0).noNotification()).isTrue();
        assertThat(stage.value(row + "Controller")).isEqualTo("Device.LocalAgent.Controller.2");
    }

    @Test
    void each_operator_has_its_own_moment() {
        subscribe(stage.controller(), THRESHOLDS + "*.Triggered!");
        String fall = stage.add(THRESHOLDS, threshold("Level", "Fall", "0"));
        String cross = stage.add(THRESHOLDS, threshold("Level", "Cross", "2"));
        String equal = stage.add(THRESHOLDS, threshold("Name", "Eq", "den"));
        String other = stage.add(THRESHOLDS, threshold("Name", "NotEq", "den"));

        publish("3", "-1");
        stage.device().publish("Device.Home.Name", "den");
        stage.device().publish("Device.Home.Name", "attic");

        assertThat(List.of(1, 2, 3, 4, 5))
                .extracting(number -> {
                    Notification.Event event = event(stage.controller());
                    return event.objPath() + event.params().get("ParamValue");
                })
                .containsExactly(cross + "3", fall + "-1", cross + "-1", equal + "den", other + "attic");
    }

    @Test
    void a_threshold_for_once_disables_itself_and_one_with_a_wildcard_looks_at_each_row() {
        subscribe(stage.controller(), THRESHOLDS + "*.Triggered!");
        stage.add("Device.Home.Room.", Map.of("Name", "one"));
        Map<String, String> once = threshold("Size", "Rise", "50");
        once.put("ReferencePath", "Device.Home.Room.*");
        once.put("OperatingMode", "Single");
        String row = stage.add(THRESHOLDS, once);
        stage.add("Device.Home.Room.", Map.of("Name", "two", "Size", "60"));

        set("Device.Home.Room.2.", "Size", "40");
        set("Device.Home.Room.2.", "Size", "70");

        assertThat(event(stage.controller()).params()).containsEntry("ParamPath", "Device.Home.Room.2.Size");
        Eventually.holds(() -> stage.value(row + "Enable").equals("false"));
        set("Device.Home.Room.1.", "Size", "70");
        assertThat(stage.controller().noNotification()).isTrue();
    }

    @Test
    void what_nobody_announces_is_looked_at_only_while_a_threshold_is_enabled() {
        subscribe(stage.controller(), THRESHOLDS + "*.Triggered!");
        assertThat(stage.timer().size()).isZero();
        Map<String, String> upTime = threshold("UpTime", "Rise", "12");
        upTime.put("ReferencePath", "Device.LocalAgent");
        String row = stage.add(THRESHOLDS, upTime);
        // the agent looks on a thread of its own; once it tells of this one, it has seen the other at second 0
        String level = stage.add(THRESHOLDS, threshold("Level", "Rise", "3"));
        publish("2", "3");
        assertThat(event(stage.controller()).objPath()).isEqualTo(level);
        set(level, "Enable", "false");

        for (int seconds = 0; seconds < 15; seconds += 5) {
            // it sets its timer there too
            Eventually.holds(() -> stage.timer().size() == 1);
            stage.timer().advance(Limits.THRESHOLD_POLL);
        }

        assertThat(event(stage.controller()).params()).containsEntry("ParamValue", "15");
        set(row, "Enable", "false");
        Eventually.holds(() -> stage.timer().size() == 0);
    }

    @Test
    void a_threshold_is_no_oracle_for_secrets() {
        subscribe(stage.controller(), THRESHOLDS + "*.Triggered!");
        stage.add(THRESHOLDS, threshold("Secret", "Eq", "1234"));
        stage.add(THRESHOLDS, threshold("Level", "Eq", "1"));

        stage.device().publish("Device.Home.Secret", "1234");
        publish("1");

        assertThat(event(stage.controller()).params()).containsEntry("ParamPath", "Device.Home.Level");
    }

    @Test
    void thresholds_that_make_no_sense_are_refused() {
        for (Map<String, String> wrong : List.of(
                threshold("Level", "Jump", "1"),
                threshold("Level", "Rise", "much"),
                threshold("Lev[", "Rise", "1"),
                threshold("Greet()", "Rise", "1"))) {
            UspError error = stage.controller()
                    .askInVain(new AddRequest(
                            false, List.of(new AddRequest.CreateObject(THRESHOLDS, Stage.settings(wrong)))));
            assertThat(error.fault().errCode()).as(wrong.toString()).isEqualTo(StandardErrorCode.INVALID_VALUE);
        }
    }

    @Test
    @Requirement("R-NOT.0")
    void a_watchdog_that_nobody_resets_is_told_to_the_controller_that_made_it_alone() {
        for (LockstepController each : List.of(stage.controller(0), stage.controller(1))) {
            subscribe(each, WATCHDOGS + "*.Watchdog!");
        }
        String row = Stage.add(
                stage.controller(1),
                WATCHDOGS,
                Map.of(
                        "Enable",
                        "true",
                        "ReloadTimerValue",
                        "60",
                        "Reference",
                        "job-1",
                        "SeverityIndication",
                        "Major"));
        stage.timer().advance(Duration.ofSeconds(50));
        assertThat(stage.value(row + "RemainingTimerValue")).isEqualTo("10");
        stage.controller().ask(new OperateRequest(row + "Reset()", "", true, Map.of()));
        stage.timer().advance(Duration.ofSeconds(59));
        assertThat(stage.value(row + "Status")).isEqualTo("Active");

        stage.timer().advance(Duration.ofSeconds(1));

        assertThat(event(stage.controller(1)))
                .isEqualTo(new Notification.Event(
                        row,
                        "Watchdog!",
                        Map.of("Reference", "job-1", "ReloadTimerValue", "60", "SeverityIndication", "Major")));
        assertThat(stage.value(row + "Status")).isEqualTo("Expired");
        assertThat(stage.controller(0).noNotification()).isTrue();
        set(row, "Enable", "false");
        assertThat(stage.value(row + "Status")).isEqualTo("Inactive");
    }

    @Test
    @Requirement("R-ARC.8")
    void both_outlive_a_restart_with_their_owner() throws Exception {
        AgentConfig kept = config().withDataDirectory(directory);
        String threshold;
        String watchdog;
        try (Stage first = Stage.open(kept, clock)) {
            subscribe(first.controller(1), THRESHOLDS + "*.Triggered!");
            threshold = Stage.add(first.controller(1), THRESHOLDS, threshold("Level", "Rise", "3"));
            watchdog = Stage.add(first.controller(1), WATCHDOGS, Map.of("Enable", "true", "ReloadTimerValue", "60"));
        }
        try (Stage second = Stage.open(kept, clock)) {
            assertThat(second.value(threshold + "Controller")).isEqualTo("Device.LocalAgent.Controller.2");
            assertThat(second.value(watchdog + "RemainingTimerValue")).isEqualTo("60");
            second.device().publish("Device.Home.Level", "5");
            assertThat(event(second.controller(1)).objPath()).isEqualTo(threshold);
        }
        AgentConfig alone = Stage.config(List.of(ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL)))
                .withDataDirectory(directory);
        try (Stage third = Stage.open(alone, clock)) {
            assertThat(third.value("Device.LocalAgent.ThresholdNumberOfEntries"))
                    .isEqualTo("0");
            assertThat(third.value("Device.LocalAgent.WatchdogNumberOfEntries")).isEqualTo("0");
        }
    }
}
