// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.BootCause;
import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.RebootAction;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.agent.localagent.Boot;
import dev.pharos.agent.localagent.BootState;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetRequest.UpdateObject;
import dev.pharos.usp.message.UspMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What outlives a process, and what a start says. A crash is played by copying the data directory while the
/// agent runs: the copy has what a kill -9 would leave.
final class RestartTest {
    @TempDir
    private Path directory;

    private final ManualClock clock = ManualClock.standing();

    private AgentConfig config(String at) {
        return Stage.config().withDataDirectory(directory.resolve(at));
    }

    private void crash(String from, String to) throws IOException {
        Files.createDirectories(directory.resolve(to));
        try (var files = Files.list(directory.resolve(from))) {
            for (Path file : files.toList()) {
                Files.copy(
                        file, directory.resolve(to).resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void subscribe(Stage stage, String type, String references, String persistent) {
        stage.subscribe(type, references, parameters -> {
            Map<String, String> more = new HashMap<>(parameters);
            more.put("ID", type + references.length() + persistent);
            more.put("NotifRetry", "true");
            more.put("Persistent", persistent);
            return more;
        });
    }

    private static Notification.Event boot(Stage stage) {
        return (Notification.Event) stage.controller().nextNotify().notification();
    }

    @Test
    @Requirement({"R-NOT.0", "R-ARC.8"})
    void persistent_subscriptions_settings_and_numbers_outlive_the_process() throws IOException {
        try (Stage stage = Stage.open(config("a"), clock)) {
            subscribe(stage, "ValueChange", "Device.Home.Name", "false");
            subscribe(stage, "ValueChange", "Device.Home.Level", "true");
            stage.add("Device.Home.Room.", Map.of("Name", "one"));
            String second = stage.add("Device.Home.Room.", Map.of("Name", "two"));
            stage.controller()
                    .ask(new SetRequest(
                            false,
                            List.of(new UpdateObject(
                                    "Device.LocalAgent.Controller.1.",
                                    Stage.settings(Map.of("ProvisioningCode", "p", "PeriodicNotifInterval", "77"))))));
            assertThat(second).isEqualTo("Device.Home.Room.2.");
            crash("a", "b");
        }
        try (Stage stage = Stage.open(config("b"), clock)) {
            assertThat(stage.value("Device.Home.Room.2.Name")).isEqualTo("two");
            assertThat(stage.get("Device.LocalAgent.Controller.1."))
                    .containsEntry("ProvisioningCode", "p")
                    .containsEntry("PeriodicNotifInterval", "77")
                    .containsEntry("Enable", "true");
            assertThat(stage.value("Device.LocalAgent.SubscriptionNumberOfEntries"))
                    .isEqualTo("1");
            assertThat(stage.get("Device.LocalAgent.Subscription.2."))
                    .containsEntry("CreationDate", "2026-01-01T12:00:00Z")
                    .containsEntry("Recipient", "Device.LocalAgent.Controller.1");
            stage.device().publish("Device.Home.Level", "2");
            assertThat(stage.controller().nextNotify().notification())
                    .isEqualTo(new Notification.ValueChange("Device.Home.Level", "2"));
        }
    }

    @Test
    @Requirement("R-NOT.4")
    void notifications_without_an_answer_are_sent_again_after_a_crash_under_the_same_id() throws IOException {
        UspMessage unanswered;
        try (Stage stage = Stage.open(config("a"), clock)) {
            stage.controller().acknowledge(false);
            subscribe(stage, "ValueChange", "Device.Home.Level", "true");
            stage.device().publish("Device.Home.Level", "1");
            unanswered = stage.controller().nextNotification();
            crash("a", "b");
        }
        try (Stage stage = Stage.open(config("b"), clock)) {
            assertThat(stage.controller().nextNotification()).isEqualTo(unanswered);
            Eventually.holds(() -> stage.timer().size() == 0);
        }
        try (Stage stage = Stage.open(config("b"), clock)) {
            assertThat(stage.controller().noNotification()).isTrue();
        }
    }

    @Test
    void what_happened_while_the_controller_was_away_is_told_by_the_next_process() throws IOException {
        try (Stage stage = Stage.open(config("a"), clock)) {
            subscribe(stage, "ValueChange", "Device.Home.Level", "true");
            stage.wire().cut("test");
            for (int i = 1; i <= 5; i++) {
                stage.device().publish("Device.Home.Level", Integer.toString(i));
            }
            Eventually.holds(() -> lines("a") == 5);
            crash("a", "b");
        }
        try (Stage stage = Stage.open(config("b"), clock)) {
            for (int i = 1; i <= 5; i++) {
                assertThat(stage.controller().nextNotify().notification())
                        .isEqualTo(new Notification.ValueChange("Device.Home.Level", Integer.toString(i)));
            }
        }
    }

    private int lines(String at) {
        try {
            Path journal = directory.resolve(at).resolve("notifications.journal");
            return Files.exists(journal) ? Files.readAllLines(journal).size() : 0;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void a_line_that_was_cut_off_by_a_crash_is_left_out() throws IOException {
        try (Stage stage = Stage.open(config("a"), clock)) {
            subscribe(stage, "ValueChange", "Device.Home.Level", "true");
            stage.wire().cut("test");
            stage.device().publish("Device.Home.Level", "1");
            stage.device().publish("Device.Home.Level", "2");
            Eventually.holds(() -> lines("a") == 2);
            crash("a", "b");
        }
        Path journal = directory.resolve("b").resolve("notifications.journal");
        byte[] whole = Files.readAllBytes(journal);
        Files.write(journal, Arrays.copyOf(whole, whole.length - 9), StandardOpenOption.TRUNCATE_EXISTING);

        try (Stage stage = Stage.open(config("b"), clock)) {
            assertThat(stage.controller().nextNotify().notification())
                    .isEqualTo(new Notification.ValueChange("Device.Home.Level", "1"));
            assertThat(stage.controller().noNotification()).isTrue();
        }
    }

    @Test
    void a_boot_tells_its_cause_and_the_parameters_that_the_controller_wants() throws IOException {
        try (Stage stage = Stage.open(config("a"), clock)) {
            subscribe(stage, "Event", "Device.Boot!", "true");
            stage.add(
                    "Device.LocalAgent.Controller.1.BootParameter.",
                    Map.of("Enable", "true", "ParameterName", "Device.Home.Name"));
            stage.add(
                    "Device.LocalAgent.Controller.1.BootParameter.",
                    Map.of("Enable", "true", "ParameterName", "Device.Home.Room.*.Name"));
            stage.add("Device.Home.Room.", Map.of("Name", "say \"a\""));
        }
        AgentConfig updated = AgentConfig.of(
                        Stage.AGENT,
                        Stage.config().identity(),
                        "2.0",
                        Stage.config().controllers())
                .withDataDirectory(directory.resolve("a"));
        try (Stage stage = Stage.open(updated, clock)) {
            assertThat(boot(stage).params())
                    .containsEntry("Cause", "LocalReboot")
                    .containsEntry("FirmwareUpdated", "true")
                    .containsEntry("CommandKey", "")
                    .containsEntry(
                            "ParameterMap",
                            "{\"Device.Home.Name\":\"home\",\"Device.Home.Room.1.Name\":\"say \\\"a\\\"\"}");
            // Until the answer has come, or it would be sent again.
            Eventually.holds(() -> stage.timer().size() == 0);
        }
        try (Stage stage = Stage.open(updated, clock)) {
            assertThat(boot(stage).params()).containsEntry("FirmwareUpdated", "false");
        }
    }

    @Test
    void a_reboot_by_the_program_is_told_with_its_command_key_after_the_restart() throws Exception {
        BlockingQueue<String> restarts = new ArrayBlockingQueue<>(1);
        AgentConfig config =
                config("a").withRebootAction(new RebootAction.ByProgram(cause -> restarts.add(cause.text())));
        try (Stage stage = Stage.open(config, clock)) {
            subscribe(stage, "Event", "Device.Boot!", "true");
            stage.controller().ask(new OperateRequest("Device.Reboot()", "key-7", true, Map.of("Reason", "because")));
            stage.timer().advance(Duration.ofSeconds(1));
            assertThat(restarts.poll(60, TimeUnit.SECONDS)).isEqualTo("RemoteReboot");
        }
        try (Stage stage = Stage.open(config, clock)) {
            assertThat(boot(stage).params())
                    .containsEntry("Cause", "RemoteReboot")
                    .containsEntry("CommandKey", "key-7")
                    .containsEntry("Reason", "because");
        }
    }

    @Test
    void a_simulated_device_restarts_within_its_process() {
        try (Stage stage = Stage.open(Stage.config().withRebootAction(new RebootAction.Simulated()), clock)) {
            subscribe(stage, "Event", "Device.Boot!", "true");
            subscribe(stage, "Event", "Device.Home.Alarm!", "false");
            stage.timer().advance(Duration.ofSeconds(100));
            assertThat(stage.value("Device.LocalAgent.UpTime")).isEqualTo("100");

            stage.controller().ask(new OperateRequest("Device.Reboot()", "key-8", true, Map.of()));
            stage.timer().advance(Duration.ofSeconds(1));

            NotifyRequest notify = stage.controller().nextNotify();
            assertThat(((Notification.Event) notify.notification()).params())
                    .containsEntry("Cause", "RemoteReboot")
                    .containsEntry("CommandKey", "key-8");
            assertThat(stage.value("Device.LocalAgent.SubscriptionNumberOfEntries"))
                    .isEqualTo("1");
            assertThat(stage.value("Device.LocalAgent.UpTime")).isEqualTo("0");
        }
    }

    private static void operate(Stage stage, String command, String key, Map<String, String> inputs) {
        stage.controller().ask(new OperateRequest(command, key, true, inputs));
    }

    private static Notification.OperationComplete completion(Stage stage) {
        return (Notification.OperationComplete) stage.controller().nextNotify().notification();
    }

    @Test
    @Requirement("R-OPR.0")
    void a_timer_goes_on_after_a_crash_and_what_else_was_under_way_is_reported_as_failed() throws IOException {
        try (Stage stage = Stage.open(config("a"), clock)) {
            subscribe(stage, "OperationComplete", "Device.", "true");
            CountDownLatch never = stage.device().holdWork();
            operate(stage, "Device.Home.Work()", "lost", Map.of("Steps", "3"));
            operate(stage, "Device.ScheduleTimer()", "kept", Map.of("DelaySeconds", "100"));
            operate(stage, "Device.ScheduleTimer()", "past", Map.of("DelaySeconds", "30"));
            Eventually.holds(() -> stage.timer().size() == 2);
            crash("a", "b");
            assertThat(never.getCount()).isOne();
        }
        clock.advance(Duration.ofSeconds(40));
        try (Stage stage = Stage.open(config("b"), clock)) {
            Notification.OperationComplete lost = completion(stage);
            assertThat(lost.commandKey()).isEqualTo("lost");
            assertThat(((Notification.CommandFailure) lost.result()).fault())
                    .isEqualTo(new Fault(StandardErrorCode.COMMAND_FAILURE, "the device restarted meanwhile"));
            assertThat(stage.value("Device.LocalAgent.RequestNumberOfEntries")).isEqualTo("2");
            // beside what waits for answers, which have all come
            Eventually.holds(() -> stage.timer().size() == 2);
            stage.timer().advance(Duration.ofSeconds(1));
            assertThat(completion(stage).commandKey()).isEqualTo("past");
            Eventually.holds(() -> stage.timer().size() == 1);
            stage.timer().advance(Duration.ofSeconds(58));
            assertThat(stage.value("Device.LocalAgent.RequestNumberOfEntries")).isEqualTo("1");
            stage.timer().advance(Duration.ofSeconds(1));
            assertThat(completion(stage).commandKey()).isEqualTo("kept");
            // until the answer has come, or it would be sent again
            Eventually.holds(() -> stage.timer().size() == 0);
            assertThat(stage.value("Device.LocalAgent.RequestNumberOfEntries")).isEqualTo("0");
        }
        try (Stage stage = Stage.open(config("b"), clock)) {
            assertThat(stage.controller().noNotification()).isTrue();
        }
    }

    @Test
    void a_device_that_restarts_within_its_process_ends_commands_but_no_timers() {
        try (Stage stage = Stage.open(Stage.config().withRebootAction(new RebootAction.Simulated()), clock)) {
            subscribe(stage, "OperationComplete", "Device.Home.Work()", "true");
            CountDownLatch never = stage.device().holdWork();
            operate(stage, "Device.Home.Work()", "lost", Map.of("Steps", "3"));
            operate(stage, "Device.ScheduleTimer()", "kept", Map.of("DelaySeconds", "100"));
            Eventually.holds(() -> stage.timer().size() == 1 && stage.device().started() == 1);

            operate(stage, "Device.Reboot()", "", Map.of());
            stage.timer().advance(Duration.ofSeconds(1));

            assertThat(completion(stage).result()).isInstanceOf(Notification.CommandFailure.class);
            assertThat(stage.value("Device.LocalAgent.RequestNumberOfEntries")).isEqualTo("1");
            assertThat(never.getCount()).isOne();
        }
    }

    @Test
    void a_factory_reset_forgets_everything_but_its_cause() throws Exception {
        BlockingQueue<BootCause> restarts = new ArrayBlockingQueue<>(1);
        AgentConfig config = config("a").withRebootAction(new RebootAction.ByProgram(restarts::add));
        try (Stage stage = Stage.open(config, clock)) {
            subscribe(stage, "Event", "Device.Boot!", "true");
            stage.add("Device.Home.Room.", Map.of("Name", "one"));
            operate(stage, "Device.ScheduleTimer()", "", Map.of("DelaySeconds", "100"));
            operate(stage, "Device.FactoryReset()", "key-9", Map.of());
            stage.timer().advance(Duration.ofSeconds(1));
            assertThat(restarts.poll(60, TimeUnit.SECONDS)).isEqualTo(BootCause.REMOTE_FACTORY_RESET);
        }
        KeptState.erase(directory.resolve("a"));

        crash("a", "b");
        BootState next = new BootState(config("b"));
        assertThat(next.knownControllers().keySet()).doesNotContain(Stage.CONTROLLER.toString());
        assertThat(next.begin()).isEqualTo(new Boot(BootCause.REMOTE_FACTORY_RESET, "key-9", "", false));
        try (Stage stage = Stage.open(config, clock)) {
            assertThat(stage.value("Device.LocalAgent.SubscriptionNumberOfEntries"))
                    .isEqualTo("0");
            assertThat(stage.value("Device.LocalAgent.RequestNumberOfEntries")).isEqualTo("0");
            assertThat(stage.value("Device.Home.RoomNumberOfEntries")).isEqualTo("0");
            assertThat(stage.get("Device.LocalAgent.Controller.1.")).containsEntry("Enable", "true");
        }
    }

    @Test
    void the_first_start_of_all_is_a_factory_reset() throws IOException {
        try (Stage stage = Stage.open(config("a"), clock)) {
            subscribe(stage, "Event", "Device.Boot!", "true");
        }
        Files.delete(directory.resolve("a").resolve("boot.properties"));
        try (Stage stage = Stage.open(config("a"), clock)) {
            assertThat(boot(stage).params()).containsEntry("Cause", "FactoryReset");
        }
    }

    @Test
    void a_persistent_subscription_of_limited_life_still_ends_after_a_restart() throws IOException {
        try (Stage stage = Stage.open(config("a"), clock)) {
            stage.subscribe("ValueChange", "Device.Home.Level", parameters -> {
                Map<String, String> more = new HashMap<>(parameters);
                more.put("Persistent", "true");
                more.put("TimeToLive", "60");
                return more;
            });
        }
        try (Stage stage = Stage.open(config("a"), clock)) {
            assertThat(stage.value("Device.LocalAgent.SubscriptionNumberOfEntries"))
                    .isEqualTo("1");
        }
        clock.advance(Duration.ofSeconds(61));
        try (Stage stage = Stage.open(config("a"), clock)) {
            assertThat(stage.value("Device.LocalAgent.SubscriptionNumberOfEntries"))
                    .isEqualTo("0");
        }
    }

    @Test
    @Requirement("R-SEC.21")
    void roles_and_who_has_which_outlive_the_process_and_inherited_ones_do_not() throws IOException {
        List<ControllerConfig> controllers = List.of(
                ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL),
                ControllerConfig.of(Stage.OTHER, ControllerRole.UNTRUSTED));
        String row = "Device.LocalAgent.Controller.2.";
        String role;
        try (Stage stage = Stage.open(Stage.config(controllers).withDataDirectory(directory.resolve("r1")), clock)) {
            role = stage.add("Device.LocalAgent.ControllerTrust.Role.", Map.of("Name", "guest", "Enable", "true"));
            stage.add(
                    role + "Permission.",
                    Map.of(
                            "Enable", "true",
                            "Order", "3",
                            "Targets", "Device.Home.,Device.DeviceInfo.",
                            "Param", "r---",
                            "Obj", "r---"));
            stage.controller()
                    .ask(new SetRequest(
                            false, List.of(new UpdateObject(row, Stage.settings(Map.of("AssignedRole", role))))));
            String inherited = role.substring(0, role.length() - 1);
            stage.agent().model().write(Origin.DEVICE, transaction -> {
                transaction.set(row + "InheritedRole", inherited);
                return row;
            });
            crash("r1", "r2");
        }
        try (Stage stage = Stage.open(Stage.config(controllers).withDataDirectory(directory.resolve("r2")), clock)) {
            assertThat(stage.get(role + "Permission.1."))
                    .containsEntry("Targets", "Device.Home.,Device.DeviceInfo.")
                    .containsEntry("Order", "3");
            assertThat(stage.get(row))
                    .containsEntry("AssignedRole", role.substring(0, role.length() - 1))
                    .containsEntry("InheritedRole", "");
            assertThat(stage.value("Device.LocalAgent.ControllerTrust.RoleNumberOfEntries"))
                    .isEqualTo("6");
        }
    }

    @Test
    void another_role_in_the_configuration_wins_over_what_was_assigned() throws IOException {
        String assigned = "Device.LocalAgent.Controller.1.AssignedRole";
        for (ControllerRole role : List.of(ControllerRole.UNTRUSTED, ControllerRole.FULL, ControllerRole.FULL)) {
            AgentConfig config = Stage.config(List.of(ControllerConfig.of(Stage.CONTROLLER, role)))
                    .withDataDirectory(directory.resolve("w"));
            try (Stage stage = Stage.open(config, clock)) {
                assertThat(stage.agent().model().snapshot().value(assigned))
                        .contains(
                                "Device.LocalAgent.ControllerTrust.Role." + (role == ControllerRole.FULL ? "1" : "4"));
            }
        }
    }
}
