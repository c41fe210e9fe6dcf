// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.Limits;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.ErrorCode;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.Notification.OperationComplete;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse.CommandFailure;
import dev.pharos.usp.message.OperateResponse.OperationOutcome;
import dev.pharos.usp.message.OperateResponse.OperationResult;
import dev.pharos.usp.message.OperateResponse.OutputArgs;
import dev.pharos.usp.message.OperateResponse.RequestObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OperateTest {
    private final Stage stage = Stage.open();

    @AfterEach
    void close() {
        stage.close();
    }

    private List<OperationResult> operate(String command, String key, Map<String, String> inputs) {
        return stage.controller()
                .ask(new OperateRequest(command, key, true, inputs))
                .operationResults();
    }

    private OperationOutcome outcome(String command, Map<String, String> inputs) {
        return operate(command, "", inputs).getFirst().outcome();
    }

    private static ErrorCode failure(OperationOutcome outcome) {
        assertThat(outcome).isInstanceOf(CommandFailure.class);
        return ((CommandFailure) outcome).fault().errCode();
    }

    private OperationComplete nextCompletion() {
        return (OperationComplete) stage.controller().nextNotify().notification();
    }

    @Test
    @Requirement({"R-OPR.6", "R-OPR.7"})
    void a_synchronous_command_returns_its_output_ignores_unknown_arguments_and_fills_in_optional_ones() {
        assertThat(outcome("Device.Home.Greet()", Map.of("Name", "Ann", "Volume", "11")))
                .isEqualTo(new OutputArgs(Map.of("Text", "Hello Ann")));
    }

    @Test
    void a_command_without_output_has_empty_output_arguments() {
        assertThat(outcome("Device.Home.Quiet()", Map.of())).isEqualTo(new OutputArgs(Map.of()));
    }

    @Test
    @Requirement("R-OPR.5")
    void a_missing_mandatory_argument_is_a_failure_of_the_command_which_is_not_carried_out() {
        assertThat(failure(outcome("Device.Home.Greet()", Map.of("Greeting", "Ahoy"))))
                .isEqualTo(StandardErrorCode.INVALID_COMMAND_ARGUMENTS);
        assertThat(failure(outcome("Device.Home.Work()", Map.of())))
                .isEqualTo(StandardErrorCode.INVALID_COMMAND_ARGUMENTS);
        assertThat(stage.device().calls()).isEmpty();
        assertThat(stage.device().started()).isZero();
    }

    @Test
    @Requirement("R-OPR.1")
    void what_goes_wrong_with_a_command_is_told_in_its_result() {
        assertThat(failure(outcome("Device.Home.Fail()", Map.of()))).isEqualTo(StandardErrorCode.COMMAND_FAILURE);
        assertThat(failure(outcome("Device.Home.Nope()", Map.of()))).isEqualTo(StandardErrorCode.INVALID_PATH);
        assertThat(failure(outcome("Device.Home.Room.5.Knock()", Map.of())))
                .isEqualTo(StandardErrorCode.OBJECT_DOES_NOT_EXIST);
    }

    @Test
    @Requirement("R-OPR.1")
    void only_a_bad_message_gets_an_error() {
        assertThat(stage.controller()
                        .askInVain(new OperateRequest("Device.Home.[", "", true, Map.of()))
                        .fault()
                        .errCode())
                .isEqualTo(StandardErrorCode.INVALID_PATH_SYNTAX);
    }

    @Test
    void a_search_path_runs_the_command_on_every_match() {
        stage.add("Device.Home.Room.", Map.of("Name", "kitchen"));
        stage.add("Device.Home.Room.", Map.of("Name", "bath"));

        assertThat(operate("Device.Home.Room.*.Knock()", "", Map.of()))
                .containsExactly(
                        new OperationResult(
                                "Device.Home.Room.1.Knock()", new OutputArgs(Map.of("Heard", "Device.Home.Room.1."))),
                        new OperationResult(
                                "Device.Home.Room.2.Knock()", new OutputArgs(Map.of("Heard", "Device.Home.Room.2."))));
        assertThat(operate("Device.Home.Room.[Size>90].Knock()", "", Map.of())).isEmpty();
    }

    @Test
    @Requirement("R-OPR.4")
    void without_send_resp_there_is_no_answer_but_the_command_is_carried_out() {
        stage.controller().send(new MessageId("quiet"), new OperateRequest("Device.Home.Quiet()", "", false, Map.of()));

        assertThat(stage.controller().noAnswer()).isTrue();
        assertThat(stage.device().calls()).containsExactly("Quiet()");
    }

    @Test
    @Requirement("R-OPR.0")
    void an_asynchronous_command_has_a_request_row_until_it_ends_and_ends_with_operation_complete() {
        stage.subscribe("OperationComplete", "Device.Home.Work()");
        CountDownLatch work = stage.device().holdWork();

        RequestObject request = (RequestObject) operate("Device.Home.Work()", "key-1", Map.of("Steps", "3"))
                .getFirst()
                .outcome();

        assertThat(request.reqObjPath()).isEqualTo("Device.LocalAgent.Request.1.");
        Eventually.holds(() -> stage.value(request.reqObjPath() + "Status").equals("Active"));
        assertThat(stage.get(request.reqObjPath()))
                .containsEntry("Command", "Device.Home.Work()")
                .containsEntry("CommandKey", "key-1")
                .containsEntry("Originator", Stage.CONTROLLER.toString());
        work.countDown();
        assertThat(nextCompletion())
                .isEqualTo(new OperationComplete(
                        "Device.Home.", "Work()", "key-1", new Notification.OutputArgs(Map.of("Done", "3"))));
        assertThat(stage.value("Device.LocalAgent.RequestNumberOfEntries")).isEqualTo("0");
    }

    @Test
    @Requirement("R-OPR.1")
    void an_asynchronous_command_that_fails_says_so_in_operation_complete() {
        stage.subscribe("OperationComplete", "Device.Home.");

        operate("Device.Home.Work()", "k", Map.of("Steps", "0"));

        assertThat(nextCompletion().result())
                .isEqualTo(
                        new Notification.CommandFailure(new Fault(StandardErrorCode.COMMAND_FAILURE, "nothing to do")));
    }

    @Test
    @Requirement("R-OPR.2")
    void each_matched_object_has_a_request_row_of_its_own() {
        stage.add("Device.Home.Room.", Map.of("Name", "kitchen"));
        stage.add("Device.Home.Room.", Map.of("Name", "bath"));
        CountDownLatch work = stage.device().holdWork();

        List<OperationResult> results = operate("Device.Home.Room.*.Sweep()", "", Map.of());

        Set<String> rows = new HashSet<>();
        results.forEach(result -> rows.add(((RequestObject) result.outcome()).reqObjPath()));
        assertThat(rows).hasSize(2);
        assertThat(results)
                .extracting(OperationResult::executedCommand)
                .containsExactly("Device.Home.Room.1.Sweep()", "Device.Home.Room.2.Sweep()");
        work.countDown();
        Eventually.holds(
                () -> stage.value("Device.LocalAgent.RequestNumberOfEntries").equals("0"));
    }

    @Test
    @Requirement({"R-OPR.0", "R-OPR.3"})
    void only_cancel_ends_a_running_command() {
        stage.subscribe("OperationComplete", "Device.Home.");
        CountDownLatch never = stage.device().holdWork();
        String row = ((RequestObject) outcome("Device.Home.Work()", Map.of("Steps", "3"))).reqObjPath();
        outcome("Device.Home.Work()", Map.of("Steps", "3"));
        operate("Device.Home.Work()", "other", Map.of("Steps", "4"));
        Eventually.holds(() -> stage.device().started() == 2);

        assertThat(outcome(row + "Cancel()", Map.of())).isEqualTo(new OutputArgs(Map.of()));

        OperationComplete cancelled = nextCompletion();
        assertThat(cancelled.commandKey()).isEmpty();
        assertThat(((Notification.CommandFailure) cancelled.result()).fault().errCode())
                .isEqualTo(StandardErrorCode.COMMAND_CANCELLED);
        assertThat(stage.value("Device.LocalAgent.RequestNumberOfEntries")).isEqualTo("1");
        never.countDown();
        assertThat(nextCompletion().commandKey()).isEqualTo("other");
    }

    @Test
    @Requirement("R-OPR.0")
    void a_timer_is_over_when_its_time_is() {
        stage.subscribe("OperationComplete", "Device.ScheduleTimer()");

        operate("Device.ScheduleTimer()", "wake", Map.of("DelaySeconds", "60"));
        Eventually.holds(() -> stage.timer().size() == 1);
        stage.timer().advance(Duration.ofSeconds(59));
        assertThat(stage.value("Device.LocalAgent.RequestNumberOfEntries")).isEqualTo("1");
        stage.timer().advance(Duration.ofSeconds(1));

        assertThat(nextCompletion())
                .isEqualTo(new OperationComplete(
                        "Device.", "ScheduleTimer()", "wake", new Notification.OutputArgs(Map.of())));
    }

    @Test
    void a_timer_that_is_cancelled_waits_for_nothing_more() {
        stage.subscribe("OperationComplete", "Device.ScheduleTimer()");
        String row = ((RequestObject) outcome("Device.ScheduleTimer()", Map.of("DelaySeconds", "60"))).reqObjPath();
        Eventually.holds(() -> stage.timer().size() == 1);

        outcome(row + "Cancel()", Map.of());

        assertThat(((Notification.CommandFailure) nextCompletion().result())
                        .fault()
                        .errCode())
                .isEqualTo(StandardErrorCode.COMMAND_CANCELLED);
        Eventually.holds(() -> stage.timer().size() == 0);
    }

    @Test
    void a_self_test_says_what_was_tested_and_what_failed() {
        stage.subscribe("OperationComplete", "Device.SelfTestDiagnostics()");

        outcome("Device.SelfTestDiagnostics()", Map.of());
        assertThat(nextCompletion().result())
                .satisfies(result -> assertThat(((Notification.OutputArgs) result).outputArgs())
                        .containsEntry("Status", "Complete")
                        .hasEntrySatisfying(
                                "Results",
                                results -> assertThat(results).contains("1 of 1 transports up", "parameters read")));

        stage.clock().set(Instant.parse("1970-01-01T00:00:00Z"));
        outcome("Device.SelfTestDiagnostics()", Map.of());
        assertThat(nextCompletion().result())
                .satisfies(result -> assertThat(((Notification.OutputArgs) result).outputArgs())
                        .containsEntry("Status", "Error_Other")
                        .containsEntry("Results", "clock: not set"));
    }

    @Test
    @Requirement("R-OPR.3")
    void more_commands_than_can_run_at_once_are_refused_and_disturb_none() {
        CountDownLatch work = stage.device().holdWork();
        List<OperationOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i <= Limits.ASYNCHRONOUS_COMMANDS; i++) {
            outcomes.add(operate("Device.Home.Work()", "k" + i, Map.of("Steps", "1"))
                    .getFirst()
                    .outcome());
        }

        assertThat(failure(outcomes.getLast())).isEqualTo(StandardErrorCode.RESOURCES_EXCEEDED);
        assertThat(stage.value("Device.LocalAgent.RequestNumberOfEntries"))
                .isEqualTo(Integer.toString(Limits.ASYNCHRONOUS_COMMANDS));
        work.countDown();
        Eventually.holds(() -> stage.device().calls().size() == Limits.ASYNCHRONOUS_COMMANDS);
    }

    @Test
    void reboot_is_refused_where_the_host_is_not_ours() {
        assertThat(failure(outcome("Device.Reboot()", Map.of()))).isEqualTo(StandardErrorCode.REQUEST_DENIED);
        assertThat(failure(outcome("Device.FactoryReset()", Map.of()))).isEqualTo(StandardErrorCode.REQUEST_DENIED);
        assertThat(stage.timer().next()).isNotEqualTo(Optional.of(Duration.ZERO));
    }
}
