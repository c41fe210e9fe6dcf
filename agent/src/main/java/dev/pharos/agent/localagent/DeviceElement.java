// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.localagent;

import dev.pharos.agent.access.Requester;
import dev.pharos.agent.config.BootCause;
import dev.pharos.agent.config.Limits;
import dev.pharos.agent.config.RebootAction;
import dev.pharos.agent.runtime.AgentTimer;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// `Device.`: Reboot(), FactoryReset(), ScheduleTimer(), SelfTestDiagnostics(), and Boot!, which the agent
/// itself raises.
public final class DeviceElement implements ServiceElement {
    private final RebootAction action;
    private final BootState state;
    private final AgentTimer timer;
    private final SelfTest selfTest;
    private final Runnable restartInPlace;
    private volatile @Nullable DeviceContext context;

    /// @param restartInPlace what a simulated device does on Reboot()
    public DeviceElement(
            RebootAction action, BootState state, AgentTimer timer, SelfTest selfTest, Runnable restartInPlace) {
        this.action = action;
        this.state = state;
        this.timer = timer;
        this.selfTest = selfTest;
        this.restartInPlace = restartInPlace;
    }

    @Override
    public SupportedDataModel supported() {
        return LocalAgentModel.DEVICE;
    }

    @Override
    public void start(DeviceContext context) {
        this.context = context;
    }

    @Override
    public Map<String, String> operate(CommandCall call) throws InterruptedException {
        return switch (call.command().name()) {
            case "ScheduleTimer()" -> await(Duration.ofSeconds(Long.parseLong(call.input("DelaySeconds", "0"))));
            case "SelfTestDiagnostics()" ->
                selfTest.run(Objects.requireNonNull(context, "not started").snapshot());
            case "FactoryReset()" -> restart(call, true);
            default -> restart(call, false);
        };
    }

    /// The agent's own time, so that nothing is over too early after a change of the clock.
    private Map<String, String> await(Duration delay) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        AgentTimer.Entry entry = timer.schedule(delay, over::countDown);
        try {
            over.await();
        } finally {
            entry.cancel();
        }
        return Map.of();
    }

    private Map<String, String> restart(CommandCall call, boolean reset) {
        BootCause usual = reset ? BootCause.REMOTE_FACTORY_RESET : BootCause.REMOTE_REBOOT;
        BootCause cause = BootCause.of(call.input("Cause", usual.text()), usual);
        switch (action) {
            case RebootAction.Refused _ -> throw refused("this host is not restarted over USP");
            case RebootAction.Simulated _ -> {
                if (reset) {
                    throw refused("a simulated device has no factory state");
                }
                announce(cause, call.input("Reason", ""));
                timer.schedule(Limits.REBOOT_DELAY, restartInPlace);
            }
            case RebootAction.ByProgram(RebootAction.Restart restart) -> {
                announce(cause, call.input("Reason", ""));
                timer.schedule(Limits.REBOOT_DELAY, () -> restart.restart(cause));
            }
        }
        return Map.of();
    }

    private void announce(BootCause cause, String reason) {
        try {
            state.announce(cause, Requester.commandKey(), reason);
        } catch (IOException failed) {
            throw new UspException(
                    StandardErrorCode.INTERNAL_ERROR,
                    "the cause of the restart cannot be kept: " + failed.getMessage());
        }
    }

    private static UspException refused(String why) {
        return new UspException(StandardErrorCode.REQUEST_DENIED, why);
    }
}
