// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.access.Right;
import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddRequest.CreateObject;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeleteResponse;
import dev.pharos.usp.message.GetInstancesRequest;
import dev.pharos.usp.message.GetInstancesResponse;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedDmResponse;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedObject;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedParameter;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetRequest.UpdateObject;
import dev.pharos.usp.message.SetResponse;
import dev.pharos.usp.message.UspError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a controller is told that has some rights and lacks others.
final class PartialRightsTest {
    private final Stage stage = Stage.open(Stage.config(List.of(
            ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL),
            ControllerConfig.of(Stage.OTHER, ControllerRole.UNTRUSTED))));
    private final LockstepController partial = stage.controller(1);
    private final InstantiatedDataModel model = stage.agent().model();
    private final String role =
            stage.add("Device.LocalAgent.ControllerTrust.Role.", Map.of("Name", "partial", "Enable", "true"));
    private int order;

    /// Takes one right away from what is everything else.
    private void deny(Right right, String path) {
        String param = "rwxn";
        String obj = "rwxn";
        String row = "rwxn";
        String command = "rwxn";
        switch (right) {
            case READ_PARAMETER -> param = "-wxn";
            case WRITE_PARAMETER -> param = "r-xn";
            case NOTIFY_PARAMETER -> param = "rwx-";
            case READ_OBJECT -> obj = "-wxn";
            case ADD_ROW -> obj = "r-xn";
            case NOTIFY_ROW_ADDED -> obj = "rwx-";
            case READ_ROW -> row = "-wxn";
            case DELETE_ROW -> row = "r-xn";
            case NOTIFY_ROW_DELETED -> row = "rwx-";
            case READ_COMMAND_OR_EVENT -> command = "-wxn";
            case OPERATE -> command = "rw-n";
            case NOTIFY_COMMAND_OR_EVENT -> command = "rwx-";
        }
        permission(path, param, obj, row, command);
    }

    private void permission(String targets, String param, String obj, String row, String command) {
        stage.add(
                role + "Permission.",
                Map.of(
                        "Enable", "true",
                        "Order", Integer.toString(++order),
                        "Targets", targets,
                        "Param", param,
                        "Obj", obj,
                        "InstantiatedObj", row,
                        "CommandEvent", command));
    }

    private Body ask(Request<?> request) {
        return partial.answer(request);
    }

    @BeforeEach
    void furnish() {
        permission("Device.", "rwxn", "rwxn", "rwxn", "rwxn");
        stage.controller()
                .ask(new SetRequest(
                        false,
                        List.of(new UpdateObject(
                                "Device.LocalAgent.Controller.2.", Stage.settings(Map.of("AssignedRole", role))))));
        ask(new AddRequest(
                false,
                List.of(new CreateObject(
                        "Device.Home.Room.", Stage.settings(Map.of("Name", "kitchen", "Alias", "k"))))));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private GetResponse.RequestedPathResult get(String path) {
        return ((GetResponse) ask(new GetRequest(List.of(path), 1)))
                .requestedPathResults()
                .getFirst();
    }

    @Test
    @Requirement("R-GET.4")
    void an_unreadable_parameter_is_left_out_of_its_object_even_if_that_empties_it() {
        deny(Right.READ_PARAMETER, "Device.Home.Name");
        deny(Right.READ_PARAMETER, "Device.Home.Inside.Warm");

        assertThat(get("Device.Home.").resolvedPathResults().getFirst().resultParams())
                .containsKey("Level")
                .doesNotContainKey("Name");
        assertThat(get("Device.Home.Inside.").resolvedPathResults())
                .containsExactly(new GetResponse.ResolvedPathResult("Device.Home.Inside.", Map.of()));
    }

    @Test
    @Requirement({"R-GET.1", "R-SEC.1"})
    void an_unreadable_parameter_asked_for_by_name_looks_unsupported() {
        deny(Right.READ_PARAMETER, "Device.Home.Name");
        deny(Right.READ_OBJECT, "Device.Home.Inside.");

        assertThat(get("Device.Home.Name").fault().map(Fault::errCode)).contains(StandardErrorCode.INVALID_PATH);
        assertThat(get("Device.Home.Inside.").fault().map(Fault::errCode)).contains(StandardErrorCode.INVALID_PATH);
    }

    @Test
    @Requirement("R-GIN.1")
    void unreadable_keys_are_not_told_with_instances() {
        deny(Right.READ_PARAMETER, "Device.Home.Room.1.Alias");

        var result = ((GetInstancesResponse) ask(new GetInstancesRequest(List.of("Device.Home.Room."), true)))
                .requestedPathResults()
                .getFirst();

        assertThat(result.currentInstances().getFirst().uniqueKeys()).isEqualTo(Map.of("Name", "kitchen"));
    }

    @Test
    @Requirement("R-GIN.0")
    void an_unreadable_parameter_finds_nothing_in_a_search() {
        deny(Right.READ_PARAMETER, "Device.Home.Room.1.Alias");

        assertThat(get("Device.Home.Room.[Alias==\"k\"].Name").resolvedPathResults())
                .isEmpty();
        deny(Right.READ_ROW, "Device.Home.Room.1.");
        assertThat(((GetInstancesResponse) ask(new GetInstancesRequest(List.of("Device.Home.Room."), false)))
                        .requestedPathResults()
                        .getFirst()
                        .currentInstances())
                .isEmpty();
        assertThat(((GetInstancesResponse) ask(new GetInstancesRequest(List.of("Device.Home.Room.1."), false)))
                        .requestedPathResults()
                        .getFirst()
                        .fault()
                        .map(Fault::errCode))
                .contains(StandardErrorCode.OBJECT_DOES_NOT_EXIST);
    }

    @Test
    @Requirement("R-ADD.6")
    void unreadable_keys_are_not_told_of_a_new_row() {
        deny(Right.READ_PARAMETER, "Device.Home.Room.2.Alias");

        AddResponse response = (AddResponse) ask(new AddRequest(
                false, List.of(new CreateObject("Device.Home.Room.", Stage.settings(Map.of("Name", "bath"))))));

        assertThat(((AddResponse.OperationSuccess)
                                response.createdObjectResults().getFirst().operationStatus())
                        .uniqueKeys())
                .isEqualTo(Map.of("Name", "bath"));
    }

    @Test
    @Requirement("R-SET.3")
    void an_unreadable_parameter_can_be_written_and_is_not_told_back() {
        deny(Right.READ_PARAMETER, "Device.Home.Level");

        SetResponse response = (SetResponse) ask(new SetRequest(
                false,
                List.of(new UpdateObject("Device.Home.", Stage.settings(Map.of("Level", "3", "Lamp", "true"))))));

        assertThat(((SetResponse.OperationSuccess)
                                response.updatedObjectResults().getFirst().operationStatus())
                        .updatedInstanceResults()
                        .getFirst()
                        .updatedParams())
                .isEqualTo(Map.of("Lamp", "true"));
        assertThat(model.snapshot().value("Device.Home.Level")).contains("3");
    }

    @Test
    @Requirement("R-SEC.1")
    void a_write_without_the_right_is_denied_and_changes_nothing() {
        deny(Right.WRITE_PARAMETER, "Device.Home.Level");
        deny(Right.ADD_ROW, "Device.Home.Room.");
        deny(Right.OPERATE, "Device.Home.Quiet()");

        UspError set = (UspError) ask(new SetRequest(
                false, List.of(new UpdateObject("Device.Home.", Stage.settings(Map.of("Level", "3"))))));
        UspError add = (UspError) ask(new AddRequest(false, List.of(new CreateObject("Device.Home.Room.", List.of()))));
        OperateResponse operate = (OperateResponse) ask(new OperateRequest("Device.Home.Quiet()", "", true, Map.of()));

        assertThat(set.parameterErrors().getFirst().fault().errCode()).isEqualTo(StandardErrorCode.PERMISSION_DENIED);
        assertThat(add.fault().errCode()).isEqualTo(StandardErrorCode.PERMISSION_DENIED);
        assertThat(((OperateResponse.CommandFailure)
                                operate.operationResults().getFirst().outcome())
                        .fault()
                        .errCode())
                .isEqualTo(StandardErrorCode.PERMISSION_DENIED);
        assertThat(model.snapshot().value("Device.Home.Level")).contains("0");
        assertThat(model.snapshot().object("Device.Home.Room.2.")).isEmpty();
        assertThat(stage.device().calls()).isEmpty();
    }

    @Test
    @Requirement({"R-DEL.1", "R-DEL.3"})
    void a_row_without_the_right_to_delete_it_survives_and_is_told() {
        deny(Right.DELETE_ROW, "Device.Home.Room.1.");

        UspError whole = (UspError) ask(new DeleteRequest(false, List.of("Device.Home.Room.1.")));
        DeleteResponse partial = (DeleteResponse) ask(new DeleteRequest(true, List.of("Device.Home.Room.*.")));

        assertThat(whole.fault().errCode()).isEqualTo(StandardErrorCode.PERMISSION_DENIED);
        var status = (DeleteResponse.OperationSuccess)
                partial.deletedObjectResults().getFirst().operationStatus();
        assertThat(status.affectedPaths()).isEmpty();
        assertThat(status.unaffectedPathErrors())
                .extracting(error -> error.unaffectedPath())
                .containsExactly("Device.Home.Room.1.");
    }

    @Test
    @Requirement({"R-DEL.2", "R-DEL.4"})
    void rows_that_cannot_be_seen_are_in_neither_list_of_a_delete() {
        deny(Right.READ_ROW, "Device.Home.Room.1.");

        DeleteResponse response = (DeleteResponse) ask(new DeleteRequest(true, List.of("Device.Home.Room.*.")));

        assertThat(response.deletedObjectResults().getFirst().operationStatus())
                .isEqualTo(new DeleteResponse.OperationSuccess(List.of(), List.of()));
    }

    @Test
    @Requirement("R-GSP.0")
    void what_cannot_be_read_is_not_in_the_supported_data_model() {
        deny(Right.READ_OBJECT, "Device.Home.Inside.");
        deny(Right.READ_PARAMETER, "Device.Home.Level");
        deny(Right.READ_COMMAND_OR_EVENT, "Device.Home.Work()");

        List<SupportedObject> objects = ((GetSupportedDmResponse)
                        ask(new GetSupportedDmRequest(List.of("Device.Home."), false, true, true, true, true)))
                .requestedObjectResults()
                .getFirst()
                .supportedObjects();

        assertThat(objects)
                .extracting(SupportedObject::supportedObjPath)
                .doesNotContain("Device.Home.Inside.", "Device.Home.Inside.Deep.");
        assertThat(objects.getFirst().supportedParams())
                .extracting(SupportedParameter::paramName)
                .contains("Name")
                .doesNotContain("Level");
        assertThat(objects.getFirst().supportedCommands())
                .extracting(command -> command.commandName())
                .contains("Greet()")
                .doesNotContain("Work()");
    }

    @Test
    void a_defect_of_ours_is_an_internal_error_and_not_silence() {
        model.close();

        UspError error = (UspError) ask(new SetRequest(
                false, List.of(new UpdateObject("Device.Home.", Stage.settings(Map.of("Level", "3"))))));

        assertThat(error.fault().errCode()).isEqualTo(StandardErrorCode.INTERNAL_ERROR);
    }
}
