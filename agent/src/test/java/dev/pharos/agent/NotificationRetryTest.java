// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.RebootAction;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.NotifyResponse;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetRequest.UpdateObject;
import dev.pharos.usp.message.UspMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Notifications that want an answer.
final class NotificationRetryTest {
    private final Stage stage = Stage.open(Stage.config().withRebootAction(new RebootAction.Simulated()));
    private final LockstepController controller = stage.controller();

    @BeforeEach
    void beSilent() {
        controller.acknowledge(false);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private void subscribe(String expiration) {
        stage.subscribe("ValueChange", "Device.Home.Level", parameters -> {
            Map<String, String> more = new HashMap<>(parameters);
            more.put("NotifRetry", "true");
            more.put("NotifExpiration", expiration);
            more.put("Persistent", "true");
            return more;
        });
    }

    private UspMessage provoke(String value) {
        stage.device().publish("Device.Home.Level", value);
        UspMessage message = controller.nextNotification();
        assertThat(((NotifyRequest) message.body()).sendResponse()).isTrue();
        return message;
    }

    private Duration nextWait() {
        return stage.timer().next().orElseThrow();
    }

    @Test
    @Requirement("R-NOT.1")
    void it_is_sent_again_under_its_id_in_growing_intervals() {
        subscribe("0");
        UspMessage first = provoke("1");
        long low = 5;
        for (int attempt = 1; attempt <= 5; attempt++) {
            Duration wait = nextWait();
            assertThat(wait).isBetween(Duration.ofSeconds(low), Duration.ofSeconds(2 * low));
            stage.timer().advance(wait);
            assertThat(controller.nextNotification()).isEqualTo(first);
            low *= 2;
        }
    }

    @Test
    @Requirement("R-NOT.1")
    void the_controllers_own_intervals_count() {
        controller.ask(new SetRequest(
                false,
                List.of(new UpdateObject(
                        "Device.LocalAgent.Controller.1.",
                        Stage.settings(Map.of(
                                "USPNotifRetryMinimumWaitInterval",
                                "100",
                                "USPNotifRetryIntervalMultiplier",
                                "1000"))))));
        subscribe("0");
        provoke("1");

        assertThat(nextWait()).isEqualTo(Duration.ofSeconds(100));
    }

    @Test
    @Requirement("R-NOT.2")
    void from_the_tenth_retry_on_the_interval_grows_no_more() {
        subscribe("0");
        provoke("1");
        for (int attempt = 1; attempt <= 13; attempt++) {
            Duration wait = nextWait();
            if (attempt >= 10) {
                assertThat(wait).isBetween(Duration.ofSeconds(2560), Duration.ofSeconds(5120));
            }
            stage.timer().advance(wait);
            controller.nextNotification();
        }
    }

    @Test
    @Requirement({"R-NOT.3", "R-NOT.9"})
    void an_answer_ends_it_whatever_subscription_it_names_and_the_next_one_begins_anew() {
        subscribe("0");
        UspMessage first = provoke("1");
        stage.timer().advance(nextWait());
        controller.nextNotification();
        controller.send(first.id(), new NotifyResponse("something else"));
        Eventually.holds(() -> stage.timer().size() == 0);

        provoke("2");

        assertThat(nextWait()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    @Test
    @Requirement("R-MSG.9")
    void an_answer_to_something_else_ends_nothing() {
        subscribe("0");
        UspMessage first = provoke("1");
        controller.send(new MessageId("another"), new NotifyResponse("sub-ValueChange"));
        stage.value("Device.Home.Level");

        stage.timer().advance(nextWait());

        assertThat(controller.nextNotification()).isEqualTo(first);
    }

    @Test
    @Requirement({"R-NOT.0", "R-NOT.2"})
    void it_ends_with_its_expiration() {
        subscribe("20");
        provoke("1");
        stage.timer().advance(Duration.ofSeconds(12));
        controller.nextNotification();
        stage.timer().advance(Duration.ofSeconds(30));

        assertThat(stage.timer().size()).isZero();
    }

    @Test
    @Requirement("R-NOT.4")
    void a_reboot_begins_the_count_anew() {
        subscribe("0");
        UspMessage first = provoke("1");
        for (int attempt = 1; attempt <= 4; attempt++) {
            stage.timer().advance(nextWait());
            controller.nextNotification();
        }
        controller.ask(new OperateRequest("Device.Reboot()", "r", true, Map.of()));
        stage.timer().advance(Duration.ofSeconds(1));

        assertThat(controller.nextNotification()).isEqualTo(first);
        Eventually.holds(() -> stage.timer().next().isPresent());
        assertThat(nextWait()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(10));
    }

    @Test
    void a_controller_that_was_away_gets_it_when_it_is_back() {
        subscribe("0");
        stage.wire().cut("test");
        stage.device().publish("Device.Home.Level", "3");
        stage.timer().advance(Duration.ofHours(1));

        stage.wire().reconnect();

        assertThat(((NotifyRequest) controller.nextNotification().body()).notification())
                .isEqualTo(new Notification.ValueChange("Device.Home.Level", "3"));
    }

    @Test
    @Requirement({"R-NOT.5", "R-NOT.6", "R-NOT.6a", "R-NOT.7"})
    void an_on_board_request_is_sent_on_command_and_until_it_is_answered() {
        controller.ask(new OperateRequest("Device.LocalAgent.Controller.1.SendOnBoardRequest()", "", true, Map.of()));
        UspMessage first = controller.nextNotification();
        assertThat(first.body())
                .isEqualTo(new NotifyRequest(
                        "", true, new Notification.OnBoardRequest("00256D", "Home", "S1", "1.0,1.1,1.2,1.3,1.4")));

        for (int attempt = 1; attempt <= 12; attempt++) {
            stage.timer().advance(nextWait());
            assertThat(controller.nextNotification()).isEqualTo(first);
        }
        controller.send(first.id(), new NotifyResponse(""));
        Eventually.holds(() -> stage.timer().size() == 0);
        assertThat(stage.value("Device.LocalAgent.Controller.1.OnBoardingComplete"))
                .isEqualTo("false");
    }

    @Test
    @Requirement("R-NOT.5")
    void an_agent_asks_to_be_onboarded_until_that_is_complete() {
        try (Stage fresh = Stage.open(Stage.config(List.of(
                ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL).withOnboarding(true))))) {
            assertThat(fresh.controller().nextNotify().notification()).isInstanceOf(Notification.OnBoardRequest.class);
            Eventually.holds(() -> fresh.timer().size() == 0);
            fresh.controller()
                    .ask(new SetRequest(
                            false,
                            List.of(new UpdateObject(
                                    "Device.LocalAgent.Controller.1.",
                                    Stage.settings(Map.of("OnBoardingRestartTime", "30"))))));
            fresh.controller()
                    .ask(new OperateRequest("Device.LocalAgent.Controller.1.SendOnBoardRequest()", "", true, Map.of()));
            fresh.controller().nextNotification();
            Eventually.holds(() ->
                    fresh.timer().next().filter(Duration.ofSeconds(30)::equals).isPresent());
            fresh.timer().advance(Duration.ofSeconds(30));
            assertThat(fresh.controller().nextNotify().notification()).isInstanceOf(Notification.OnBoardRequest.class);
        }
    }
}
