// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddRequest.CreateObject;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.Notification.ObjectCreation;
import dev.pharos.usp.message.Notification.ObjectDeletion;
import dev.pharos.usp.message.Notification.ValueChange;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetRequest.UpdateObject;
import dev.pharos.usp.message.UspError;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SubscriptionTest {
    private final Stage stage = Stage.open(Stage.config(List.of(
            ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL),
            ControllerConfig.of(Stage.OTHER, ControllerRole.FULL),
            ControllerConfig.of(Stage.STRANGER, ControllerRole.UNTRUSTED))));
    private final LockstepController controller = stage.controller();

    @AfterEach
    void close() {
        stage.close();
    }

    private void set(LockstepController by, String object, Map<String, String> values) {
        by.ask(new SetRequest(false, List.of(new UpdateObject(object, Stage.settings(values)))));
    }

    private void set(String object, Map<String, String> values) {
        set(controller, object, values);
    }

    private static UnaryOperator<Map<String, String>> with(String name, String value) {
        return parameters -> {
            Map<String, String> more = new HashMap<>(parameters);
            more.put(name, value);
            return more;
        };
    }

    private Notification next() {
        return controller.nextNotify().notification();
    }

    @Test
    @Requirement({"R-NOT.0", "R-NOT.0a", "R-NOT.7"})
    void a_value_change_is_told_at_once_under_the_subscriptions_id() {
        stage.subscribe("ValueChange", "Device.Home.Level");
        long begin = System.nanoTime();

        stage.device().publish("Device.Home.Level", "4");

        NotifyRequest notify = controller.nextNotify();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
        assertThat(notify)
                .isEqualTo(new NotifyRequest("sub-ValueChange", false, new ValueChange("Device.Home.Level", "4")));
    }

    @Test
    @Requirement("R-NOT.0")
    void a_subscriber_is_told_of_its_own_changes_and_of_those_of_others() {
        stage.subscribe("ValueChange", "Device.Home.Level");

        set("Device.Home.", Map.of("Level", "1"));
        set(stage.controller(1), "Device.Home.", Map.of("Level", "2"));

        assertThat(next()).isEqualTo(new ValueChange("Device.Home.Level", "1"));
        assertThat(next()).isEqualTo(new ValueChange("Device.Home.Level", "2"));
        assertThat(stage.controller(1).noNotification()).isTrue();
    }

    @Test
    void writing_the_same_value_is_no_change() {
        stage.subscribe("ValueChange", "Device.Home.");

        set("Device.Home.", Map.of("Level", "0"));
        set("Device.Home.", Map.of("Name", "nest"));

        assertThat(next()).isEqualTo(new ValueChange("Device.Home.Name", "nest"));
    }

    @Test
    void an_object_path_stands_for_all_parameters_beneath_and_a_list_for_all_its_paths() {
        stage.subscribe("ValueChange", "Device.Home.Inside.,Device.Home.Room.[Name==\"a,b\"].Size");
        stage.add("Device.Home.Room.", Map.of("Name", "a,b"));
        stage.add("Device.Home.Room.", Map.of("Name", "other"));

        set("Device.Home.Room.2.", Map.of("Size", "3"));
        set("Device.Home.Room.1.", Map.of("Size", "4"));
        set("Device.Home.Inside.Deep.", Map.of("Bottom", "x"));

        assertThat(next()).isEqualTo(new ValueChange("Device.Home.Room.1.Size", "4"));
        assertThat(next()).isEqualTo(new ValueChange("Device.Home.Inside.Deep.Bottom", "x"));
    }

    @Test
    @Requirement("R-MSG.3")
    void a_wildcard_covers_rows_of_later_and_paths_have_their_numbers() {
        stage.subscribe("ValueChange", "Device.Home.Room.*.Open");
        stage.add("Device.Home.Room.", Map.of("Name", "a"));

        set("Device.Home.Room.1.", Map.of("Open", "true"));

        assertThat(next()).isEqualTo(new ValueChange("Device.Home.Room.1.Open", "true"));
    }

    @Test
    void a_followed_reference_covers_what_it_leads_to() {
        stage.add("Device.Home.Person.", Map.of("Name", "Ann"));
        stage.add("Device.Home.Room.", Map.of("Name", "a", "Owner", "Device.Home.Person.1"));
        stage.subscribe("ValueChange", "Device.Home.Room.1.Owner+.Name");

        set("Device.Home.Person.1.", Map.of("Name", "Anna"));

        assertThat(next()).isEqualTo(new ValueChange("Device.Home.Person.1.Name", "Anna"));
    }

    @Test
    void a_secret_is_told_as_empty_text() {
        stage.subscribe("ValueChange", "Device.Home.Secret");

        set("Device.Home.", Map.of("Secret", "hush"));

        assertThat(next()).isEqualTo(new ValueChange("Device.Home.Secret", ""));
    }

    @Test
    void new_and_deleted_rows_are_told() {
        stage.subscribe("ObjectCreation", "Device.Home.Room.");
        stage.subscribe("ObjectDeletion", "Device.Home.Room.*.");

        stage.add("Device.Home.Room.", Map.of("Name", "a", "Alias", "x"));
        stage.add("Device.Home.Room.1.Sensor.", Map.of("Name", "t"));
        controller.ask(new DeleteRequest(false, List.of("Device.Home.Room.1.")));

        assertThat(next()).isEqualTo(new ObjectCreation("Device.Home.Room.1.", Map.of("Name", "a", "Alias", "x")));
        assertThat(next()).isEqualTo(new ObjectDeletion("Device.Home.Room.1."));
        assertThat(controller.noNotification()).isTrue();
    }

    @Test
    void a_table_beneath_any_row_can_be_watched() {
        stage.add("Device.Home.Room.", Map.of("Name", "a"));
        stage.subscribe("ObjectCreation", "Device.Home.Room.[Name==\"a\"].Sensor.");

        stage.add("Device.Home.Room.1.Sensor.", Map.of("Name", "t", "Alias", "s"));

        assertThat(next())
                .isEqualTo(new ObjectCreation("Device.Home.Room.1.Sensor.1.", Map.of("Name", "t", "Alias", "s")));
    }

    @Test
    void events_are_told_with_their_arguments() {
        stage.subscribe("Event", "Device.Home.Alarm!");

        stage.device().context().raise("Device.Home.", "Alarm!", Map.of("Kind", "smoke"));

        assertThat(next()).isEqualTo(new Notification.Event("Device.Home.", "Alarm!", Map.of("Kind", "smoke")));
    }

    @Test
    void an_object_path_stands_for_all_events_beneath() {
        stage.add("Device.Home.Room.", Map.of("Name", "a"));
        stage.subscribe("Event", "Device.Home.");

        stage.device().context().raise("Device.Home.Room.1.", "Noise!", Map.of());

        assertThat(next()).isEqualTo(new Notification.Event("Device.Home.Room.1.", "Noise!", Map.of()));
    }

    @Test
    @Requirement("R-NOT.0")
    void the_recipient_is_the_creator_and_the_defaults_are_the_standards() {
        String row = Stage.add(
                stage.controller(1), "Device.LocalAgent.Subscription.", Map.of("ID", "mine", "NotifType", "Event"));

        assertThat(stage.get(row))
                .containsEntry("Recipient", "Device.LocalAgent.Controller.2")
                .containsEntry("Enable", "false")
                .containsEntry("Persistent", "false")
                .containsEntry("NotifRetry", "false")
                .containsEntry("TimeToLive", "0")
                .containsEntry("CreationDate", "2026-01-01T12:00:00Z");
    }

    @Test
    @Requirement("R-NOT.0")
    void an_id_is_unique_for_each_recipient() {
        Map<String, String> same = Map.of("ID", "same", "NotifType", "Event");
        Stage.add(controller, "Device.LocalAgent.Subscription.", same);
        Stage.add(stage.controller(1), "Device.LocalAgent.Subscription.", same);

        UspError error = controller.askInVain(new AddRequest(
                false, List.of(new CreateObject("Device.LocalAgent.Subscription.", Stage.settings(same)))));

        assertThat(error.fault().errCode()).isEqualTo(StandardErrorCode.DUPLICATE_KEY);
    }

    @Test
    @Requirement("R-NOT.0")
    void the_recipient_cannot_be_chosen() {
        UspError error = controller.askInVain(new AddRequest(
                false,
                List.of(new CreateObject(
                        "Device.LocalAgent.Subscription.",
                        List.of(new ParameterSetting("Recipient", "Device.LocalAgent.Controller.2", true))))));

        assertThat(error.parameterErrors().getFirst().fault().errCode())
                .isEqualTo(StandardErrorCode.NON_WRITEABLE_PARAMETER);
    }

    @Test
    @Requirement("R-NOT.0")
    void a_reference_list_is_written_once() {
        String row = stage.subscribe("ValueChange", "Device.Home.Level");

        UspError error = controller.askInVain(new SetRequest(
                false, List.of(new UpdateObject(row, Stage.settings(Map.of("ReferenceList", "Device.Home.Name"))))));

        assertThat(error.parameterErrors().getFirst().fault().errCode())
                .isEqualTo(StandardErrorCode.NON_WRITEABLE_PARAMETER);
    }

    @Test
    void a_reference_that_leads_nowhere_or_does_not_fit_its_type_is_refused() {
        for (Map<String, String> wrong : List.of(
                Map.of("NotifType", "ValueChange", "ReferenceList", "Device.Nope."),
                Map.of("NotifType", "ValueChange", "ReferenceList", "Device.Home.Alarm!"),
                Map.of("NotifType", "ObjectCreation", "ReferenceList", "Device.Home.Level"),
                Map.of("NotifType", "Event", "ReferenceList", "Device.Home.Work()"),
                Map.of("NotifType", "ValueChange", "ReferenceList", "Device.Home.["))) {
            UspError error = controller.askInVain(new AddRequest(
                    false, List.of(new CreateObject("Device.LocalAgent.Subscription.", Stage.settings(wrong)))));

            assertThat(error.fault().errCode()).isEqualTo(StandardErrorCode.INVALID_VALUE);
        }
    }

    @Test
    @Requirement("R-NOT.0")
    void a_disabled_subscription_is_silent() {
        String row = stage.subscribe("ValueChange", "Device.Home.Level", with("Enable", "false"));
        set("Device.Home.", Map.of("Level", "1"));
        set(row, Map.of("Enable", "true"));
        set("Device.Home.", Map.of("Level", "2"));

        assertThat(next()).isEqualTo(new ValueChange("Device.Home.Level", "2"));
    }

    @Test
    @Requirement("R-NOT.0")
    void a_subscription_ends_with_its_time_to_live() {
        String row = stage.subscribe("ValueChange", "Device.Home.Level", with("TimeToLive", "60"));
        Eventually.holds(() -> stage.timer().next().isPresent());

        stage.timer().advance(Duration.ofSeconds(59));
        assertThat(stage.agent().model().snapshot().object(row)).isPresent();
        stage.timer().advance(Duration.ofSeconds(2));

        assertThat(stage.agent().model().snapshot().object(row)).isEmpty();
    }

    @Test
    void the_deletion_of_a_subscription_can_be_its_own_last_word() {
        String row = stage.subscribe("ObjectDeletion", "Device.LocalAgent.Subscription.*.");

        controller.ask(new DeleteRequest(false, List.of(row)));

        assertThat(next()).isEqualTo(new ObjectDeletion(row));
    }

    @Test
    void a_controller_that_is_disabled_hears_that_last_and_is_not_listened_to() {
        stage.subscribe("ValueChange", "Device.LocalAgent.Controller.1.Enable,Device.Home.Level");

        set(stage.controller(1), "Device.LocalAgent.Controller.1.", Map.of("Enable", "false"));
        set(stage.controller(1), "Device.Home.", Map.of("Level", "5"));

        assertThat(next()).isEqualTo(new ValueChange("Device.LocalAgent.Controller.1.Enable", "false"));
        assertThat(controller.noNotification()).isTrue();
        controller.send(new MessageId("x"), new DeleteRequest(true, List.of()));
        assertThat(controller.noAnswer()).isTrue();
    }

    @Test
    void a_silent_parameter_can_be_subscribed_to_and_stays_silent() {
        stage.subscribe("ValueChange", "Device.Home.Ticks,Device.LocalAgent.UpTime,Device.Home.Level");

        stage.timer().advance(Duration.ofMinutes(1));
        set("Device.Home.", Map.of("Level", "5"));

        assertThat(next()).isEqualTo(new ValueChange("Device.Home.Level", "5"));
    }

    @Test
    void two_thousand_changes_in_a_storm_are_all_told_in_order() {
        stage.subscribe("ValueChange", "Device.Home.Inside.Deep.Bottom", with("NotifRetry", "true"));

        for (int i = 1; i <= 2000; i++) {
            stage.device().publish("Device.Home.Inside.Deep.Bottom", "v" + i);
        }

        for (int i = 1; i <= 2000; i++) {
            assertThat(next()).isEqualTo(new ValueChange("Device.Home.Inside.Deep.Bottom", "v" + i));
        }
    }

    @Test
    void a_storm_without_answers_is_told_completely_too() {
        stage.subscribe("ValueChange", "Device.Home.Inside.Deep.Bottom");

        for (int i = 1; i <= 2000; i++) {
            stage.device().publish("Device.Home.Inside.Deep.Bottom", "v" + i);
        }

        for (int i = 1; i <= 2000; i++) {
            assertThat(next()).isEqualTo(new ValueChange("Device.Home.Inside.Deep.Bottom", "v" + i));
        }
    }
}
