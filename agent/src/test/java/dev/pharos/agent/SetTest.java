// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.fixture.Stage;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.ParameterError;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetRequest.UpdateObject;
import dev.pharos.usp.message.SetResponse.OperationFailure;
import dev.pharos.usp.message.SetResponse.OperationStatus;
import dev.pharos.usp.message.SetResponse.OperationSuccess;
import dev.pharos.usp.message.SetResponse.UpdatedInstanceResult;
import dev.pharos.usp.message.SetResponse.UpdatedObjectResult;
import dev.pharos.usp.message.UspError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SetTest {
    private final Stage stage = Stage.open();

    @AfterEach
    void close() {
        stage.close();
    }

    private static UpdateObject update(String path, ParameterSetting... settings) {
        return new UpdateObject(path, List.of(settings));
    }

    private static ParameterSetting required(String name, String value) {
        return new ParameterSetting(name, value, true);
    }

    private static ParameterSetting optional(String name, String value) {
        return new ParameterSetting(name, value, false);
    }

    private List<UpdatedObjectResult> set(boolean allowPartial, UpdateObject... objects) {
        return stage.controller()
                .ask(new SetRequest(allowPartial, List.of(objects)))
                .updatedObjectResults();
    }

    private UspError setInVain(UpdateObject... objects) {
        return stage.controller().askInVain(new SetRequest(false, List.of(objects)));
    }

    private static List<UpdatedInstanceResult> success(UpdatedObjectResult result) {
        OperationStatus status = result.operationStatus();
        assertThat(status).isInstanceOf(OperationSuccess.class);
        return ((OperationSuccess) status).updatedInstanceResults();
    }

    @Test
    @Requirement("R-ENC.6")
    void what_was_written_is_told_as_it_is_afterwards_even_if_it_was_so_before() {
        List<UpdatedInstanceResult> instances = success(set(
                        false,
                        update(
                                "Device.Home.",
                                required("Level", "+03"),
                                required("Name", "home"),
                                required("Lamp", "1")))
                .getFirst());

        assertThat(instances)
                .containsExactly(new UpdatedInstanceResult(
                        "Device.Home.", List.of(), Map.of("Level", "3", "Name", "home", "Lamp", "true")));
    }

    @Test
    @Requirement("R-SET.3")
    void a_secret_that_was_written_is_not_told_back() {
        List<UpdatedInstanceResult> instances = success(
                set(false, update("Device.Home.", required("Secret", "hush"))).getFirst());

        assertThat(instances.getFirst().updatedParams()).isEqualTo(Map.of("Secret", ""));
    }

    @Test
    void an_optional_parameter_that_fails_is_told_in_both_modes_and_hinders_nothing() {
        for (boolean allowPartial : new boolean[] {true, false}) {
            UpdatedInstanceResult instance = success(set(
                                    allowPartial,
                                    update(
                                            "Device.Home.",
                                            required("Lamp", "true"),
                                            optional("Level", "99"),
                                            optional("Nope", "1")))
                            .getFirst())
                    .getFirst();

            assertThat(instance.updatedParams()).isEqualTo(Map.of("Lamp", "true"));
            assertThat(instance.paramErrors())
                    .extracting(error ->
                            error.param() + " " + error.fault().errCode().code())
                    .containsExactly("Level 7012", "Nope 7010");
        }
    }

    @Test
    void an_optional_parameter_that_only_the_device_refuses_hinders_nothing_either() {
        UpdatedInstanceResult instance = success(set(
                                false,
                                update(
                                        "Device.Home.",
                                        required("Name", "nest"),
                                        optional("Lamp", "true"),
                                        optional("Colour", "black")))
                        .getFirst())
                .getFirst();

        assertThat(instance.updatedParams()).isEqualTo(Map.of("Name", "nest", "Lamp", "true"));
        assertThat(instance.paramErrors()).extracting(ParameterError::param).containsExactly("Colour");
        assertThat(stage.value("Device.Home.Colour")).isEmpty();
    }

    @Test
    @Requirement({"R-SET.1", "R-SET.2"})
    void without_allow_partial_a_required_failure_fails_everything_with_an_error() {
        UspError error = setInVain(
                update("Device.Home.", required("Lamp", "true")),
                update("Device.Home.Inside.", required("Warm", "tepid")));

        assertThat(error.fault().errCode()).isEqualTo(StandardErrorCode.INVALID_ARGUMENTS);
        assertThat(error.parameterErrors())
                .extracting(failure ->
                        failure.paramPath() + " " + failure.fault().errCode().code())
                .containsExactly("Device.Home.Inside.Warm 7011");
        assertThat(stage.value("Device.Home.Lamp")).isEqualTo("false");
    }

    @Test
    @Requirement("R-SET.1")
    void without_allow_partial_what_the_device_refuses_undoes_everything() {
        UspError error = setInVain(
                update("Device.Home.", required("Lamp", "true")), update("Device.Home.", required("Colour", "black")));

        assertThat(error.fault().errCode()).isEqualTo(StandardErrorCode.VALUE_CONFLICT);
        assertThat(stage.value("Device.Home.Lamp")).isEqualTo("false");
    }

    @Test
    @Requirement({"R-SET.0", "R-SET.2"})
    void with_allow_partial_valid_objects_are_written_beside_failing_ones() {
        List<UpdatedObjectResult> results = set(
                true,
                update("Device.Home.", required("Name", "nest"), required("Level", "many")),
                update("Device.Home.Inside.", required("Warm", "true")),
                update("Device.Nope.", required("A", "1")));

        assertThat(results)
                .extracting(UpdatedObjectResult::requestedPath)
                .containsExactly("Device.Home.", "Device.Home.Inside.", "Device.Nope.");
        OperationFailure failure = (OperationFailure) results.getFirst().operationStatus();
        assertThat(failure.fault().errCode()).isEqualTo(StandardErrorCode.REQUIRED_PARAMETER_FAILED);
        assertThat(failure.updatedInstanceFailures().getFirst().paramErrors())
                .extracting(ParameterError::param)
                .containsExactly("Level");
        assertThat(success(results.get(1))).hasSize(1);
        assertThat(((OperationFailure) results.get(2).operationStatus()).fault().errCode())
                .isEqualTo(StandardErrorCode.INVALID_PATH);
        assertThat(stage.value("Device.Home.Name")).isEqualTo("home");
        assertThat(stage.value("Device.Home.Inside.Warm")).isEqualTo("true");
    }

    @Test
    @Requirement({"R-SET.2a", "R-SET.2b"})
    void a_search_path_is_all_or_nothing_even_with_allow_partial() {
        stage.add("Device.Home.Room.", Map.of("Name", "kitchen"));
        stage.add("Device.Home.Room.", Map.of("Name", "bath"));

        UpdatedObjectResult result = set(
                        true, update("Device.Home.Room.*.", required("Name", "same"), optional("Open", "true")))
                .getFirst();

        assertThat(result.requestedPath()).isEqualTo("Device.Home.Room.*.");
        assertThat(result.operationStatus()).isInstanceOf(OperationFailure.class);
        assertThat(stage.value("Device.Home.Room.1.Name")).isEqualTo("kitchen");
        assertThat(stage.value("Device.Home.Room.1.Open")).isEqualTo("false");
    }

    @Test
    @Requirement("R-SET.2a")
    void the_failing_instances_of_a_search_path_are_named() {
        stage.add("Device.Home.Room.", Map.of("Name", "kitchen"));
        stage.add("Device.Home.Room.", Map.of("Name", "bath"));

        OperationFailure failure = (OperationFailure)
                set(true, update("Device.Home.Room.*.", required("Open", "true"), required("Size", "0")))
                        .getFirst()
                        .operationStatus();

        assertThat(failure.updatedInstanceFailures())
                .extracting(instance -> instance.affectedPath())
                .containsExactly("Device.Home.Room.1.", "Device.Home.Room.2.");
        assertThat(stage.value("Device.Home.Room.2.Open")).isEqualTo("false");
    }

    @Test
    @Requirement("R-MSG.4a")
    void a_search_without_match_succeeds_and_writes_nothing() {
        assertThat(success(set(false, update("Device.Home.Room.[Name==\"x\"].", required("Size", "3")))
                        .getFirst()))
                .isEmpty();
    }

    @Test
    void an_instance_that_does_not_exist_is_told_so() {
        assertThat(setInVain(update("Device.Home.Room.4.", required("Size", "3")))
                        .fault()
                        .errCode())
                .isEqualTo(StandardErrorCode.OBJECT_DOES_NOT_EXIST);
    }

    @Test
    @Requirement("R-KEY.2")
    void functional_keys_can_be_exchanged_within_one_message_and_stay_unique() {
        stage.add("Device.Home.Room.", Map.of("Name", "kitchen"));
        stage.add("Device.Home.Room.", Map.of("Name", "bath"));

        set(
                false,
                update("Device.Home.Room.1.", required("Name", "bath")),
                update("Device.Home.Room.2.", required("Name", "kitchen")));

        assertThat(stage.value("Device.Home.Room.1.Name")).isEqualTo("bath");
        assertThat(setInVain(update("Device.Home.Room.1.", required("Name", "kitchen")))
                        .fault()
                        .errCode())
                .isEqualTo(StandardErrorCode.DUPLICATE_KEY);
    }

    @Test
    @Requirement("R-KEY.1")
    void a_non_functional_key_is_frozen() {
        stage.add("Device.Home.Room.", Map.of("Name", "kitchen", "Alias", "one"));

        UspError error = setInVain(update("Device.Home.Room.1.", required("Alias", "two")));

        assertThat(error.parameterErrors().getFirst().fault().errCode())
                .isEqualTo(StandardErrorCode.NON_WRITEABLE_PARAMETER);
        assertThat(stage.value("Device.Home.Room.1.Alias")).isEqualTo("one");
    }

    @Test
    void a_read_only_parameter_is_not_written() {
        UspError error = setInVain(update("Device.Home.", required("Serial", "S2")));

        assertThat(error.parameterErrors().getFirst().fault().errCode())
                .isEqualTo(StandardErrorCode.NON_WRITEABLE_PARAMETER);
    }

    @Test
    void a_path_without_its_dot_is_a_syntax_error() {
        assertThat(setInVain(update("Device.Home", required("Lamp", "1")))
                        .fault()
                        .errCode())
                .isEqualTo(StandardErrorCode.INVALID_PATH_SYNTAX);
    }
}
