// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.ErrorCode;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddRequest.CreateObject;
import dev.pharos.usp.message.AddResponse.CreatedObjectResult;
import dev.pharos.usp.message.AddResponse.OperationFailure;
import dev.pharos.usp.message.AddResponse.OperationSuccess;
import dev.pharos.usp.message.ParameterError;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.UspError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AddTest {
    private static final String ROOMS = "Device.Home.Room.";

    private final Stage stage = Stage.open();

    @AfterEach
    void close() {
        stage.close();
    }

    private static CreateObject create(String table, ParameterSetting... settings) {
        return new CreateObject(table, List.of(settings));
    }

    private static ParameterSetting required(String name, String value) {
        return new ParameterSetting(name, value, true);
    }

    private static ParameterSetting optional(String name, String value) {
        return new ParameterSetting(name, value, false);
    }

    private List<CreatedObjectResult> add(boolean allowPartial, CreateObject... objects) {
        return stage.controller()
                .ask(new AddRequest(allowPartial, List.of(objects)))
                .createdObjectResults();
    }

    private UspError addInVain(CreateObject... objects) {
        return stage.controller().askInVain(new AddRequest(false, List.of(objects)));
    }

    private static OperationSuccess success(CreatedObjectResult result) {
        assertThat(result.operationStatus()).isInstanceOf(OperationSuccess.class);
        return (OperationSuccess) result.operationStatus();
    }

    private static ErrorCode failure(CreatedObjectResult result) {
        assertThat(result.operationStatus()).isInstanceOf(OperationFailure.class);
        return ((OperationFailure) result.operationStatus()).fault().errCode();
    }

    private int rooms() {
        return Integer.parseInt(stage.value("Device.Home.RoomNumberOfEntries"));
    }

    @Test
    @Requirement("R-ADD.5")
    void missing_keys_are_made_and_all_keys_are_told() {
        OperationSuccess added =
                success(add(false, create(ROOMS, required("Size", "12"))).getFirst());

        assertThat(added.instantiatedPath()).isEqualTo("Device.Home.Room.1.");
        assertThat(added.uniqueKeys()).containsOnlyKeys("Name", "Alias");
        assertThat(added.uniqueKeys().get("Alias")).startsWith("cpe-");
        assertThat(stage.get("Device.Home.Room.1.")).containsEntry("Size", "12").containsEntry("Open", "false");
    }

    @Test
    void parameters_of_single_objects_beneath_the_row_can_be_given() {
        add(false, create(ROOMS, required("Name", "kitchen"), required("Stats.Visits", "4")));

        assertThat(stage.value("Device.Home.Room.1.Stats.Visits")).isEqualTo("4");
    }

    @Test
    @Requirement("R-ADD.4")
    void optional_parameters_that_fail_are_listed_with_why() {
        OperationSuccess added = success(
                add(false, create(ROOMS, required("Name", "kitchen"), optional("Size", "999"), optional("Nope", "1")))
                        .getFirst());

        assertThat(added.paramErrors())
                .extracting(
                        error -> error.param() + " " + error.fault().errCode().code())
                .containsExactly("Size 7012", "Nope 7010");
        assertThat(stage.value("Device.Home.Room.1.Size")).isEqualTo("10");
    }

    @Test
    @Requirement({"R-ADD.0", "R-ADD.3"})
    void with_allow_partial_valid_rows_are_made_beside_failing_ones() {
        List<CreatedObjectResult> results = add(
                true,
                create(ROOMS, required("Size", "999")),
                create(ROOMS, required("Name", "bath")),
                create("Device.Home.Fixed."),
                create("Device.Home.Nope."));

        assertThat(failure(results.get(0))).isEqualTo(StandardErrorCode.REQUIRED_PARAMETER_FAILED);
        assertThat(success(results.get(1)).uniqueKeys()).containsEntry("Name", "bath");
        assertThat(failure(results.get(2))).isEqualTo(StandardErrorCode.NON_CREATABLE_OBJECT);
        assertThat(failure(results.get(3))).isEqualTo(StandardErrorCode.INVALID_PATH);
        assertThat(rooms()).isEqualTo(1);
    }

    @Test
    @Requirement({"R-ADD.1", "R-ADD.3"})
    void without_allow_partial_one_failure_leaves_nothing_behind() {
        UspError error = addInVain(
                create(ROOMS, required("Name", "bath")),
                create(ROOMS, required("Name", "hall"), required("Size", "0")));

        assertThat(error.fault().errCode()).isEqualTo(StandardErrorCode.INVALID_ARGUMENTS);
        assertThat(error.parameterErrors())
                .extracting(failure -> failure.fault().errCode())
                .containsExactly(StandardErrorCode.INVALID_VALUE);
        assertThat(rooms()).isZero();
    }

    @Test
    @Requirement("R-ADD.3")
    void a_key_is_required_whatever_the_message_says() {
        add(false, create(ROOMS, required("Name", "bath")));

        assertThat(failure(add(true, create(ROOMS, optional("Name", "bath"))).getFirst()))
                .isEqualTo(StandardErrorCode.DUPLICATE_KEY);
        assertThat(failure(add(true, create(ROOMS, optional("Name", "a name that is too long")))
                        .getFirst()))
                .isEqualTo(StandardErrorCode.REQUIRED_PARAMETER_FAILED);
        assertThat(addInVain(create(ROOMS, optional("Name", "bath"))).fault().errCode())
                .isEqualTo(StandardErrorCode.DUPLICATE_KEY);
        assertThat(rooms()).isEqualTo(1);
    }

    @Test
    void a_search_path_adds_a_row_to_every_table_that_it_finds() {
        stage.add(ROOMS, Map.of("Name", "kitchen"));
        stage.add(ROOMS, Map.of("Name", "bath"));

        List<CreatedObjectResult> results = add(false, create("Device.Home.Room.*.Sensor.", required("Name", "t")));

        assertThat(results).extracting(CreatedObjectResult::requestedPath).containsOnly("Device.Home.Room.*.Sensor.");
        assertThat(results)
                .extracting(result -> success(result).instantiatedPath())
                .containsExactly("Device.Home.Room.1.Sensor.1.", "Device.Home.Room.2.Sensor.1.");
    }

    @Test
    @Requirement("R-ADD.2a")
    void a_search_path_without_allow_partial_adds_everywhere_or_nowhere() {
        stage.add(ROOMS, Map.of("Name", "kitchen"));
        stage.add(ROOMS, Map.of("Name", "bath"));
        stage.add("Device.Home.Room.2.Sensor.", Map.of("Name", "t"));

        UspError error = addInVain(create("Device.Home.Room.*.Sensor.", required("Name", "t")));

        assertThat(error.fault().errCode()).isEqualTo(StandardErrorCode.DUPLICATE_KEY);
        assertThat(stage.value("Device.Home.Room.1.SensorNumberOfEntries")).isEqualTo("0");
    }

    @Test
    @Requirement("R-MSG.4a")
    void a_search_that_finds_no_table_is_an_empty_success() {
        assertThat(add(false, create("Device.Home.Room.*.Sensor."))).isEmpty();
    }

    @Test
    void a_single_object_is_no_table() {
        assertThat(addInVain(create("Device.Home.Inside.")).fault().errCode())
                .isEqualTo(StandardErrorCode.OBJECT_IS_NOT_A_TABLE);
    }

    @Test
    void an_untrusted_controller_finds_no_table_to_add_to() {
        try (Stage untrusted = Stage.open(Stage.config(List.of(
                ControllerConfig.of(Stage.CONTROLLER, ControllerRole.UNTRUSTED),
                ControllerConfig.of(Stage.OTHER, ControllerRole.FULL))))) {
            UspError error = untrusted.controller().askInVain(new AddRequest(false, List.of(create(ROOMS))));

            assertThat(error.fault().errCode()).isEqualTo(StandardErrorCode.INVALID_PATH);
            assertThat(error.parameterErrors())
                    .extracting(failure -> failure.paramPath())
                    .containsExactly(ROOMS);
        }
    }

    @Test
    @Requirement({"R-ARC.11", "R-ARC.12"})
    void a_reference_may_be_written_by_key_and_reads_back_by_number() {
        stage.add("Device.Home.Person.", Map.of("Name", "Ann", "Alias", "ann"));

        OperationSuccess added = success(add(
                        false,
                        create(
                                ROOMS,
                                required("Name", "study"),
                                required("Owner", "Device.Home.Person.[Alias==\"ann\"]")))
                .getFirst());

        assertThat(stage.value(added.instantiatedPath() + "Owner")).isEqualTo("Device.Home.Person.1");
        assertThat(addInVain(create(ROOMS, required("Owner", "Device.Home.Person.9")))
                        .fault()
                        .errCode())
                .isEqualTo(StandardErrorCode.INVALID_VALUE);
    }

    @Test
    void the_order_of_parameters_does_not_matter() {
        List<ParameterError> errors = success(add(
                                false,
                                create(
                                        ROOMS,
                                        optional("Stats.Visits", "1"),
                                        required("Name", "a"),
                                        optional("Alias", "z")))
                        .getFirst())
                .paramErrors();

        assertThat(errors).isEmpty();
    }
}
