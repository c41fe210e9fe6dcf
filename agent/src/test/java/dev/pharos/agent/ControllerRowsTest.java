// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerMtp;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.Limits;
import dev.pharos.agent.connection.Route;
import dev.pharos.agent.fixture.DialledWay;
import dev.pharos.agent.fixture.DiallingStage;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddRequest.CreateObject;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeleteResponse;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.SetRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Controllers that others add to an agent over USP, and delete.
class ControllerRowsTest {
    private static final String TABLE = "Device.LocalAgent.Controller.";
    private static final String SECOND = TABLE + "2.";
    private static final String FULL = "Device.LocalAgent.ControllerTrust.Role.1";
    private static final String READ_ONLY = "Device.LocalAgent.ControllerTrust.Role.3";

    @TempDir
    Path folder;

    private final DiallingStage stage = new DiallingStage();
    private LockstepController manager = new LockstepController(Stage.CONTROLLER, Stage.AGENT);

    @AfterEach
    void close() {
        stage.close();
    }

    private UspAgent start(EndpointId... controllers) throws IOException {
        return stage.start(Stage.config(Stream.of(controllers)
                        .map(id -> ControllerConfig.of(id, ControllerRole.FULL)
                                .withMtps(List.of(new ControllerMtp.WebSocket(id + ".example", 443, "/usp", true))))
                        .toList())
                .withDataDirectory(folder));
    }

    private void manage() throws Exception {
        DialledWay next = stage.next();
        assertThat(next.controller()).isEqualTo(Stage.CONTROLLER);
        manager = next.connects();
    }

    private static AddRequest adding(String table, Map<String, String> parameters) {
        return new AddRequest(false, List.of(new CreateObject(table, Stage.settings(parameters))));
    }

    /// Adds a controller with a way to it, and returns its row.
    private String addSecond(String role) {
        String row = Stage.add(
                manager, TABLE, Map.of("EndpointID", Stage.OTHER.toString(), "Enable", "true", "AssignedRole", role));
        Stage.add(manager, row + "MTP.", Map.of("Enable", "true", "Protocol", "WebSocket"));
        manager.ask(new SetRequest(
                false,
                List.of(new SetRequest.UpdateObject(
                        row + "MTP.1.WebSocket.",
                        List.of(
                                new ParameterSetting("Host", "second.example", true),
                                new ParameterSetting("Path", "/usp", true))))));
        stage.settle();
        return row;
    }

    private static boolean reads(LockstepController controller) {
        return controller
                .ask(new GetRequest(List.of("Device.Home.Name"), 0))
                .requestedPathResults()
                .getFirst()
                .fault()
                .isEmpty();
    }

    @Test
    void one_that_is_added_is_dialled_and_may_what_its_role_says_and_outlives_a_restart() throws Exception {
        UspAgent agent = start(Stage.CONTROLLER);
        manage();
        assertThat(addSecond(READ_ONLY)).isEqualTo(SECOND);

        DialledWay second = stage.next();
        assertThat(second.controller()).isEqualTo(Stage.OTHER);
        assertThat(second.route())
                .isInstanceOfSatisfying(
                        Route.WebSocket.class,
                        way -> assertThat(way.host() + way.encrypted()).isEqualTo("second.exampletrue"));
        LockstepController there = second.connects();
        assertThat(reads(there)).isTrue();
        assertThat(there.answer(new DeleteRequest(false, List.of(SECOND))).toString())
                .as("read only")
                .doesNotContain("affectedPaths=[" + SECOND);

        stage.stop(agent);
        start(Stage.CONTROLLER);
        manage();
        LockstepController again = stage.next().connects();
        assertThat(again.endpointId()).isEqualTo(Stage.OTHER);
        assertThat(reads(again)).isTrue();
    }

    @Test
    void one_without_a_role_is_untrusted_and_only_who_may_adds_any() throws Exception {
        start(Stage.CONTROLLER);
        manage();
        addSecond("");
        LockstepController there = stage.next().connects();
        assertThat(reads(there)).isFalse();

        AddRequest third = adding(TABLE, Map.of("EndpointID", "proto::third", "AssignedRole", FULL));
        assertThat(there.answer(third).toString()).doesNotContain("OperationSuccess");
        Stage.set(manager, SECOND, "AssignedRole", READ_ONLY);
        assertThat(there.answer(third).toString()).doesNotContain("OperationSuccess");
        assertThat(manager.answer(third).toString()).contains("OperationSuccess");
    }

    @Test
    void one_whose_id_nobody_has_said_waits_disabled_and_is_named_once_whatever_restarts() throws Exception {
        UspAgent agent = start(Stage.CONTROLLER);
        manage();
        String row = Stage.add(manager, TABLE, Map.of("AssignedRole", FULL));
        assertThat(agent.model().snapshot().value(row + "EndpointID")).hasValue("cpe-EndpointID-2");
        assertThat(refused(row, Map.of("Enable", "true"))).contains("EndpointID");

        stage.stop(agent);
        UspAgent later = start(Stage.CONTROLLER);
        manage();
        assertThat(refused(row, Map.of("EndpointID", "nonsense"))).contains("EndpointID");
        assertThat(refused(row, Map.of("EndpointID", Stage.AGENT.toString()))).contains("R-ARC.2");
        Stage.set(manager, row, "EndpointID", Stage.OTHER.toString());
        assertThat(refused(row, Map.of("EndpointID", "proto::third"))).contains("written once");
        Stage.add(manager, row + "MTP.", Map.of("Enable", "true", "Protocol", "WebSocket"));
        Stage.set(manager, row + "MTP.1.WebSocket.", "Host", "second.example");
        Stage.set(manager, row, "Enable", "true");
        stage.settle();
        DialledWay way = stage.next();
        assertThat(way.controller()).isEqualTo(Stage.OTHER);
        assertThat(reads(way.connects())).isTrue();
        assertThat(later.model().snapshot().value(row + "EndpointID")).hasValue(Stage.OTHER.toString());
    }

    private String refused(String object, Map<String, String> values) {
        return manager.answer(
                        new SetRequest(false, List.of(new SetRequest.UpdateObject(object, Stage.settings(values)))))
                .toString();
    }

    @Test
    void one_that_is_deleted_loses_its_connection_its_subscriptions_and_what_waited_for_it() throws Exception {
        UspAgent agent = start(Stage.CONTROLLER);
        manage();
        addSecond(FULL);
        LockstepController there = stage.next().connects();
        there.acknowledge(false);
        Stage.add(
                there,
                "Device.LocalAgent.Subscription.",
                Map.of(
                        "Enable", "true",
                        "ID", "names",
                        "NotifType", "ValueChange",
                        "ReferenceList", "Device.Home.Name",
                        "NotifRetry", "true",
                        "Persistent", "true"));
        String threshold = Stage.add(there, "Device.LocalAgent.Threshold.", Map.of("Alias", "its"));
        String watchdog = Stage.add(there, "Device.LocalAgent.Watchdog.", Map.of("Alias", "its"));
        String other = Stage.add(manager, "Device.LocalAgent.Watchdog.", Map.of("Alias", "another's"));
        Stage.set(manager, "Device.Home.", "Name", "other");
        there.nextNotify();

        assertThat(there.answer(new DeleteRequest(false, List.of(SECOND))))
                .as("it may do so itself, and is told")
                .isInstanceOf(DeleteResponse.class);
        stage.settle();
        Eventually.holds(() -> !there.isConnected());
        assertThat(agent.model().snapshot().object(SECOND)).isEmpty();
        assertThat(agent.model().snapshot().value("Device.LocalAgent.SubscriptionNumberOfEntries"))
                .hasValue("0");
        assertThat(agent.model().snapshot().object(threshold)).isEmpty();
        assertThat(agent.model().snapshot().object(watchdog)).isEmpty();
        assertThat(agent.model().snapshot().object(other)).isPresent();

        stage.stop(agent);
        UspAgent later = start(Stage.CONTROLLER);
        manage();
        assertThat(later.model().snapshot().value("Device.LocalAgent.ControllerNumberOfEntries"))
                .hasValue("1");
        assertThat(addSecond(FULL)).as("a number is not used again").isNotEqualTo(SECOND);
        LockstepController anew = stage.next().connects();
        assertThat(anew.noNotification()).isTrue();
    }

    /// Disables the second controller, which wants to be told of that and takes nothing for the moment.
    private DialledWay disableWhileFull() throws Exception {
        start(Stage.CONTROLLER);
        manage();
        addSecond(FULL);
        DialledWay way = stage.next();
        LockstepController there = way.connects();
        Stage.add(
                there,
                "Device.LocalAgent.Subscription.",
                Map.of("Enable", "true", "ID", "end", "NotifType", "ValueChange", "ReferenceList", SECOND + "Enable"));
        way.full(true);
        Stage.set(manager, SECOND, "Enable", "false");
        stage.settle();
        assertThat(way.isClosed()).isFalse();
        return way;
    }

    @Test
    void one_that_is_disabled_is_told_so_before_its_connection_ends_however_slow_it_is() throws Exception {
        DialledWay way = disableWhileFull();

        way.full(false);

        assertThat(way.controllerThere().nextNotify().notification())
                .isEqualTo(new Notification.ValueChange(SECOND + "Enable", "false"));
        for (int i = 0; i < Limits.LAST_WORDS && !way.isClosed(); i++) {
            stage.settle();
        }
        assertThat(way.isClosed()).isTrue();
    }

    @Test
    void for_one_that_takes_nothing_the_end_is_not_put_off_for_ever() throws Exception {
        DialledWay way = disableWhileFull();

        for (int i = 0; i < Limits.LAST_WORDS; i++) {
            stage.settle();
        }
        assertThat(way.isClosed()).isTrue();
    }

    @Test
    void those_of_the_configuration_stay_until_it_names_them_no_more() throws Exception {
        UspAgent agent = start(Stage.CONTROLLER, Stage.OTHER);
        manage();
        assertThat(manager.answer(new DeleteRequest(false, List.of(SECOND))).toString())
                .contains("7024", "started with this controller");
        assertThat(agent.model().snapshot().object(SECOND)).isPresent();

        stage.stop(agent);
        UspAgent without = start(Stage.CONTROLLER);
        assertThat(without.model().snapshot().object(SECOND)).isEmpty();
    }

    @Test
    void what_cannot_be_a_controller_is_refused() throws Exception {
        UspAgent agent = start(Stage.CONTROLLER);
        manage();
        for (String wrong : List.of(Stage.AGENT.toString(), "nonsense", Stage.CONTROLLER.toString())) {
            assertThat(manager.answer(adding(TABLE, Map.of("EndpointID", wrong)))
                            .toString())
                    .as(wrong)
                    .doesNotContain("OperationSuccess");
        }
        assertThat(manager.answer(adding(TABLE, Map.of("Enable", "true"))).toString())
                .doesNotContain("OperationSuccess");
        assertThat(agent.model().snapshot().value("Device.LocalAgent.ControllerNumberOfEntries"))
                .hasValue("1");

        for (int i = 2; i <= Limits.CONTROLLERS; i++) {
            assertThat(manager.answer(adding(TABLE, Map.of("EndpointID", "proto::c" + i)))
                            .toString())
                    .contains("OperationSuccess");
        }
        assertThat(manager.answer(adding(TABLE, Map.of("EndpointID", "proto::one-more")))
                        .toString())
                .contains("at most " + Limits.CONTROLLERS);
    }
}
