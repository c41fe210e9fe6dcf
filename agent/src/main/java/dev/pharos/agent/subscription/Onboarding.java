// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.subscription;

import dev.pharos.agent.config.DeviceIdentity;
import dev.pharos.agent.config.ProtocolVersions;
import dev.pharos.agent.localagent.ControllerElement;
import dev.pharos.agent.localagent.LocalAgentModel;
import dev.pharos.agent.runtime.AgentTimer;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.NotifyRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// When an OnBoardRequest goes out: on SendOnBoardRequest(), at a start or change that finds an enabled
/// controller with `OnBoardingComplete` false, and again `OnBoardingRestartTime` after one was answered
/// (R-NOT.5).
final class Onboarding {
    private final DeviceIdentity identity;
    private final Supplier<Snapshot> snapshot;
    private final AgentTimer timer;
    private final Consumer<String> send;

    /// @param send is given the row of a controller to ask, and leaves out those who have one on the way
    Onboarding(DeviceIdentity identity, Supplier<Snapshot> snapshot, AgentTimer timer, Consumer<String> send) {
        this.identity = identity;
        this.snapshot = snapshot;
        this.timer = timer;
        this.send = send;
    }

    NotifyRequest request() {
        return new NotifyRequest(
                "",
                true,
                new Notification.OnBoardRequest(
                        identity.oui(), identity.productClass(), identity.serialNumber(), ProtocolVersions.SUPPORTED));
    }

    /// Asks all controllers that have not completed it.
    void started() {
        ControllerElement.rows(snapshot.get()).stream()
                .filter(Onboarding::wanted)
                .forEach(row -> send.accept(row.path()));
    }

    void changed(ChangeSet changes) {
        for (Change change : changes.changes()) {
            if (change instanceof Change.ValueChanged changed
                    && changed.path().startsWith(LocalAgentModel.CONTROLLERS)
                    && (changed.path().endsWith(".OnBoardingComplete")
                            || changed.path().endsWith(".Enable"))) {
                String row = changed.path().substring(0, changed.path().lastIndexOf('.') + 1);
                changes.after().object(row).filter(Onboarding::wanted).ifPresent(found -> send.accept(row));
            }
        }
    }

    /// It was answered: asks again later, where the controller wants that.
    void answered(String row) {
        Optional<ObjectInstance> controller = snapshot.get().object(row);
        Duration again = controller
                .map(found -> Subscription.seconds(found, "OnBoardingRestartTime"))
                .orElse(Duration.ZERO);
        if (!again.isZero() && controller.filter(Onboarding::wanted).isPresent()) {
            AgentTimer.Entry _ = timer.schedule(
                    again,
                    () -> snapshot.get().object(row).filter(Onboarding::wanted).ifPresent(found -> send.accept(row)));
        }
    }

    private static boolean wanted(ObjectInstance controller) {
        return controller.path().matches("Device\\.LocalAgent\\.Controller\\.[0-9]+\\.")
                && ControllerElement.enabled(controller)
                && controller.value("OnBoardingComplete").orElse("").equals("false");
    }
}
