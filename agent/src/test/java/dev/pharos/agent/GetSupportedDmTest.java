// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.fixture.Stage;
import dev.pharos.usp.ErrorCode;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedDmResponse.CommandType;
import dev.pharos.usp.message.GetSupportedDmResponse.ObjectAccess;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterAccess;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterValueType;
import dev.pharos.usp.message.GetSupportedDmResponse.RequestedObjectResult;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedCommand;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedEvent;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedObject;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedParameter;
import dev.pharos.usp.message.GetSupportedDmResponse.UniqueKeySet;
import dev.pharos.usp.message.GetSupportedDmResponse.ValueChangeType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GetSupportedDmTest {
    private final Stage stage = Stage.open();

    @AfterEach
    void close() {
        stage.close();
    }

    private RequestedObjectResult all(String path, boolean firstLevelOnly) {
        return stage.controller()
                .ask(new GetSupportedDmRequest(List.of(path), firstLevelOnly, true, true, true, true))
                .requestedObjectResults()
                .getFirst();
    }

    private RequestedObjectResult nothing(String path) {
        return stage.controller()
                .ask(new GetSupportedDmRequest(List.of(path), false, false, false, false, false))
                .requestedObjectResults()
                .getFirst();
    }

    private static List<String> paths(RequestedObjectResult result) {
        return result.supportedObjects().stream()
                .map(SupportedObject::supportedObjPath)
                .toList();
    }

    private static ErrorCode code(RequestedObjectResult result) {
        return result.fault().map(Fault::errCode).orElseThrow();
    }

    @Test
    void an_object_is_described_with_everything_it_has() {
        RequestedObjectResult result = all("Device.Home.Room.{i}.", true);
        SupportedObject room = result.supportedObjects().getFirst();

        assertThat(result.dataModelInstUri()).isEqualTo("urn:broadband-forum-org:tr-181-2-19-0");
        assertThat(room.supportedObjPath()).isEqualTo("Device.Home.Room.{i}.");
        assertThat(room.access()).isEqualTo(ObjectAccess.ADD_DELETE);
        assertThat(room.isMultiInstance()).isTrue();
        assertThat(room.uniqueKeySets())
                .containsExactlyInAnyOrder(new UniqueKeySet(List.of("Name")), new UniqueKeySet(List.of("Alias")));
        assertThat(room.supportedCommands())
                .contains(new SupportedCommand("Sweep()", List.of(), List.of("Dust"), CommandType.ASYNC))
                .contains(new SupportedCommand("Knock()", List.of(), List.of("Heard"), CommandType.SYNC));
        assertThat(room.supportedEvents()).containsExactly(new SupportedEvent("Noise!", List.of()));
        assertThat(room.supportedParams())
                .contains(new SupportedParameter(
                        "Size", ParameterAccess.READ_WRITE, ParameterValueType.UNSIGNED_INT, ValueChangeType.ALLOWED))
                .contains(new SupportedParameter(
                        "Alias", ParameterAccess.READ_WRITE, ParameterValueType.STRING, ValueChangeType.ALLOWED));
    }

    @Test
    void a_silent_parameter_says_that_it_is() {
        assertThat(all("Device.Home.Ticks", false).supportedObjects().getFirst().supportedParams())
                .containsExactly(new SupportedParameter(
                        "Ticks",
                        ParameterAccess.READ_ONLY,
                        ParameterValueType.UNSIGNED_INT,
                        ValueChangeType.WILL_IGNORE));
    }

    @Test
    void the_first_level_has_immediate_children_without_what_they_hold() {
        RequestedObjectResult result = all("Device.Home.", true);

        assertThat(paths(result))
                .containsExactlyInAnyOrder(
                        "Device.Home.",
                        "Device.Home.Inside.",
                        "Device.Home.Empty.",
                        "Device.Home.Room.{i}.",
                        "Device.Home.Person.{i}.",
                        "Device.Home.Fixed.{i}.");
        assertThat(result.supportedObjects().getFirst().supportedParams()).isNotEmpty();
        assertThat(result.supportedObjects().getLast().supportedParams()).isEmpty();
        assertThat(result.supportedObjects().getLast().uniqueKeySets()).isNotEmpty();
    }

    @Test
    void all_levels_have_the_whole_tree_beneath() {
        assertThat(paths(all("Device.", false)))
                .contains("Device.Home.Room.{i}.Sensor.{i}.", "Device.LocalAgent.Subscription.{i}.");
    }

    @Test
    void only_what_is_asked_for_is_described() {
        SupportedObject home = nothing("Device.Home.").supportedObjects().getFirst();

        assertThat(home.supportedParams()).isEmpty();
        assertThat(home.supportedCommands()).isEmpty();
        assertThat(home.supportedEvents()).isEmpty();
        assertThat(home.uniqueKeySets()).isEmpty();
    }

    @Test
    void a_path_to_an_element_describes_that_one_whatever_the_flags_say() {
        SupportedObject command =
                nothing("Device.Home.Greet()").supportedObjects().getFirst();
        SupportedObject event = nothing("Device.Home.Alarm!").supportedObjects().getFirst();

        assertThat(command.supportedCommands())
                .containsExactly(new SupportedCommand(
                        "Greet()", List.of("Name", "Greeting"), List.of("Text"), CommandType.SYNC));
        assertThat(command.supportedParams()).isEmpty();
        assertThat(event.supportedEvents()).containsExactly(new SupportedEvent("Alarm!", List.of("Kind")));
    }

    @Test
    void an_instance_may_stand_for_its_definition_if_it_exists() {
        stage.add("Device.Home.Room.", Map.of("Name", "kitchen"));

        assertThat(paths(all("Device.Home.Room.1.", true))).contains("Device.Home.Room.{i}.");
        assertThat(paths(all("Device.Home.Room.", true))).contains("Device.Home.Room.{i}.");
        assertThat(paths(all("Device.Home.Room.1.Sensor.", true))).containsExactly("Device.Home.Room.{i}.Sensor.{i}.");
        assertThat(code(all("Device.Home.Room.2.", true))).isEqualTo(StandardErrorCode.OBJECT_DOES_NOT_EXIST);
    }

    @Test
    void what_is_not_supported_is_an_invalid_path() {
        assertThat(code(all("Device.Nope.", true))).isEqualTo(StandardErrorCode.INVALID_PATH);
        assertThat(code(all("Device.Home.Nope()", true))).isEqualTo(StandardErrorCode.INVALID_PATH);
        assertThat(code(all("Device.Home.Nope", true))).isEqualTo(StandardErrorCode.INVALID_PATH);
        assertThat(code(all("Device.Home.Room.{i}.Sensor.1.", true))).isEqualTo(StandardErrorCode.INVALID_PATH_SYNTAX);
        assertThat(code(all("Device.Home.Room.*.", true))).isEqualTo(StandardErrorCode.INVALID_PATH_SYNTAX);
    }
}
