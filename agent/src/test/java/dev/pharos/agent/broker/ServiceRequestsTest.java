// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.agent.fixture.BrokerStage;
import dev.pharos.agent.fixture.HomeDevice;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeleteResponse;
import dev.pharos.usp.message.GetInstancesRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedDmResponse;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedObject;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetRequest.UpdateObject;
import dev.pharos.usp.message.SetResponse;
import dev.pharos.usp.message.UspError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a controller sees of a device that is a Service behind a broker: the same as if it were the agent's
/// own.
class ServiceRequestsTest {
    private final BrokerStage stage = new BrokerStage(Duration.ofSeconds(20));
    private final LockstepController controller = stage.controller();
    private HomeDevice device = new HomeDevice();

    @BeforeEach
    void start_the_service() {
        device = stage.home();
        await().until(() -> get("Device.Home.Serial").fault().isEmpty());
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private GetResponse.RequestedPathResult get(String path) {
        return controller
                .ask(new GetRequest(List.of(path), 0))
                .requestedPathResults()
                .getFirst();
    }

    private String value(String path) {
        return get(path)
                .resolvedPathResults()
                .getFirst()
                .resultParams()
                .values()
                .iterator()
                .next();
    }

    private String room(String name) {
        return Stage.add(controller, "Device.Home.Room.", Map.of("Name", name));
    }

    @Test
    void values_rows_and_searches_are_read_through_the_broker() {
        device.publish("Device.Home.Serial", "changed without a word");
        assertThat(value("Device.Home.Serial")).isEqualTo("changed without a word");
        String kitchen = room("kitchen");
        room("bath");
        assertThat(value("Device.Home.Room.[Name==\"kitchen\"].Name")).isEqualTo("kitchen");
        assertThat(value("Device.Home.RoomNumberOfEntries")).isEqualTo("2");
        device.context().update(transaction -> {
            transaction.delete(kitchen);
            return kitchen;
        });
        assertThat(get("Device.Home.Room.").resolvedPathResults())
                .noneMatch(result -> result.resolvedPath().startsWith(kitchen));
        assertThat(get("Device.Home.Nothing").fault().map(Fault::errCode)).contains(StandardErrorCode.INVALID_PATH);
        assertThat(get(kitchen + "Name").fault().map(Fault::errCode)).contains(StandardErrorCode.INVALID_PATH);
    }

    @Test
    void one_get_is_split_and_answered_in_the_order_of_the_request() {
        GetResponse response = controller.ask(new GetRequest(
                List.of("Device.Home.Serial", "Device.LocalAgent.EndpointID", "Device.Home.Name", "Device."), 0));
        assertThat(response.requestedPathResults())
                .extracting(GetResponse.RequestedPathResult::requestedPath)
                .containsExactly("Device.Home.Serial", "Device.LocalAgent.EndpointID", "Device.Home.Name", "Device.");
        assertThat(response.requestedPathResults())
                .allMatch(result -> result.fault().isEmpty());
        assertThat(response.requestedPathResults().getLast().resolvedPathResults())
                .extracting(GetResponse.ResolvedPathResult::resolvedPath)
                .contains("Device.LocalAgent.", "Device.Home.", "Device.Home.Inside.Deep.");
    }

    @Test
    void the_supported_data_model_of_the_service_is_part_of_the_agents() {
        GetSupportedDmResponse response =
                controller.ask(new GetSupportedDmRequest(List.of("Device."), false, true, true, true, true));
        List<SupportedObject> objects =
                response.requestedObjectResults().getFirst().supportedObjects();
        assertThat(objects)
                .extracting(SupportedObject::supportedObjPath)
                .contains("Device.LocalAgent.Subscription.{i}.", "Device.Home.Room.{i}.Sensor.{i}.")
                .doesNotHaveDuplicates();
        SupportedObject room = objects.stream()
                .filter(object -> object.supportedObjPath().equals("Device.Home.Room.{i}."))
                .findFirst()
                .orElseThrow();
        assertThat(room.isMultiInstance()).isTrue();
        assertThat(room.access()).isEqualTo(GetSupportedDmResponse.ObjectAccess.ADD_DELETE);
        assertThat(room.uniqueKeySets()).hasSize(2);
        assertThat(room.supportedCommands())
                .extracting(GetSupportedDmResponse.SupportedCommand::commandName)
                .containsExactly("Sweep()", "Knock()");
    }

    @Test
    void instances_are_listed_with_their_keys() {
        room("bath");
        assertThat(controller
                        .ask(new GetInstancesRequest(List.of("Device.Home.Room."), false))
                        .requestedPathResults()
                        .getFirst()
                        .currentInstances())
                .singleElement()
                .satisfies(instance -> assertThat(instance.uniqueKeys()).containsEntry("Name", "bath"));
    }

    @Test
    void a_set_is_carried_out_by_the_service_or_by_nobody() {
        controller.ask(new SetRequest(
                false, List.of(new UpdateObject("Device.Home.", Stage.settings(Map.of("Name", "villa"))))));
        assertThat(device.context().snapshot().value("Device.Home.Name")).contains("villa");
        UspError refused = controller.askInVain(new SetRequest(
                false,
                List.of(new UpdateObject("Device.Home.", Stage.settings(Map.of("Name", "x", "Colour", "black"))))));
        assertThat(refused.fault().errMsg()).contains("no black paint");
        assertThat(device.context().snapshot().value("Device.Home.Name")).contains("villa");
        assertThat(value("Device.Home.Name")).isEqualTo("villa");
    }

    @Test
    void all_or_nothing_may_not_span_services_and_then_nothing_happens() {
        List<UpdateObject> both = List.of(
                new UpdateObject("Device.Home.", Stage.settings(Map.of("Name", "villa"))),
                new UpdateObject("Device.LocalAgent.Controller.1.", Stage.settings(Map.of("ProvisioningCode", "p"))));
        assertThat(controller.askInVain(new SetRequest(false, both)).fault().errCode())
                .isEqualTo(StandardErrorCode.REQUEST_DENIED);
        assertThat(value("Device.Home.Name")).isEqualTo("home");
        assertThat(controller.ask(new SetRequest(true, both)).updatedObjectResults())
                .hasSize(2)
                .allMatch(result -> result.operationStatus() instanceof SetResponse.OperationSuccess);
        assertThat(value("Device.Home.Name")).isEqualTo("villa");
        assertThat(value("Device.LocalAgent.Controller.1.ProvisioningCode")).isEqualTo("p");
    }

    @Test
    void a_row_gets_the_number_that_the_service_gives_it() {
        String lost = device.context().update(transaction -> {
            String row = transaction.add("Device.Home.Person.");
            transaction.delete(row);
            return row;
        });
        assertThat(lost).isEqualTo("Device.Home.Person.1.");
        AddResponse response = controller.ask(new AddRequest(
                false,
                List.of(new AddRequest.CreateObject("Device.Home.Person.", Stage.settings(Map.of("Name", "Ann"))))));
        AddResponse.OperationSuccess made = (AddResponse.OperationSuccess)
                response.createdObjectResults().getFirst().operationStatus();
        assertThat(made.instantiatedPath()).isEqualTo("Device.Home.Person.2.");
        assertThat(made.uniqueKeys()).containsKey("Alias");
        assertThat(value("Device.Home.Person.2.Name")).isEqualTo("Ann");
        assertThat(device.context().snapshot().value("Device.Home.Person.2.Name"))
                .contains("Ann");
    }

    @Test
    void a_row_that_the_service_refuses_is_nowhere() {
        room("bath");
        AddResponse again = controller.ask(new AddRequest(
                true,
                List.of(
                        new AddRequest.CreateObject("Device.Home.Room.", Stage.settings(Map.of("Name", "bath"))),
                        new AddRequest.CreateObject("Device.Home.Room.", Stage.settings(Map.of("Name", "hall"))))));
        assertThat(again.createdObjectResults())
                .extracting(result -> result.operationStatus() instanceof AddResponse.OperationSuccess)
                .containsExactly(false, true);
        assertThat(value("Device.Home.RoomNumberOfEntries")).isEqualTo("2");
    }

    @Test
    void rows_are_deleted_at_the_service() {
        String bath = room("bath");
        DeleteResponse response = controller.ask(new DeleteRequest(false, List.of(bath)));
        assertThat(response.deletedObjectResults().getFirst().operationStatus())
                .isEqualTo(new DeleteResponse.OperationSuccess(List.of(bath), List.of()));
        assertThat(device.context().snapshot().object(bath)).isEmpty();
    }

    @Test
    void commands_run_at_the_service() {
        OperateResponse response = controller.ask(
                new OperateRequest("Device.Home.Greet()", "k", true, Map.of("Name", "Ann", "Greeting", "Hi")));
        assertThat(response.operationResults().getFirst().outcome())
                .isEqualTo(new OperateResponse.OutputArgs(Map.of("Text", "Hi Ann")));
        OperateResponse failing = controller.ask(new OperateRequest("Device.Home.Fail()", "k", true, Map.of()));
        assertThat(failing.operationResults().getFirst().outcome()).isInstanceOf(OperateResponse.CommandFailure.class);
    }

    @Test
    void an_asynchronous_command_has_a_row_here_and_its_end_is_told_here() {
        stageSubscription("OperationComplete", "Device.Home.Work()");
        OperateResponse response =
                controller.ask(new OperateRequest("Device.Home.Work()", "mine", true, Map.of("Steps", "3")));
        assertThat(((OperateResponse.RequestObject)
                                response.operationResults().getFirst().outcome())
                        .reqObjPath())
                .startsWith("Device.LocalAgent.Request.");
        assertThat(controller.nextNotify().notification())
                .isEqualTo(new Notification.OperationComplete(
                        "Device.Home.", "Work()", "mine", new Notification.OutputArgs(Map.of("Done", "3"))));
    }

    private void stageSubscription(String type, String references) {
        Stage.add(
                controller,
                "Device.LocalAgent.Subscription.",
                Map.of("ID", "s-" + type, "Enable", "true", "NotifType", type, "ReferenceList", references));
        // The broker subscribes at the Service, unless it has from the start.
        await().until(() -> type.equals("OperationComplete")
                || device.context().snapshot().object("Device.LocalAgent.").orElseThrow().rows("Subscription").stream()
                        .anyMatch(row -> row.value("NotifType").orElse("").equals(type)));
    }

    @Test
    void changes_at_the_service_are_told_to_subscribers_of_the_agent() {
        stageSubscription("ValueChange", "Device.Home.Serial");
        device.publish("Device.Home.Name", "not asked for");
        device.publish("Device.Home.Serial", "S2");
        assertThat(controller.nextNotify().notification())
                .isEqualTo(new Notification.ValueChange("Device.Home.Serial", "S2"));
    }

    @Test
    void new_and_lost_rows_and_events_are_told_too() {
        stageSubscription("ObjectCreation", "Device.Home.Person.");
        stageSubscription("ObjectDeletion", "Device.Home.Person.*.");
        stageSubscription("Event", "Device.Home.Alarm!");
        String row = device.context().update(transaction -> transaction.add("Device.Home.Person."));
        assertThat(controller.nextNotify().notification()).isInstanceOf(Notification.ObjectCreation.class);
        device.context().update(transaction -> {
            transaction.delete(row);
            return row;
        });
        assertThat(controller.nextNotify().notification()).isEqualTo(new Notification.ObjectDeletion(row));
        device.context().raise("Device.Home.", "Alarm!", Map.of("Kind", "fire"));
        assertThat(controller.nextNotify().notification())
                .isEqualTo(new Notification.Event("Device.Home.", "Alarm!", Map.of("Kind", "fire")));
    }

    @Test
    void who_may_see_nothing_sees_nothing_of_a_service_either() {
        LockstepController stranger = stage.stranger();
        assertThat(stranger.ask(new GetRequest(List.of("Device.Home.Serial", "Device."), 0))
                        .requestedPathResults())
                .allMatch(result -> result.resolvedPathResults().isEmpty());
        assertThat(stranger.askInVain(new SetRequest(
                        false, List.of(new UpdateObject("Device.Home.", Stage.settings(Map.of("Name", "x")))))))
                .isNotNull();
        assertThat(stranger.ask(new OperateRequest("Device.Home.Greet()", "k", true, Map.of("Name", "A")))
                        .operationResults()
                        .getFirst()
                        .outcome())
                .isInstanceOf(OperateResponse.CommandFailure.class);
        assertThat(device.calls()).isEmpty();
        assertThat(value("Device.Home.Name")).isEqualTo("home");
    }

    @Test
    void a_service_that_leaves_takes_its_paths_with_it() {
        stage.stopHome();
        await().until(() -> get("Device.Home.Serial")
                .fault()
                .map(Fault::errCode)
                .filter(StandardErrorCode.INVALID_PATH::equals)
                .isPresent());
        await().until(() ->
                get("Device.USPServices.USPService.").resolvedPathResults().isEmpty());
        assertThat(value("Device.LocalAgent.EndpointID")).isEqualTo(Stage.AGENT.toString());
    }
}
