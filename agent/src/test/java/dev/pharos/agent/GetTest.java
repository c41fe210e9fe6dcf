// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.ErrorCode;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse.RequestedPathResult;
import dev.pharos.usp.message.GetResponse.ResolvedPathResult;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetRequest.UpdateObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GetTest {
    private final Stage stage = Stage.open();

    @AfterEach
    void close() {
        stage.close();
    }

    private RequestedPathResult get(String path, int depth) {
        return stage.controller()
                .ask(new GetRequest(List.of(path), depth))
                .requestedPathResults()
                .getFirst();
    }

    private RequestedPathResult get(String path) {
        return get(path, 0);
    }

    private static ErrorCode code(RequestedPathResult result) {
        return result.fault().map(Fault::errCode).orElseThrow();
    }

    private static List<String> paths(RequestedPathResult result) {
        return result.resolvedPathResults().stream()
                .map(ResolvedPathResult::resolvedPath)
                .toList();
    }

    @Test
    @Requirement({"R-GET.2", "R-GET.3"})
    void a_parameter_path_gives_its_object_and_nothing_but_that_parameter() {
        assertThat(get("Device.Home.Name").resolvedPathResults())
                .containsExactly(new ResolvedPathResult("Device.Home.", Map.of("Name", "home")));
    }

    @Test
    @Requirement({"R-GET.2", "R-MSG.3", "R-ARC.10"})
    void a_wildcard_parameter_path_gives_one_object_with_its_number_for_each_row() {
        stage.add("Device.Home.Room.", Map.of("Name", "kitchen"));
        stage.add("Device.Home.Room.", Map.of("Name", "bath"));

        assertThat(get("Device.Home.Room.*.Name").resolvedPathResults())
                .containsExactly(
                        new ResolvedPathResult("Device.Home.Room.1.", Map.of("Name", "kitchen")),
                        new ResolvedPathResult("Device.Home.Room.2.", Map.of("Name", "bath")));
    }

    @Test
    void sub_objects_have_results_of_their_own_with_local_names() {
        stage.add("Device.Home.Room.", Map.of("Name", "kitchen"));

        RequestedPathResult result = get("Device.Home.Room.1.");

        assertThat(paths(result)).containsExactly("Device.Home.Room.1.", "Device.Home.Room.1.Stats.");
        assertThat(result.resolvedPathResults().getLast().resultParams()).containsOnlyKeys("Visits");
    }

    @Test
    @Requirement("R-GET.5")
    void max_depth_counts_the_requested_object_and_a_table_with_its_row_as_one_level_each() {
        stage.add("Device.Home.Room.", Map.of("Name", "kitchen"));

        assertThat(paths(get("Device.Home.", 1))).containsExactly("Device.Home.");
        assertThat(paths(get("Device.Home.", 2)))
                .contains("Device.Home.", "Device.Home.Inside.", "Device.Home.Room.1.")
                .doesNotContain("Device.Home.Inside.Deep.", "Device.Home.Room.1.Stats.");
        assertThat(paths(get("Device.Home.", 3))).contains("Device.Home.Inside.Deep.", "Device.Home.Room.1.Stats.");
        assertThat(paths(get("Device.Home.", 0))).contains("Device.Home.Inside.Deep.");
        assertThat(paths(get("Device.Home.Room.", 1))).containsExactly("Device.Home.Room.1.");
    }

    @Test
    @Requirement("R-GET.0")
    void what_is_not_there_is_an_invalid_path() {
        assertThat(code(get("Device.Nope."))).isEqualTo(StandardErrorCode.INVALID_PATH);
        assertThat(code(get("Device.Home.Nope"))).isEqualTo(StandardErrorCode.INVALID_PATH);
        assertThat(code(get("Device.Home.Room.9."))).isEqualTo(StandardErrorCode.INVALID_PATH);
        assertThat(code(get("Device.Home.Room.9.Name"))).isEqualTo(StandardErrorCode.INVALID_PATH);
        assertThat(code(get("Device.Home.Room.9.Sensor."))).isEqualTo(StandardErrorCode.INVALID_PATH);
        assertThat(code(get("Device.Home.Nope.*.Name"))).isEqualTo(StandardErrorCode.INVALID_PATH);
        assertThat(code(get("Device.Home.Room.*.Nope"))).isEqualTo(StandardErrorCode.INVALID_PATH);
        assertThat(code(get("Device.Home.Greet()"))).isEqualTo(StandardErrorCode.INVALID_PATH);
    }

    @Test
    @Requirement({"R-GET.1a", "R-MSG.4a"})
    void a_search_without_match_is_an_empty_success() {
        for (String path :
                List.of("Device.Home.Room.*.", "Device.Home.Room.[Name==\"none\"].Size", "Device.Home.Room.*.Name")) {
            RequestedPathResult result = get(path);
            assertThat(result.fault()).isEmpty();
            assertThat(result.resolvedPathResults()).isEmpty();
        }
    }

    @Test
    @Requirement("R-GET.1b")
    void an_object_without_children_is_an_empty_success() {
        assertThat(get("Device.Home.Room.").fault()).isEmpty();
        assertThat(get("Device.Home.Room.").resolvedPathResults()).isEmpty();
        assertThat(get("Device.Home.Empty.").fault()).isEmpty();
        assertThat(get("Device.Home.Empty.").resolvedPathResults()).isEmpty();
    }

    @Test
    @Requirement({"R-ARC.9", "R-ARC.9a"})
    void a_search_finds_every_row_by_value_and_by_key_with_or_without_spaces() {
        stage.add("Device.Home.Room.", Map.of("Name", "kitchen", "Size", "20"));
        stage.add("Device.Home.Room.", Map.of("Name", "bath", "Size", "5"));

        assertThat(paths(get("Device.Home.Room.[Size>10].", 1))).containsExactly("Device.Home.Room.1.");
        assertThat(paths(get("Device.Home.Room.[Size > 4].", 1)))
                .containsExactly("Device.Home.Room.1.", "Device.Home.Room.2.");
        assertThat(paths(get("Device.Home.Room.[Name==\"bath\"].Size"))).containsExactly("Device.Home.Room.2.");
    }

    @Test
    void every_requested_path_has_its_result_even_the_same_twice() {
        var response = stage.controller()
                .ask(new GetRequest(List.of("Device.Home.Name", "Device.Home.[", "Device.Home.Name"), 0));

        assertThat(response.requestedPathResults())
                .extracting(RequestedPathResult::requestedPath)
                .containsExactly("Device.Home.Name", "Device.Home.[", "Device.Home.Name");
        assertThat(code(response.requestedPathResults().get(1))).isEqualTo(StandardErrorCode.INVALID_PATH_SYNTAX);
    }

    @Test
    void a_secured_parameter_reads_as_empty_text() {
        stage.controller()
                .ask(new SetRequest(
                        false, List.of(new UpdateObject("Device.Home.", Stage.settings(Map.of("Secret", "hush"))))));

        assertThat(stage.value("Device.Home.Secret")).isEmpty();
        assertThat(stage.agent().model().snapshot().value("Device.Home.Secret")).contains("hush");
        assertThat(code(get("Device.Home.Room.[Pin==\"1\"].Nope"))).isEqualTo(StandardErrorCode.INVALID_PATH);
    }

    @Test
    @Requirement({"R-GIN.0"})
    void a_secured_parameter_cannot_be_guessed_by_searching() {
        stage.add("Device.Home.Room.", Map.of("Name", "vault", "Pin", "1234"));

        assertThat(get("Device.Home.Room.[Pin==\"1234\"].Name").resolvedPathResults())
                .isEmpty();
    }

    @Test
    void a_controller_with_a_secured_role_reads_secrets() {
        try (Stage other =
                Stage.open(Stage.config(List.of(ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL_SECURED))))) {
            other.add("Device.Home.Room.", Map.of("Name", "vault", "Pin", "1234"));

            assertThat(other.value("Device.Home.Room.1.Pin")).isEqualTo("1234");
        }
    }

    @Test
    void a_live_parameter_is_read_from_its_device() {
        assertThat(stage.value("Device.Home.Ticks")).isEqualTo("7");
    }
}
