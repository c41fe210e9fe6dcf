// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.Limits;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddRequest.CreateObject;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.GetInstancesRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.NotifyResponse;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetRequest.UpdateObject;
import dev.pharos.usp.message.SetResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A controller that may do everything and means no good: the agent refuses what would fill it, and goes on serving the
/// other one.
final class HostileControllerTest {
    private static final int MANY = 10_000;
    private static final int ROOMS = 200;

    private final Stage stage = Stage.open(Stage.config(List.of(
            ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL),
            ControllerConfig.of(Stage.OTHER, ControllerRole.FULL))));
    private final LockstepController hostile = stage.controller(1);

    @AfterEach
    void the_other_one_is_served() {
        assertThat(stage.value("Device.Home.Serial")).isEqualTo("S1");
        stage.close();
    }

    private void furnish() {
        List<CreateObject> rooms = IntStream.range(0, ROOMS)
                .mapToObj(i -> new CreateObject("Device.Home.Room.", Stage.settings(Map.of("Name", "room " + i))))
                .toList();
        stage.controller().ask(new AddRequest(false, rooms));
    }

    private void refusedAsTooLarge(Request<?> request) {
        assertThat(hostile.askInVain(request).fault().errCode()).isEqualTo(StandardErrorCode.RESOURCES_EXCEEDED);
    }

    @Test
    void ten_thousand_subscriptions_are_refused_beyond_the_bound() {
        List<CreateObject> subscriptions = IntStream.range(0, MANY)
                .mapToObj(i -> new CreateObject(
                        "Device.LocalAgent.Subscription.",
                        Stage.settings(Map.of(
                                "ID", "s" + i, "NotifType", "ValueChange", "ReferenceList", "Device.Home.Name"))))
                .toList();

        AddResponse response = hostile.ask(new AddRequest(true, subscriptions));

        Map<Class<?>, Long> outcomes = response.createdObjectResults().stream()
                .collect(Collectors.groupingBy(one -> one.operationStatus().getClass(), Collectors.counting()));
        assertThat(outcomes)
                .containsEntry(AddResponse.OperationSuccess.class, (long) Limits.SUBSCRIPTIONS)
                .containsEntry(AddResponse.OperationFailure.class, (long) MANY - Limits.SUBSCRIPTIONS);
        assertThat(response.createdObjectResults().getLast().operationStatus())
                .isInstanceOfSatisfying(
                        AddResponse.OperationFailure.class,
                        failure ->
                                assertThat(failure.fault().errCode()).isEqualTo(StandardErrorCode.RESOURCES_EXCEEDED));
    }

    @Test
    void what_asks_for_everything_ten_thousand_times_is_refused_as_a_whole() {
        furnish();
        List<String> everything = Collections.nCopies(MANY, "Device.");

        refusedAsTooLarge(new GetRequest(everything, 0));
        refusedAsTooLarge(new GetInstancesRequest(Collections.nCopies(MANY, "Device.Home.Room."), false));
        refusedAsTooLarge(new GetSupportedDmRequest(everything, false, true, true, true, true));
        refusedAsTooLarge(new GetRequest(Collections.nCopies(200_000, "Device.Nowhere."), 0));
    }

    @Test
    void a_search_that_is_built_to_explode_is_refused_before_it_is_made() {
        furnish();
        String conditions = IntStream.range(0, dev.pharos.usp.Limits.MAX_CONDITIONS)
                .mapToObj(i -> "Name!=\"" + i + "\"")
                .collect(Collectors.joining("&&"));

        refusedAsTooLarge(new GetRequest(Collections.nCopies(MANY, "Device.Home.Room.[" + conditions + "].Name"), 0));
        refusedAsTooLarge(new DeleteRequest(false, Collections.nCopies(MANY, "Device.Home.Room.[Name==\"no\"].")));
    }

    @Test
    void a_set_that_writes_every_row_ten_thousand_times_writes_none() {
        furnish();
        List<UpdateObject> all = Collections.nCopies(
                MANY / 2, new UpdateObject("Device.Home.Room.*.", Stage.settings(Map.of("Size", "99"))));

        refusedAsTooLarge(new SetRequest(false, all));

        assertThat(stage.value("Device.Home.Room.1.Size")).isEqualTo("10");
    }

    @Test
    void where_a_part_is_enough_it_writes_what_it_can_and_says_what_it_did_not() {
        furnish();
        List<UpdateObject> all = Collections.nCopies(
                1_000, new UpdateObject("Device.Home.Room.*.", Stage.settings(Map.of("Size", "99"))));

        SetResponse response = hostile.ask(new SetRequest(true, all));

        assertThat(response.updatedObjectResults()).hasSize(1_000);
        assertThat(response.updatedObjectResults().getFirst().operationStatus())
                .isInstanceOf(SetResponse.OperationSuccess.class);
        assertThat(response.updatedObjectResults().getLast().operationStatus())
                .isInstanceOfSatisfying(
                        SetResponse.OperationFailure.class,
                        failure ->
                                assertThat(failure.fault().errCode()).isEqualTo(StandardErrorCode.RESOURCES_EXCEEDED));
        assertThat(stage.value("Device.Home.Room.1.Size")).isEqualTo("99");
    }

    @Test
    void one_that_never_answers_its_notifications_holds_nobody_up() {
        hostile.acknowledge(false);
        for (LockstepController each : List.of(stage.controller(), hostile)) {
            Stage.add(
                    each,
                    "Device.LocalAgent.Subscription.",
                    Map.of(
                            "ID", "level",
                            "Enable", "true",
                            "NotifType", "ValueChange",
                            "ReferenceList", "Device.Home.Inside.Deep.Bottom",
                            "NotifRetry", "true"));
        }
        int changes = 3 * Limits.UNANSWERED_NOTIFICATIONS;
        for (int i = 1; i <= changes; i++) {
            stage.device().publish("Device.Home.Inside.Deep.Bottom", "v" + i);
        }

        for (int i = 1; i <= changes; i++) {
            assertThat(stage.controller().nextNotify().notification())
                    .isEqualTo(new Notification.ValueChange("Device.Home.Inside.Deep.Bottom", "v" + i));
        }
        for (int i = 1; i <= Limits.UNANSWERED_NOTIFICATIONS; i++) {
            hostile.nextNotify();
        }
        assertThat(hostile.noNotification()).isTrue();
    }

    @Test
    void one_that_answers_what_was_never_sent_is_not_heeded() {
        for (int i = 0; i < 100; i++) {
            hostile.send(new MessageId("never-" + i), new NotifyResponse("no such subscription"));
        }

        assertThat(hostile.noAnswer()).isTrue();
    }
}
