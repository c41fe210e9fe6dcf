// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.ErrorCode;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeleteResponse.OperationSuccess;
import dev.pharos.usp.message.GetInstancesRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse.CommandFailure;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetRequest.UpdateObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// To a controller without rights the data model is empty, not forbidden.
final class UntrustedControllerTest {
    private final Stage stage = Stage.open(Stage.config(List.of(
            ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL),
            ControllerConfig.of(Stage.STRANGER, ControllerRole.UNTRUSTED))));
    private final LockstepController stranger = stage.controller(1);

    @BeforeEach
    void furnish() {
        stage.add("Device.Home.Room.", Map.of("Name", "kitchen"));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private ErrorCode get(String path) {
        return stranger.ask(new GetRequest(List.of(path), 0)).requestedPathResults().getFirst().fault().stream()
                .map(Fault::errCode)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void it_learns_the_protocol_versions() {
        assertThat(stranger.ask(new GetSupportedProtocolRequest("1.4")).agentSupportedProtocolVersions())
                .isEqualTo("1.0,1.1,1.2,1.3,1.4");
    }

    @Test
    @Requirement("R-GET.1")
    void what_it_may_not_read_looks_unsupported() {
        assertThat(get("Device.Home.")).isEqualTo(StandardErrorCode.INVALID_PATH);
        assertThat(get("Device.Home.Name")).isEqualTo(StandardErrorCode.INVALID_PATH);
        assertThat(get("Device.Home.Room.")).isEqualTo(StandardErrorCode.INVALID_PATH);
        assertThat(stranger.ask(new GetRequest(List.of("Device.Home.Room.[Name==\"kitchen\"].Name"), 0))
                        .requestedPathResults()
                        .getFirst()
                        .resolvedPathResults())
                .isEmpty();
    }

    @Test
    @Requirement("R-GIN.0")
    void rows_that_it_may_not_see_do_not_exist() {
        var results = stranger.ask(
                        new GetInstancesRequest(List.of("Device.Home.Room.*.", "Device.Home.Room.1."), false))
                .requestedPathResults();

        assertThat(results.get(0).currentInstances()).isEmpty();
        assertThat(results.get(0).fault()).isEmpty();
        // Not even of its supported data model, as with any other table that is not.
        assertThat(results.get(1).fault().map(Fault::errCode)).contains(StandardErrorCode.INVALID_PATH);
    }

    @Test
    @Requirement("R-GSP.0")
    void its_supported_data_model_is_empty() {
        var result = stranger.ask(new GetSupportedDmRequest(List.of("Device."), false, true, true, true, true))
                .requestedObjectResults()
                .getFirst();

        assertThat(result.fault().map(Fault::errCode)).contains(StandardErrorCode.INVALID_PATH);
        assertThat(result.supportedObjects()).isEmpty();
    }

    @Test
    @Requirement({"R-DEL.2", "R-DEL.4"})
    void rows_that_it_may_not_see_are_in_no_list_of_a_delete() {
        var status = stranger.ask(new DeleteRequest(true, List.of("Device.Home.Room.*.")))
                .deletedObjectResults()
                .getFirst()
                .operationStatus();

        assertThat(status).isEqualTo(new OperationSuccess(List.of(), List.of()));
        assertThat(stage.value("Device.Home.RoomNumberOfEntries")).isEqualTo("1");
    }

    @Test
    void it_writes_and_runs_nothing() {
        assertThat(stranger.askInVain(new SetRequest(
                                false,
                                List.of(new UpdateObject("Device.Home.", Stage.settings(Map.of("Name", "mine"))))))
                        .fault()
                        .errCode())
                .isEqualTo(StandardErrorCode.INVALID_PATH);
        assertThat(stranger.ask(new OperateRequest("Device.Home.Quiet()", "", true, Map.of()))
                        .operationResults()
                        .getFirst()
                        .outcome())
                .isInstanceOf(CommandFailure.class);
        assertThat(stage.device().calls()).isEmpty();
        assertThat(stage.value("Device.Home.Name")).isEqualTo("home");
    }
}
