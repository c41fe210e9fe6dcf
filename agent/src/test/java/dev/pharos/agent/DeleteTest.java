// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.fixture.Stage;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeleteResponse.DeletedObjectResult;
import dev.pharos.usp.message.DeleteResponse.OperationFailure;
import dev.pharos.usp.message.DeleteResponse.OperationSuccess;
import dev.pharos.usp.message.UspError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DeleteTest {
    private final Stage stage = Stage.open();

    @BeforeEach
    void furnish() {
        stage.add("Device.Home.Room.", Map.of("Name", "kitchen"));
        stage.add("Device.Home.Room.", Map.of("Name", "bath"));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private List<DeletedObjectResult> delete(boolean allowPartial, String... paths) {
        return stage.controller()
                .ask(new DeleteRequest(allowPartial, List.of(paths)))
                .deletedObjectResults();
    }

    private UspError deleteInVain(String... paths) {
        return stage.controller().askInVain(new DeleteRequest(false, List.of(paths)));
    }

    private static OperationSuccess success(DeletedObjectResult result) {
        assertThat(result.operationStatus()).isInstanceOf(OperationSuccess.class);
        return (OperationSuccess) result.operationStatus();
    }

    private String rooms() {
        return stage.value("Device.Home.RoomNumberOfEntries");
    }

    @Test
    void a_row_is_deleted_by_number_key_or_search_and_told_by_number() {
        assertThat(success(delete(false, "Device.Home.Room.1.").getFirst()).affectedPaths())
                .containsExactly("Device.Home.Room.1.");
        assertThat(success(delete(false, "Device.Home.Room.[Name==\"bath\"].").getFirst())
                        .affectedPaths())
                .containsExactly("Device.Home.Room.2.");
        assertThat(rooms()).isEqualTo("0");
    }

    @Test
    @Requirement({"R-DEL.2a", "R-MSG.4a"})
    void a_search_without_match_is_an_empty_success_in_both_modes() {
        for (boolean allowPartial : new boolean[] {true, false}) {
            assertThat(success(delete(allowPartial, "Device.Home.Room.[Name==\"x\"].")
                                    .getFirst())
                            .affectedPaths())
                    .isEmpty();
        }
    }

    @Test
    @Requirement({"R-DEL.1", "R-DEL.2a"})
    void a_missing_instance_is_an_error_without_allow_partial_and_an_empty_success_with_it() {
        assertThat(deleteInVain("Device.Home.Room.9.").fault().errCode())
                .isEqualTo(StandardErrorCode.OBJECT_DOES_NOT_EXIST);
        assertThat(success(delete(true, "Device.Home.Room.9.").getFirst()).affectedPaths())
                .isEmpty();
    }

    @Test
    @Requirement("R-DEL.1")
    void without_allow_partial_anything_wrong_keeps_everything() {
        for (String wrong : List.of(
                "Device.Home.Room.9.",
                "Device.Home.Inside.",
                "Device.Home.Room.",
                "Device.Home.Fixed.1.",
                "Device.Nope.1.",
                "Device.Home.Name")) {
            UspError error = deleteInVain("Device.Home.Room.1.", wrong);

            assertThat(error.parameterErrors())
                    .extracting(failure -> failure.paramPath())
                    .containsExactly(wrong);
        }
        assertThat(rooms()).isEqualTo("2");
    }

    @Test
    @Requirement({"R-DEL.0", "R-DEL.3"})
    void with_allow_partial_what_can_go_goes_and_survivors_are_told_within_success() {
        List<DeletedObjectResult> results =
                delete(true, "Device.Home.Fixed.*.", "Device.Home.Inside.", "Device.Home.Room.*.");

        OperationSuccess survivors = success(results.get(0));
        assertThat(survivors.affectedPaths()).isEmpty();
        assertThat(survivors.unaffectedPathErrors())
                .extracting(one ->
                        one.unaffectedPath() + " " + one.fault().errCode().code())
                .containsExactly("Device.Home.Fixed.1. 7024");
        assertThat(results.get(1).operationStatus()).isInstanceOf(OperationFailure.class);
        assertThat(success(results.get(2)).affectedPaths())
                .containsExactly("Device.Home.Room.1.", "Device.Home.Room.2.");
        assertThat(rooms()).isEqualTo("0");
    }

    @Test
    void a_row_and_its_child_can_be_named_in_one_message() {
        stage.add("Device.Home.Room.1.Sensor.", Map.of("Name", "t"));

        List<DeletedObjectResult> results = delete(false, "Device.Home.Room.1.", "Device.Home.Room.1.Sensor.1.");

        assertThat(success(results.get(1)).affectedPaths()).containsExactly("Device.Home.Room.1.Sensor.1.");
    }

    @Test
    @Requirement("R-ARC.12")
    void a_strong_reference_to_a_deleted_row_becomes_empty() {
        String person = stage.add("Device.Home.Person.", Map.of("Name", "Ann"));
        stage.add("Device.Home.Room.", Map.of("Name", "study", "Owner", "Device.Home.Person.1"));

        delete(false, person);

        assertThat(stage.value("Device.Home.Room.3.Owner")).isEmpty();
    }

    @Test
    @Requirement("R-ARC.8")
    void instance_numbers_are_not_used_again() {
        delete(false, "Device.Home.Room.2.");

        assertThat(stage.add("Device.Home.Room.", Map.of("Name", "hall"))).isEqualTo("Device.Home.Room.3.");
    }
}
