// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.fixture.BrokerStage;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.DeregisterRequest;
import dev.pharos.usp.message.DeregisterResponse;
import dev.pharos.usp.message.DeregisterResponse.DeregisteredPathResult;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.RegisterRequest;
import dev.pharos.usp.message.RegisterResponse;
import dev.pharos.usp.message.RegisterResponse.RegisteredPathResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who may register what, and take it back.
class RegisterTest {
    private final BrokerStage stage = new BrokerStage(Duration.ofSeconds(4));
    private final LockstepController first = stage.scripted(BrokerStage.FIRST);
    private final LockstepController second = stage.scripted(BrokerStage.SECOND);

    @AfterEach
    void close() {
        stage.close();
    }

    /// One path, by a Service that is then asked for its model and stays silent.
    private StandardErrorCode refusal(LockstepController service, String path) {
        RegisteredPathResult result = service.ask(new RegisterRequest(true, List.of(path)))
                .registeredPathResults()
                .getFirst();
        assertThat(result.requestedPath()).isEqualTo(path);
        return (StandardErrorCode) ((RegisterResponse.OperationFailure) result.operationStatus())
                .fault()
                .errCode();
    }

    private static List<Object> outcomes(DeregisterResponse response) {
        return response.deregisteredPathResults().stream()
                .map(DeregisteredPathResult::operationStatus)
                .<Object>map(status -> switch (status) {
                    case DeregisterResponse.OperationSuccess(List<String> paths) -> paths;
                    case DeregisterResponse.OperationFailure(var fault) -> fault.errCode();
                })
                .toList();
    }

    @Test
    @Requirement("R-REG.0")
    void with_allow_partial_each_path_stands_for_itself() {
        RegisterResponse response = first.ask(
                new RegisterRequest(true, List.of("Device.X_A.", "Device.LocalAgent.", "Device.X_B.", "nonsense")));
        assertThat(response.registeredPathResults())
                .extracting(RegisteredPathResult::requestedPath)
                .containsExactly("Device.X_A.", "Device.LocalAgent.", "Device.X_B.", "nonsense");
        assertThat(response.registeredPathResults())
                .extracting(result -> result.operationStatus() instanceof RegisterResponse.OperationSuccess)
                .containsExactly(true, false, true, false);
        RegisterResponse allFail = second.ask(new RegisterRequest(true, List.of("Device.X_A.")));
        assertThat(allFail.registeredPathResults()).hasSize(1);
    }

    @Test
    @Requirement("R-REG.1")
    void without_allow_partial_one_path_that_fails_fails_all() {
        assertThat(first.askInVain(new RegisterRequest(false, List.of("Device.X_A.", "Device.LocalAgent.")))
                        .fault()
                        .errCode())
                .isEqualTo(StandardErrorCode.ALREADY_IN_USE);
        assertThat(second.ask(new RegisterRequest(false, List.of("Device.X_A.")))
                        .registeredPathResults()
                        .getFirst()
                        .operationStatus())
                .isEqualTo(new RegisterResponse.OperationSuccess("Device.X_A."));
    }

    @Test
    @Requirement("R-REG.2")
    void a_path_with_instance_numbers_or_placeholders_is_refused() {
        for (String path : List.of(
                "Device.X_A.1.",
                "Device.X_A.{i}.",
                "Device.X_A.{i}.Name",
                "Device.X_A.*.",
                "Device.X_A.[Name==\"a\"].",
                "Device.",
                "X_A.",
                "")) {
            assertThat(refusal(first, path)).as(path).isEqualTo(StandardErrorCode.REGISTER_FAILURE);
        }
    }

    @Test
    void nothing_can_be_registered_beneath_a_table_of_the_agent() {
        assertThat(refusal(first, "Device.USPServices.")).isEqualTo(StandardErrorCode.ALREADY_IN_USE);
        assertThat(refusal(first, "Device.LocalAgent.Subscription.X.")).isEqualTo(StandardErrorCode.ALREADY_IN_USE);
    }

    @Test
    void what_another_service_has_is_refused_above_and_below_too() {
        first.ask(new RegisterRequest(false, List.of("Device.X_A.Part.")));
        for (String path : List.of("Device.X_A.Part.", "Device.X_A.", "Device.X_A.Part.Deep.")) {
            assertThat(refusal(second, path)).as(path).isEqualTo(StandardErrorCode.ALREADY_IN_USE);
        }
    }

    @Test
    @Requirement({"R-DEREG.1", "R-DEREG.3", "R-DEREG.4"})
    void only_what_one_registered_oneself_can_be_taken_back_and_never_by_an_error() {
        first.ask(new RegisterRequest(true, List.of("Device.X_A.")));
        second.ask(new RegisterRequest(true, List.of("Device.X_B.")));
        second.nextAnswer();
        DeregisterResponse response =
                second.ask(new DeregisterRequest(List.of("Device.X_A.", "Device.X_C.", "Device.X_B.", "%")));
        assertThat(outcomes(response))
                .containsExactly(
                        StandardErrorCode.PATH_ALREADY_REGISTERED,
                        StandardErrorCode.DEREGISTER_FAILURE,
                        List.of("Device.X_B."),
                        StandardErrorCode.DEREGISTER_FAILURE);
        assertThat(refusal(second, "Device.X_A.")).isEqualTo(StandardErrorCode.ALREADY_IN_USE);
    }

    @Test
    @Requirement("R-DEREG.2")
    void no_path_at_all_takes_all_of_ones_own_back() {
        second.ask(new RegisterRequest(true, List.of("Device.X_C.")));
        first.ask(new RegisterRequest(true, List.of("Device.X_A.", "Device.X_B.")));
        first.nextAnswer();
        assertThat(outcomes(first.ask(new DeregisterRequest(List.of()))))
                .containsExactly(List.of("Device.X_A.", "Device.X_B."));
        assertThat(refusal(first, "Device.X_C.")).isEqualTo(StandardErrorCode.ALREADY_IN_USE);
    }

    @Test
    void a_row_of_the_trust_table_limits_what_its_service_may_register() {
        Stage.add(
                stage.controller(),
                "Device.USPServices.Trust.",
                Map.of("EndpointID", BrokerStage.FIRST.toString(), "TargetPaths", "Device.X_A."));
        assertThat(refusal(first, "Device.X_B.")).isEqualTo(StandardErrorCode.PERMISSION_DENIED);
        assertThat(first.ask(new RegisterRequest(false, List.of("Device.X_A.Part.")))
                        .registeredPathResults())
                .hasSize(1);
        assertThat(second.ask(new RegisterRequest(false, List.of("Device.X_B.")))
                        .registeredPathResults())
                .hasSize(1);
    }

    @Test
    void services_are_shown_with_what_they_registered() {
        first.ask(new RegisterRequest(true, List.of("Device.X_A.", "Device.X_B.")));
        GetRequest wanted = new GetRequest(
                List.of("Device.USPServices.USPService.[EndpointID==\"" + BrokerStage.FIRST + "\"].DataModelPaths"), 0);
        org.awaitility.Awaitility.await()
                .until(() ->
                        stage.controller().ask(wanted).requestedPathResults().getFirst().resolvedPathResults().stream()
                                .anyMatch(result -> result.resultParams().containsValue("Device.X_A.,Device.X_B.")));
    }

    @Test
    void a_service_is_no_controller() {
        assertThat(first.askInVain(new GetRequest(List.of("Device."), 0))
                        .fault()
                        .errCode())
                .isEqualTo(StandardErrorCode.MESSAGE_NOT_SUPPORTED);
        assertThat(first.askInVain(new AddRequest(false, List.of())).fault().errCode())
                .isEqualTo(StandardErrorCode.MESSAGE_NOT_SUPPORTED);
    }
}
