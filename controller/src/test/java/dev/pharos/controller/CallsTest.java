// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.controller.observe.Counters.Counter;
import dev.pharos.controller.peer.AnswerMismatchException;
import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.controller.peer.DeviceUnreachableException;
import dev.pharos.controller.peer.RequestFailedException;
import dev.pharos.controller.store.TwinStore;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.SetResponse;
import dev.pharos.usp.message.UspError;
import dev.pharos.usp.message.UspMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CallsTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final EndpointId STRANGER = EndpointId.of("self::stranger");

    private static GetRequest get(String path) {
        return new GetRequest(List.of(path), 0);
    }

    private static GetResponse got(String path, String value) {
        return new GetResponse(List.of(new GetResponse.RequestedPathResult(
                path,
                Optional.empty(),
                List.of(new GetResponse.ResolvedPathResult("Device.X.", Map.of(path.substring(9), value))))));
    }

    private static Future<GetResponse> calling(ControllerFixture fixture, LockstepAgent agent, String path) {
        FutureTask<GetResponse> task = new FutureTask<>(() -> fixture.controller.call(agent.id(), get(path), LONG));
        Thread.ofVirtual().start(task);
        return task;
    }

    @Test
    @Requirement({"R-MSG.0", "R-MSG.8", "R-MSG.9"})
    void five_hundred_calls_at_once_each_get_their_own_answer() throws Exception {
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            LockstepAgent agent = fixture.device("self::one");
            Random random = new Random(7);
            List<UspMessage> held = new ArrayList<>();
            agent.answering(body -> Optional.empty());
            Thread answering = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 500; i++) {
                    held.add(agent.next());
                    if (random.nextBoolean() || i == 499 || held.size() > 40) {
                        Collections.shuffle(held, random);
                        held.forEach(request -> {
                            String path =
                                    ((GetRequest) request.body()).paramPaths().getFirst();
                            agent.answer(request, got(path, "value of " + path));
                        });
                        held.clear();
                    }
                }
            });
            List<Future<GetResponse>> calls = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                calls.add(calling(fixture, agent, "Device.X.P" + i));
            }
            for (int i = 0; i < 500; i++) {
                assertThat(calls.get(i).get(60, TimeUnit.SECONDS))
                        .isEqualTo(got("Device.X.P" + i, "value of Device.X.P" + i));
            }
            answering.join();
            assertThat(fixture.controller.counters().value(Counter.ANSWERS_UNEXPECTED))
                    .isZero();
        }
    }

    @Test
    @Requirement("R-MSG.9")
    void answers_in_reverse_order_reach_their_calls() throws Exception {
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            LockstepAgent agent = fixture.device("self::one");
            Future<GetResponse> first = calling(fixture, agent, "Device.X.A");
            UspMessage firstRequest = agent.next();
            Future<GetResponse> second = calling(fixture, agent, "Device.X.B");
            UspMessage secondRequest = agent.next();
            agent.answer(secondRequest, got("Device.X.B", "b"));
            agent.answer(firstRequest, got("Device.X.A", "a"));
            assertThat(first.get()).isEqualTo(got("Device.X.A", "a"));
            assertThat(second.get()).isEqualTo(got("Device.X.B", "b"));
            assertThat(firstRequest.id()).isNotEqualTo(secondRequest.id());
        }
    }

    @Test
    @Requirement("R-MSG.9")
    void a_late_answer_is_counted_and_shown_and_changes_nothing() throws Exception {
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            LockstepAgent agent = fixture.device("self::one");
            assertThatThrownBy(() -> fixture.controller.call(agent.id(), get("Device.X.A"), Duration.ofMillis(50)))
                    .isInstanceOf(CallTimedOutException.class)
                    .hasMessageContaining("50 ms");
            agent.answer(agent.next(), got("Device.X.A", "late"));
            ControllerFixture.eventually(() -> fixture.controller.counters().value(Counter.ANSWERS_LATE) == 1);
            ControllerFixture.eventually(() -> fixture.sawRefused("late"));
            assertThat(fixture.controller.stores().twins().count(agent.id())).isZero();
        }
    }

    @Test
    @Requirement("R-MSG.9")
    void an_answer_that_nobody_waits_for_is_counted_and_shown() throws Exception {
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            LockstepAgent agent = fixture.device("self::one");
            agent.send("guessed", got("Device.X.A", "x"));
            ControllerFixture.eventually(() -> fixture.controller.counters().value(Counter.ANSWERS_UNEXPECTED) == 1);
            ControllerFixture.eventually(() -> fixture.sawRefused("no call waits"));
        }
    }

    @Test
    @Requirement("R-MSG.9")
    void a_device_cannot_answer_for_another() throws Exception {
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            LockstepAgent agent = fixture.device("self::one");
            LockstepAgent other = fixture.device("self::two");
            Future<GetResponse> call = calling(fixture, agent, "Device.X.A");
            UspMessage request = agent.next();
            other.answer(request, got("Device.X.A", "forged"));
            ControllerFixture.eventually(() -> fixture.controller.counters().value(Counter.ANSWERS_UNEXPECTED) == 1);
            agent.answer(request, got("Device.X.A", "true"));
            assertThat(call.get()).isEqualTo(got("Device.X.A", "true"));
        }
    }

    @Test
    @Requirement("R-MSG.0")
    void an_error_message_reaches_the_caller_whole() throws Exception {
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            Fault fault = new Fault(StandardErrorCode.PERMISSION_DENIED, "no");
            UspError error = new UspError(fault, List.of(new UspError.ParameterError("Device.X.A", fault)));
            LockstepAgent agent = fixture.device("self::one").answering(body -> Optional.of(error));
            assertThatThrownBy(() -> fixture.controller.call(agent.id(), get("Device.X.A"), LONG))
                    .isInstanceOfSatisfying(
                            RequestFailedException.class,
                            failed -> assertThat(failed.error()).isEqualTo(error));
        }
    }

    @Test
    void an_answer_of_another_kind_is_no_answer() throws Exception {
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            LockstepAgent agent =
                    fixture.device("self::one").answering(body -> Optional.of(new SetResponse(List.of())));
            assertThatThrownBy(() -> fixture.controller.call(agent.id(), get("Device.X.A"), LONG))
                    .isInstanceOf(AnswerMismatchException.class)
                    .hasMessageContaining("SetResponse");
        }
    }

    @Test
    void calls_fail_at_once_when_the_connection_is_lost() throws Exception {
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            LockstepAgent agent = fixture.device("self::one");
            Future<GetResponse> call = calling(fixture, agent, "Device.X.A");
            agent.next();
            agent.cut();
            assertThatThrownBy(() -> call.get(60, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(DeviceUnreachableException.class, failed -> {
                        assertThat(failed.reason()).contains("cut");
                        assertThat(failed.lastSeen()).isPresent();
                    });
        }
    }

    @Test
    void a_device_that_never_came_is_unreachable() throws Exception {
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            assertThatThrownBy(() -> fixture.controller.call(STRANGER, get("Device.X.A"), LONG))
                    .isInstanceOfSatisfying(
                            DeviceUnreachableException.class,
                            failed -> assertThat(failed.lastSeen()).isEmpty());
        }
    }

    @Test
    void an_operate_that_wants_no_response_returns_when_it_is_sent() throws Exception {
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            LockstepAgent agent = fixture.device("self::one");
            OperateRequest reboot = new OperateRequest("Device.Reboot()", "", false, Map.of());
            assertThat(fixture.controller.call(agent.id(), reboot, LONG).operationResults())
                    .isEmpty();
            assertThat(agent.next().body()).isEqualTo(reboot);
        }
    }

    @Test
    void what_a_device_answers_is_in_its_twin_but_secrets_are_not() throws Exception {
        try (ControllerFixture fixture = ControllerFixture.quiet()) {
            LockstepAgent agent = fixture.device("self::one");
            agent.answering(body -> Optional.of(new GetResponse(List.of(new GetResponse.RequestedPathResult(
                    "Device.X.",
                    Optional.empty(),
                    List.of(new GetResponse.ResolvedPathResult(
                            "Device.X.", Map.of("SSID", "home", "KeyPassphrase", "hunter22"))))))));
            fixture.controller.call(agent.id(), get("Device.X."), LONG);
            TwinStore twins = fixture.controller.stores().twins();
            assertThat(twins.find(agent.id(), "Device.X.SSID").orElseThrow().value())
                    .isEqualTo("home");
            TwinValue secret = twins.find(agent.id(), "Device.X.KeyPassphrase").orElseThrow();
            assertThat(secret.value()).isEmpty();
            assertThat(secret.secured()).isTrue();
            ControllerFixture.eventually(
                    () -> fixture.wire.stream().anyMatch(record -> record.text().contains("KeyPassphrase")));
            assertThat(fixture.wire).noneMatch(record -> record.text().contains("hunter22"));
        }
    }
}
