// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetRequest.UpdateObject;
import dev.pharos.usp.message.UspError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two controllers with different roles on one agent, beside one that administers both.
final class SeveralControllersTest {
    private static final String TRUST = "Device.LocalAgent.ControllerTrust.";

    private final Stage stage = Stage.open(Stage.config(List.of(
            ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL),
            ControllerConfig.of(Stage.OTHER, ControllerRole.UNTRUSTED),
            ControllerConfig.of(Stage.STRANGER, ControllerRole.UNTRUSTED))));
    private final LockstepController admin = stage.controller();
    private final LockstepController rooms = stage.controller(1);
    private final LockstepController persons = stage.controller(2);
    private String roomsRole = "";

    @BeforeEach
    void giveRoles() {
        roomsRole = role("rooms", "Device.Home.Room.");
        assign(2, roomsRole);
        assign(3, role("persons", "Device.Home.Person."));
        stage.add("Device.Home.Room.", Map.of("Name", "hall"));
        stage.add("Device.Home.Person.", Map.of("Name", "Ann"));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private String role(String name, String table) {
        String role = stage.add(TRUST + "Role.", Map.of("Name", name, "Enable", "true"));
        stage.add(
                role + "Permission.",
                Map.of(
                        "Enable", "true",
                        "Order", "1",
                        "Targets", table + ",Device.LocalAgent.Subscription.",
                        "Param", "rw-n",
                        "Obj", "rw-n",
                        "InstantiatedObj", "rw-n",
                        "CommandEvent", "r-xn"));
        return role;
    }

    private void assign(int controller, String roles) {
        admin.ask(set("Device.LocalAgent.Controller." + controller + ".", "AssignedRole", roles));
    }

    private static SetRequest set(String object, String parameter, String value) {
        return new SetRequest(false, List.of(new UpdateObject(object, Stage.settings(Map.of(parameter, value)))));
    }

    private static void subscribe(LockstepController by, String type, String references, boolean retry) {
        Stage.add(
                by,
                "Device.LocalAgent.Subscription.",
                Map.of(
                        "ID", type,
                        "Enable", "true",
                        "NotifType", type,
                        "ReferenceList", references,
                        "NotifRetry", Boolean.toString(retry)));
    }

    @Test
    @Requirement("R-SEC.1")
    void each_is_refused_what_the_other_may_do() {
        assertThat(rooms.answer(set("Device.Home.Room.1.", "Size", "3"))).isNotInstanceOf(UspError.class);
        assertThat(persons.answer(set("Device.Home.Person.1.", "Name", "Eve"))).isNotInstanceOf(UspError.class);

        Body first = rooms.answer(set("Device.Home.Person.1.", "Name", "Bob"));
        Body second = persons.answer(set("Device.Home.Room.1.", "Size", "4"));
        assertThat(((UspError) first).fault().errCode()).isEqualTo(StandardErrorCode.INVALID_PATH);
        assertThat(((UspError) second).fault().errCode()).isEqualTo(StandardErrorCode.INVALID_PATH);
        assertThat(stage.value("Device.Home.Room.1.Size")).isEqualTo("3");
        assertThat(stage.value("Device.Home.Person.1.Name")).isEqualTo("Eve");
    }

    @Test
    @Requirement({"R-SEC.1", "R-NOT.0"})
    void each_is_told_only_its_own() {
        for (LockstepController each : List.of(rooms, persons)) {
            subscribe(each, "ValueChange", "Device.Home.", false);
            subscribe(each, "ObjectCreation", "Device.Home.Room.,Device.Home.Person.", false);
            subscribe(each, "ObjectDeletion", "Device.Home.Room.,Device.Home.Person.", false);
            subscribe(each, "OperationComplete", "Device.Home.Room.*.Sweep()", false);
        }
        admin.ask(set("Device.Home.Room.1.", "Size", "7"));
        stage.add("Device.Home.Room.", Map.of("Name", "attic"));
        admin.ask(new DeleteRequest(false, List.of("Device.Home.Room.2.")));
        admin.ask(new OperateRequest("Device.Home.Room.1.Sweep()", "", true, Map.of()));
        admin.ask(set("Device.Home.Person.1.", "Name", "Joe"));

        assertThat(rooms.nextNotify().notification())
                .isEqualTo(new Notification.ValueChange("Device.Home.Room.1.Size", "7"));
        assertThat(rooms.nextNotify().notification()).isInstanceOf(Notification.ObjectCreation.class);
        assertThat(rooms.nextNotify().notification()).isEqualTo(new Notification.ObjectDeletion("Device.Home.Room.2."));
        assertThat(rooms.nextNotify().notification()).isInstanceOf(Notification.OperationComplete.class);
        assertThat(persons.nextNotify().notification())
                .isEqualTo(new Notification.ValueChange("Device.Home.Person.1.Name", "Joe"));
        assertThat(rooms.noNotification()).isTrue();
        assertThat(persons.noNotification()).isTrue();
    }

    @Test
    @Requirement("R-SEC.1")
    void a_right_taken_away_stops_what_waits_for_delivery() {
        subscribe(rooms, "ValueChange", "Device.Home.Room.", true);
        rooms.acknowledge(false);
        admin.ask(set("Device.Home.Room.1.", "Size", "8"));
        assertThat(rooms.nextNotify().notification()).isInstanceOf(Notification.ValueChange.class);

        admin.ask(set(roomsRole + "Permission.1.", "Param", "rw--"));
        stage.timer().advance(Duration.ofHours(1));

        assertThat(rooms.noNotification()).isTrue();
        Eventually.holds(() -> stage.timer().size() == 0);
    }

    @Test
    @Requirement("R-SEC.1")
    void a_right_given_counts_from_the_next_change_on() {
        subscribe(persons, "ValueChange", "Device.Home.", false);
        admin.ask(set("Device.Home.Room.1.", "Size", "8"));
        assign(3, roomsRole);
        admin.ask(set("Device.Home.Room.1.", "Size", "9"));

        assertThat(persons.nextNotify().notification())
                .isEqualTo(new Notification.ValueChange("Device.Home.Room.1.Size", "9"));
        assertThat(persons.noNotification()).isTrue();
    }

    @Test
    void a_banned_controller_is_told_nothing() {
        subscribe(rooms, "ValueChange", "Device.Home.Room.", false);
        assign(2, TRUST + "Role.5");

        admin.ask(set("Device.Home.Room.1.", "Size", "8"));

        assertThat(rooms.noNotification()).isTrue();
    }
}
