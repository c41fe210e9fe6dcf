// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.fixture.Stage;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.ErrorCode;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.GetInstancesRequest;
import dev.pharos.usp.message.GetInstancesResponse.CurrentInstance;
import dev.pharos.usp.message.GetInstancesResponse.RequestedPathResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GetInstancesTest {
    private final Stage stage = Stage.open();

    @BeforeEach
    void furnish() {
        stage.add("Device.Home.Room.", Map.of("Name", "kitchen", "Alias", "k"));
        stage.add("Device.Home.Room.", Map.of("Name", "bath", "Alias", "b"));
        stage.add("Device.Home.Room.2.Sensor.", Map.of("Name", "t", "Alias", "s"));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private RequestedPathResult instances(String path, boolean firstLevelOnly) {
        return stage.controller()
                .ask(new GetInstancesRequest(List.of(path), firstLevelOnly))
                .requestedPathResults()
                .getFirst();
    }

    private static List<String> paths(RequestedPathResult result) {
        return result.currentInstances().stream()
                .map(CurrentInstance::instantiatedObjPath)
                .toList();
    }

    private static ErrorCode code(RequestedPathResult result) {
        return result.fault().map(Fault::errCode).orElseThrow();
    }

    @Test
    void the_first_level_has_the_rows_of_the_table_with_all_their_keys() {
        assertThat(instances("Device.Home.Room.", true).currentInstances())
                .containsExactly(
                        new CurrentInstance("Device.Home.Room.1.", Map.of("Name", "kitchen", "Alias", "k")),
                        new CurrentInstance("Device.Home.Room.2.", Map.of("Name", "bath", "Alias", "b")));
    }

    @Test
    void beyond_the_first_level_come_the_rows_of_tables_beneath() {
        assertThat(paths(instances("Device.Home.Room.", false)))
                .containsExactly("Device.Home.Room.1.", "Device.Home.Room.2.", "Device.Home.Room.2.Sensor.1.");
    }

    @Test
    @Requirement("R-MSG.3")
    void search_paths_name_tables_beneath_rows_and_rows_themselves() {
        assertThat(paths(instances("Device.Home.Room.*.Sensor.", true)))
                .containsExactly("Device.Home.Room.2.Sensor.1.");
        assertThat(paths(instances("Device.Home.Room.[Alias==\"b\"].", true))).containsExactly("Device.Home.Room.2.");
        assertThat(paths(instances("Device.Home.Room.[Alias==\"b\"].", false)))
                .containsExactly("Device.Home.Room.2.", "Device.Home.Room.2.Sensor.1.");
    }

    @Test
    @Requirement("R-MSG.4a")
    void a_search_without_match_is_an_empty_success() {
        RequestedPathResult result = instances("Device.Home.Room.[Name==\"x\"].Sensor.", true);

        assertThat(result.fault()).isEmpty();
        assertThat(result.currentInstances()).isEmpty();
    }

    @Test
    void an_empty_table_is_an_empty_success() {
        assertThat(instances("Device.Home.Person.", false).fault()).isEmpty();
    }

    @Test
    void what_is_no_table_or_not_there_is_told_so() {
        assertThat(code(instances("Device.Home.Inside.", true))).isEqualTo(StandardErrorCode.OBJECT_IS_NOT_A_TABLE);
        assertThat(code(instances("Device.Home.Name", true))).isEqualTo(StandardErrorCode.OBJECT_IS_NOT_A_TABLE);
        assertThat(code(instances("Device.Nope.", true))).isEqualTo(StandardErrorCode.INVALID_PATH);
        assertThat(code(instances("Device.Home.Room.9.Sensor.", true)))
                .isEqualTo(StandardErrorCode.OBJECT_DOES_NOT_EXIST);
        assertThat(code(instances("Device.Home.[", true))).isEqualTo(StandardErrorCode.INVALID_PATH_SYNTAX);
    }
}
