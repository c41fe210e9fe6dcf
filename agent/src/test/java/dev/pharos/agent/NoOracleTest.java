// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddRequest.CreateObject;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.GetInstancesRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetRequest.UpdateObject;
import dev.pharos.usp.message.UspError;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a controller may not read looks in every answer, to the letter, like what is not there.
final class NoOracleTest {
    private final Stage stage = Stage.open(Stage.config(List.of(
            ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL),
            ControllerConfig.of(Stage.OTHER, ControllerRole.UNTRUSTED))));
    private final LockstepController other = stage.controller(1);

    /// The other controller may do everything in the home but for two rooms, all persons, and some names.
    @BeforeEach
    void furnish() {
        for (String name : List.of("open", "secret", "public", "private")) {
            stage.add("Device.Home.Room.", Map.of("Name", name));
        }
        stage.add("Device.Home.Person.", Map.of("Alias", "hidden", "Name", "Ann"));
        String role = stage.add("Device.LocalAgent.ControllerTrust.Role.", Map.of("Name", "oracle", "Enable", "true"));
        permit(role, 1, "Device.Home.", "rwxn");
        permit(
                role,
                2,
                "Device.Home.Room.2.,Device.Home.Room.[Name==\"private\"].,Device.Home.Person.,"
                        + "Device.Home.Inside.,Device.Home.Level,Device.Home.Fail()",
                "----");
        stage.controller()
                .ask(new SetRequest(
                        false,
                        List.of(new UpdateObject(
                                "Device.LocalAgent.Controller.2.", Stage.settings(Map.of("AssignedRole", role))))));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private void permit(String role, int order, String targets, String rights) {
        stage.add(
                role + "Permission.",
                Map.of(
                        "Enable", "true",
                        "Order", Integer.toString(order),
                        "Targets", targets,
                        "Param", rights,
                        "Obj", rights,
                        "InstantiatedObj", rights,
                        "CommandEvent", rights));
    }

    /// Asks the same of something hidden and of something that is not there.
    private void sameAnswer(String hidden, String absent, Function<String, Request<?>> request) {
        String answer = other.answer(request.apply(hidden)).toString().replace(hidden, "X");
        String control = other.answer(request.apply(absent)).toString().replace(absent, "X");
        assertThat(answer).as(hidden + " and " + absent).isEqualTo(control);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Device.Home.Room.2. Device.Home.Room.9.",
                "Device.Home.Room.4. Device.Home.Room.9.",
                "Device.Home.Inside. Device.Home.Inward.",
                "Device.Home.Person. Device.Home.Parson.",
                "Device.Home.Person.1. Device.Home.Parson.1.",
                "Device.Home.Person.[Alias==\"hidden\"]. Device.Home.Person.[Alias==\"nobody\"].",
                "Device.Home.Room.[Name==\"secret\"]. Device.Home.Room.[Name==\"nowhere\"]."
            })
    @Requirement({"R-GET.1", "R-GSP.0", "R-GIN.0", "R-DEL.2", "R-DEL.4", "R-SEC.1"})
    void a_hidden_object_looks_like_none(String pair) {
        String hidden = pair.substring(0, pair.indexOf(". ") + 1);
        String absent = pair.substring(pair.indexOf(". ") + 2);

        sameAnswer(hidden, absent, path -> new GetRequest(List.of(path), 0));
        sameAnswer(hidden, absent, path -> new GetRequest(List.of(path + "Name"), 0));
        sameAnswer(hidden, absent, path -> new GetInstancesRequest(List.of(path), false));
        sameAnswer(hidden, absent, path -> new GetSupportedDmRequest(List.of(path), false, true, true, true, true));
        sameAnswer(hidden, absent, path -> new DeleteRequest(true, List.of(path)));
        sameAnswer(hidden, absent, path -> new DeleteRequest(false, List.of(path)));
        sameAnswer(
                hidden,
                absent,
                path -> new SetRequest(false, List.of(new UpdateObject(path, Stage.settings(Map.of("Name", "new"))))));
        sameAnswer(
                hidden, absent, path -> new AddRequest(true, List.of(new CreateObject(path + "Sensor.", List.of()))));
        sameAnswer(hidden, absent, path -> new OperateRequest(path + "Knock()", "", true, Map.of()));
    }

    @Test
    @Requirement("R-GET.1")
    void a_search_through_a_hidden_table_is_one_through_none() {
        for (String more : List.of("*.", "*.Name", "[Name==\"Ann\"].")) {
            sameAnswer("Device.Home.Person.", "Device.Home.Parson.", table -> new GetRequest(List.of(table + more), 0));
        }
    }

    @Test
    @Requirement({"R-GET.1", "R-GSP.0"})
    void a_hidden_parameter_or_command_looks_like_none() {
        String hidden = "Device.Home.Level";
        String absent = "Device.Home.Lever";

        sameAnswer(hidden, absent, path -> new GetRequest(List.of(path), 0));
        sameAnswer(hidden, absent, path -> new GetSupportedDmRequest(List.of(path), false, true, true, true, true));
        sameAnswer(
                "Level",
                "Lever",
                name -> new SetRequest(
                        false,
                        List.of(new UpdateObject("Device.Home.", List.of(new ParameterSetting(name, "1", true))))));
        sameAnswer(
                "Level",
                "Lever",
                name -> new SetRequest(
                        true,
                        List.of(new UpdateObject("Device.Home.", List.of(new ParameterSetting(name, "1", false))))));
        sameAnswer("Fail()", "Fall()", name -> new OperateRequest("Device.Home." + name, "", true, Map.of()));
    }

    @Test
    @Requirement("R-SEC.1")
    void a_reference_to_something_hidden_is_one_to_nothing() {
        for (boolean required : List.of(true, false)) {
            for (boolean partial : List.of(true, false)) {
                Function<String, Request<?>> owner = person -> new SetRequest(
                        partial,
                        List.of(new UpdateObject(
                                "Device.Home.Room.1.", List.of(new ParameterSetting("Owner", person, required)))));
                sameAnswer("Device.Home.Person.1", "Device.Home.Person.7", owner);
                sameAnswer("Device.Home.Person.[Alias==\"hidden\"]", "Device.Home.Person.[Alias==\"nobody\"]", owner);
                sameAnswer("Device.Home.Person.[Name==\"Ann\"]", "Device.Home.Person.[Name==\"Bob\"]", owner);
            }
        }
        assertThat(stage.value("Device.Home.Room.1.Owner")).isEmpty();
    }

    @Test
    @Requirement("R-SEC.1")
    void a_key_that_something_hidden_has_is_refused_without_saying_whose_it_is() {
        Body refused = other.answer(new AddRequest(
                false, List.of(new CreateObject("Device.Home.Room.", Stage.settings(Map.of("Name", "secret"))))));
        assertThat(refused).isInstanceOf(UspError.class);
        assertThat(refused.toString()).doesNotContain("Room.2");

        Body seen = other.answer(new AddRequest(
                false, List.of(new CreateObject("Device.Home.Room.", Stage.settings(Map.of("Name", "public"))))));
        assertThat(seen.toString()).contains("Device.Home.Room.3.");
    }
}
