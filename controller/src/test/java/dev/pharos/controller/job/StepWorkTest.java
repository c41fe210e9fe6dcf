// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.job.TargetState.Kind;
import dev.pharos.controller.observe.MaskedMessages;
import dev.pharos.controller.peer.AnswerMismatchException;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.controller.peer.DeviceUnreachableException;
import dev.pharos.controller.peer.RequestFailedException;
import dev.pharos.controller.peer.TooManyCallsException;
import dev.pharos.controller.policy.SecretParameters;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeleteResponse;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetResponse;
import dev.pharos.usp.message.UspError;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What becomes of a device by what it answers, or does not.
final class StepWorkTest {
    private static final EndpointId DEVICE = EndpointId.of("proto::step");
    private static final Request<?> GET = new GetRequest(List.of("Device.A", "Device.B"), 0);
    private static final Request<?> REBOOT = new OperateRequest("Device.Reboot()", "", true, Map.of());
    private static final Request<?> KEY = new SetRequest(
            false,
            List.of(new SetRequest.UpdateObject(
                    "Device.WiFi.AccessPoint.1.Security.",
                    List.of(new ParameterSetting("KeyPassphrase", "open sesame", true)))));
    private static final Fault INVALID = new Fault(StandardErrorCode.INVALID_PATH, "no such path");

    private static final DeviceChore NO_CHORE = (task, masked) -> {
        throw new AssertionError("a script is no chore");
    };

    private final ManualClock clock = ManualClock.standing();

    private Settlement settle(Request<?> request, Persistence persistence, int tries, DeviceLine line) {
        Timing timing = new Timing(
                clock.instant(), clock.instant().plus(Duration.ofDays(1)), Optional.empty(), Optional.empty());
        JobPlan plan = new JobPlan(
                "job", new Audience.Matching("", false), List.of(request), new Pace(1, 0), timing, persistence);
        return new StepWork(
                        new Gate(plan, ZoneOffset.UTC),
                        new Attempt(1, DEVICE, 0, tries, ""),
                        line,
                        new MaskedMessages(SecretParameters.BY_NAME))
                .perform(NO_CHORE, clock);
    }

    private Settlement answered(Request<?> request, Response response) {
        return settle(request, persistence(0), 1, (device, sent, timeout) -> response);
    }

    private TargetState failed(Request<?> request, int retries, int tries, CallException failure) {
        return settle(request, persistence(retries), tries, (device, sent, timeout) -> {
                    throw failure;
                })
                .state();
    }

    private static Persistence persistence(int retries) {
        return new Persistence(retries, Duration.ofMinutes(1), false);
    }

    private static GetResponse got(Optional<Fault> first, Optional<Fault> second) {
        return new GetResponse(List.of(
                new GetResponse.RequestedPathResult("Device.A", first, List.of()),
                new GetResponse.RequestedPathResult("Device.B", second, List.of())));
    }

    @Test
    void a_read_has_succeeded_where_one_of_its_paths_has() {
        assertThat(answered(GET, got(Optional.empty(), Optional.of(INVALID))).state())
                .isEqualTo(new TargetState.Done(""));
        assertThat(answered(GET, got(Optional.of(INVALID), Optional.of(INVALID)))
                        .state())
                .isEqualTo(new TargetState.Failed("7026 no such path (Device.A), and 1 more"));
    }

    @Test
    void a_change_has_succeeded_where_all_of_it_has_or_any_where_the_request_allows_that() {
        DeleteResponse half = new DeleteResponse(List.of(
                new DeleteResponse.DeletedObjectResult(
                        "Device.T.1.", new DeleteResponse.OperationSuccess(List.of("Device.T.1."), List.of())),
                new DeleteResponse.DeletedObjectResult("Device.T.2.", new DeleteResponse.OperationFailure(INVALID))));
        List<String> rows = List.of("Device.T.1.", "Device.T.2.");
        assertThat(answered(new DeleteRequest(false, rows), half).state().kind())
                .isEqualTo(Kind.FAILED);
        assertThat(answered(new DeleteRequest(true, rows), half).state().kind()).isEqualTo(Kind.DONE);
    }

    @Test
    void a_command_that_fails_fails_the_device_and_one_that_goes_on_is_done() {
        assertThat(answered(
                                REBOOT,
                                new OperateResponse(List.of(new OperateResponse.OperationResult(
                                        "Device.Reboot()", new OperateResponse.CommandFailure(INVALID)))))
                        .state()
                        .kind())
                .isEqualTo(Kind.FAILED);
        assertThat(answered(
                                REBOOT,
                                new OperateResponse(List.of(new OperateResponse.OperationResult(
                                        "Device.Reboot()",
                                        new OperateResponse.RequestObject("Device.LocalAgent.Request.1.")))))
                        .state()
                        .kind())
                .isEqualTo(Kind.DONE);
    }

    @Test
    void secrets_that_a_device_repeats_are_masked() {
        SetResponse echo = new SetResponse(List.of(new SetResponse.UpdatedObjectResult(
                "Device.WiFi.AccessPoint.1.Security.",
                new SetResponse.OperationSuccess(List.of(new SetResponse.UpdatedInstanceResult(
                        "Device.WiFi.AccessPoint.1.Security.",
                        List.of(),
                        Map.of("KeyPassphrase", "open sesame", "Note", "set to open sesame")))))));
        assertThat(answered(KEY, echo).answer().orElseThrow().toString())
                .doesNotContain("open sesame")
                .contains("******");
        UspError quoted =
                new UspError(new Fault(StandardErrorCode.INVALID_VALUE, "open sesame is too short for a key"));
        assertThat(failed(KEY, 0, 1, new RequestFailedException(DEVICE, quoted)).why())
                .contains("too short")
                .doesNotContain("sesame");
    }

    @Test
    void an_answer_that_is_too_large_is_not_kept_and_the_device_is_done() {
        GetResponse large = new GetResponse(List.of(new GetResponse.RequestedPathResult(
                "Device.A",
                Optional.empty(),
                List.of(new GetResponse.ResolvedPathResult("Device.", Map.of("A", "x".repeat(Limits.ANSWER_BYTES)))))));
        Settlement settled = answered(GET, large);
        assertThat(settled.answer()).isEmpty();
        assertThat(settled.state().kind()).isEqualTo(Kind.DONE);
        assertThat(settled.state().why()).contains("too large");
    }

    @Test
    void what_must_not_run_twice_is_uncertain_where_its_answer_is_lost_and_only_there() {
        for (CallException lost : List.of(
                new CallTimedOutException(DEVICE, "no answer", true),
                new AnswerMismatchException(DEVICE, "nonsense"),
                new DeviceUnreachableException(DEVICE, "gone", Optional.empty(), true))) {
            assertThat(failed(REBOOT, 3, 1, lost).kind()).as("%s", lost).isEqualTo(Kind.UNCERTAIN);
        }
        assertThat(failed(REBOOT, 0, 1, new DeviceUnreachableException(DEVICE, "away", Optional.empty(), false))
                        .kind())
                .isEqualTo(Kind.OFFLINE);
        assertThat(failed(REBOOT, 1, 1, new CallTimedOutException(DEVICE, "busy", false))
                        .kind())
                .isEqualTo(Kind.WAITING);
        TargetState allowed = settle(
                        REBOOT, new Persistence(1, Duration.ofMinutes(1), true), 1, (device, sent, timeout) -> {
                            throw new CallTimedOutException(DEVICE, "no answer", true);
                        })
                .state();
        assertThat(allowed.kind()).as("the operator said so").isEqualTo(Kind.WAITING);
    }

    @Test
    void what_may_pass_is_tried_again_with_pauses_that_double_as_often_as_the_job_says() {
        CallException late = new CallTimedOutException(DEVICE, "no answer", true);
        Instant now = clock.instant();
        assertThat(failed(GET, 2, 1, late))
                .isEqualTo(new TargetState.Waiting(now.plusSeconds(60), "to be tried again: no answer"));
        assertThat(failed(GET, 2, 2, late))
                .isEqualTo(new TargetState.Waiting(now.plusSeconds(120), "to be tried again: no answer"));
        assertThat(failed(GET, 2, 3, late)).isEqualTo(new TargetState.Failed("no answer"));
        assertThat(failed(GET, 1, 1, new TooManyCallsException(DEVICE, "too many"))
                        .kind())
                .isEqualTo(Kind.WAITING);
        UspError busy = new UspError(new Fault(StandardErrorCode.RESOURCES_EXCEEDED, "busy"));
        assertThat(failed(REBOOT, 1, 1, new RequestFailedException(DEVICE, busy))
                        .kind())
                .as("it was not carried out")
                .isEqualTo(Kind.WAITING);
        assertThat(failed(REBOOT, 1, 1, new RequestFailedException(DEVICE, new UspError(INVALID)))
                        .kind())
                .as("it will not be better next time")
                .isEqualTo(Kind.FAILED);
        assertThat(new Persistence(Limits.RETRIES, Duration.ofHours(12), false).pause(20))
                .isEqualTo(Limits.LONGEST_BACKOFF);
    }

    @Test
    void a_device_that_goes_away_while_it_is_read_is_waited_for_but_not_for_ever() {
        CallException gone = new DeviceUnreachableException(DEVICE, "gone", Optional.empty(), true);
        assertThat(failed(GET, 0, 1, gone).kind()).isEqualTo(Kind.OFFLINE);
        assertThat(failed(GET, 0, Limits.CUT_OFF + 1, gone).kind()).isEqualTo(Kind.FAILED);
    }

    @Test
    void whoever_is_interrupted_because_the_server_stops_is_not_counted_as_failed() {
        assertThat(interrupted(GET).kind()).isEqualTo(Kind.WAITING);
        assertThat(interrupted(REBOOT).kind()).isEqualTo(Kind.UNCERTAIN);
        assertThat(Thread.interrupted()).as("so that it can be written down").isFalse();
    }

    private TargetState interrupted(Request<?> request) {
        return settle(request, persistence(0), 1, (device, sent, timeout) -> {
                    Thread.currentThread().interrupt();
                    throw new CallTimedOutException(device, "interrupted", true);
                })
                .state();
    }
}
