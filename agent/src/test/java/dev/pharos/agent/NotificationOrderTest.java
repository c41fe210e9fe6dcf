// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.fixture.HoldingMtp;
import dev.pharos.agent.fixture.HomeDevice;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.ManualTimer;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.testkit.InProcessMtp;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.Notification.ValueChange;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetRequest.UpdateObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a controller is told where changes come faster than they are looked at, since a look waits for the way to
/// another controller.
class NotificationOrderTest {
    private static final String CONTROLLER = "Device.LocalAgent.Controller.2.";
    private static final String ENABLE = CONTROLLER + "Enable";

    private final InProcessMtp.Pair slow = InProcessMtp.pair(Stage.AGENT, Stage.CONTROLLER);
    private final InProcessMtp.Pair quick = InProcessMtp.pair(Stage.AGENT, Stage.OTHER);
    private final HoldingMtp looks = new HoldingMtp(slow.first());
    private final HomeDevice device = new HomeDevice();
    private final LockstepController controller = new LockstepController(Stage.OTHER, Stage.AGENT);
    private final ManualClock clock = ManualClock.standing();
    private final UspAgent agent = new UspAgent(
            Stage.config(List.of(
                    ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL),
                    ControllerConfig.of(Stage.OTHER, ControllerRole.FULL))),
            List.of(device),
            List.of(new AgentMtpBinding(looks, Stage.CONTROLLER), new AgentMtpBinding(quick.first(), Stage.OTHER)),
            new AgentRuntime(clock, new ManualTimer(clock), RandomGenerator.of("L64X128MixRandom")));

    @BeforeEach
    void a_look_at_a_change_waits() throws IOException {
        agent.start();
        LockstepController other = new LockstepController(Stage.CONTROLLER, Stage.AGENT);
        other.start(slow.second());
        other.nextRecord();
        controller.start(quick.second());
        controller.nextRecord();
        subscribe(other, "Device.Home.Name");
        looks.hold();
        device.publish("Device.Home.Name", "house");
        looks.awaitAsked();
    }

    @AfterEach
    void close() {
        looks.release();
        agent.close();
        slow.close();
        quick.close();
    }

    private static String subscribe(LockstepController by, String reference) {
        return Stage.add(
                by,
                "Device.LocalAgent.Subscription.",
                Map.of("ID", "1", "Enable", "true", "NotifType", "ValueChange", "ReferenceList", reference));
    }

    private void disable() {
        controller.ask(new SetRequest(
                false, List.of(new UpdateObject(CONTROLLER, Stage.settings(Map.of("Enable", "false"))))));
    }

    private Notification next() {
        looks.release();
        return controller.nextNotify().notification();
    }

    @Test
    void a_controller_that_subscribes_and_is_disabled_at_once_hears_of_it() {
        subscribe(controller, ENABLE);
        disable();

        assertThat(next()).isEqualTo(new ValueChange(ENABLE, "false"));
    }

    @Test
    void what_changed_while_there_was_a_subscription_is_told_though_it_is_deleted_meanwhile() {
        String row = subscribe(controller, "Device.Home.Level");
        device.publish("Device.Home.Level", "4");
        controller.ask(new DeleteRequest(false, List.of(row)));
        device.publish("Device.Home.Level", "5");
        subscribe(controller, ENABLE);
        disable();

        assertThat(next()).isEqualTo(new ValueChange("Device.Home.Level", "4"));
        assertThat(next()).isEqualTo(new ValueChange(ENABLE, "false"));
    }
}
