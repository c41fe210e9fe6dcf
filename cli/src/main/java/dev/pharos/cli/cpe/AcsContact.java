// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.AgentTimer;
import dev.pharos.cli.cpe.diagnostics.StateDiagnostics;
import dev.pharos.cwmp.CwmpVersion;
import dev.pharos.cwmp.MethodEvent;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.cpe.CpeSession;
import dev.pharos.cwmp.cpe.Outbox;
import dev.pharos.cwmp.cpe.Report;
import dev.pharos.cwmp.cpe.Step;
import dev.pharos.cwmp.model.Attributes;
import dev.pharos.cwmp.model.DeviceActions;
import dev.pharos.cwmp.model.FileCommand;
import dev.pharos.cwmp.model.ModelDevice;
import dev.pharos.cwmp.model.ModuleActions;
import dev.pharos.cwmp.rpc.AnyQueuedTransfer;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A device's contact to its ACS in one life of the device, from start to restart: when it opens a session, and what
/// for.
/// It has no thread of its own between sessions. Thread-safe.
final class AcsContact implements StateDiagnostics.Contact, AutoCloseable {
    private static final EventStruct BOOTSTRAP = event(StandardEvent.BOOTSTRAP);

    private final InstantiatedDataModel model;
    private final KeptContact kept;
    private final Surroundings around;
    private final ModelDevice device;
    private final Outbox outbox;
    private final Transfers transfers;
    private final ModuleOrders modules;
    private final Actions actions = new Actions();
    private volatile Runnable afterSession = () -> {};

    // the following are changed under the lock only
    private final List<PlannedInform> planned = new ArrayList<>();
    private AgentTimer.@Nullable Entry alarm;
    private @Nullable AcsExchange underWay;
    private Optional<Instant> periodic = Optional.empty();
    private Instant quietUntil = Instant.MIN;
    private @Nullable Instant retry;
    private boolean running;
    private boolean leaving;
    private boolean closed;
    private boolean inContact;

    /// An Inform that the ACS has asked for (ScheduleInform).
    private record PlannedInform(Instant due, String commandKey) {}

    /// What a device has around it.
    ///
    /// @param canRestart whether `Device.Reboot()` and `Device.FactoryReset()` do anything
    /// @param listener hears how the contact is
    record Surroundings(
            AcsExchange.Opener opener, AgentRuntime runtime, boolean canRestart, CpeProgram.Listener listener) {}

    /// @throws IOException where what was kept cannot be read
    AcsContact(InstantiatedDataModel model, KeptContact kept, Surroundings around) throws IOException {
        this.model = model;
        this.kept = kept;
        this.around = around;
        this.outbox = new Outbox(kept.outbox(), kept::outbox);
        this.transfers = new Transfers(model, kept, around.runtime(), this::report);
        this.modules = new ModuleOrders(model, kept.modules(), around.runtime(), this::reportOnce);
        this.device = new ModelDevice(
                model,
                new ModelDevice.Surroundings(
                        new Attributes(kept.watched(), kept::watched),
                        kept::parameterKey,
                        actions,
                        around.runtime().clock()));
    }

    /// What the ACS has asked for that ends the life of the device, done when the session is over.
    private final class Actions implements DeviceActions {
        private Runnable afterwards = () -> {};

        @Override
        public boolean canRestart() {
            return around.canRestart();
        }

        @Override
        public void reboot(String commandKey) {
            afterwards = () -> {
                kept.rebooting(commandKey);
                operate("Device.Reboot()");
            };
        }

        @Override
        public void factoryReset() {
            afterwards = () -> {
                kept.forget();
                operate("Device.FactoryReset()");
            };
        }

        @Override
        public boolean canFetch() {
            return around.canRestart() && transfers.takesFirmware();
        }

        @Override
        public boolean carry(FileCommand order) {
            return transfers.take(order);
        }

        @Override
        public List<AnyQueuedTransfer> queued() {
            return transfers.queued();
        }

        @Override
        public boolean cancel(String commandKey) {
            return transfers.cancel(commandKey);
        }

        @Override
        public Optional<ModuleActions> modules() {
            return modules.isPossible() ? Optional.of(modules) : Optional.empty();
        }

        @Override
        public boolean scheduleInform(Duration delay, String commandKey) {
            return plan(new PlannedInform(now().plus(delay), commandKey));
        }

        private void operate(String command) {
            try {
                model.operate(command, Map.of());
                leave();
            } catch (UspException refused) {
                around.listener()
                        .said("the ACS asked for " + command + ", which failed: "
                                + refused.fault().errMsg());
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }

        void run() {
            Runnable now = afterwards;
            afterwards = () -> {};
            now.run();
        }
    }

    /// This life is over as soon as the device has restarted: whatever there is to tell, the next one tells.
    private synchronized void leave() {
        leaving = true;
    }

    private Instant now() {
        return around.runtime().clock().instant();
    }

    private ManagementServer server() {
        return new ManagementServer(model.snapshot());
    }

    /// The device has started: tells so, and whatever happens from now on.
    synchronized void begin() {
        outbox.restarted();
        outbox.add(event(StandardEvent.BOOT));
        kept.rebooted().ifPresent(key -> outbox.add(new EventStruct(MethodEvent.REBOOT, key)));
        transfers.resume();
        modules.resume();
        periodic = server().nextPeriodic(now());
        model.onChange(this::changed);
        model.onEvent(event -> OwnTransfers.of(event, model.snapshot()).ifPresent(this::report));
        plan();
    }

    private synchronized void report(Report report) {
        outbox.add(report);
        retry = null;
        plan();
    }

    /// The same, of what the last life may have reported already, just before it ended.
    ///
    /// @return false where too much waits to be told
    private synchronized boolean reportOnce(Report report) {
        if (outbox.contents().reports().contains(report)) {
            return true;
        }
        boolean room = outbox.add(report);
        retry = null;
        plan();
        return room;
    }

    private static EventStruct event(StandardEvent event) {
        return new EventStruct(event, "");
    }

    private void changed(ChangeSet changes) {
        boolean urgent = device.changed(changes);
        boolean ours =
                changes.changes().stream().anyMatch(each -> each.path().startsWith(ManagementServerElement.OBJECT));
        if (urgent || ours) {
            synchronized (this) {
                if (ours) {
                    periodic = server().nextPeriodic(now());
                }
                if (urgent) {
                    outbox.add(event(StandardEvent.VALUE_CHANGE));
                }
                // what is new is told at once, whatever has failed before
                retry = null;
                plan();
            }
        }
    }

    private synchronized boolean plan(PlannedInform inform) {
        if (planned.size() >= Limits.PLANNED) {
            return false;
        }
        planned.add(inform);
        plan();
        return true;
    }

    /// Sets the alarm for the next session. Under the lock.
    private void plan() {
        if (closed || running || leaving) {
            return;
        }
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
        Instant now = now();
        Optional<Instant> next = next(now);
        if (next.isPresent()) {
            Instant due = next.get().isBefore(quietUntil) ? quietUntil : next.get();
            Duration delay = due.isBefore(now) ? Duration.ZERO : Duration.between(now, due);
            alarm = around.runtime().timer().schedule(delay, this::run);
        }
    }

    private Optional<Instant> next(Instant now) {
        ManagementServer server = server();
        if (!server.isEnabled() || server.url().isEmpty()) {
            return Optional.empty();
        }
        Instant again = retry;
        if (again != null) {
            return Optional.of(again);
        }
        if (!outbox.isEmpty() || !kept.isKnownTo(server.url())) {
            return Optional.of(now);
        }
        List<Instant> due = new ArrayList<>();
        periodic.ifPresent(due::add);
        planned.forEach(each -> due.add(each.due()));
        return due.stream().min(Instant::compareTo);
    }

    private void run() {
        ManagementServer server;
        synchronized (this) {
            if (closed || running) {
                return;
            }
            running = true;
            alarm = null;
            retry = null;
            server = server();
        }
        Step.End end = session(server);
        synchronized (this) {
            settle(server, end);
        }
        actions.run();
        transfers.go();
        modules.go();
        synchronized (this) {
            running = false;
            plan();
        }
        afterSession.run();
    }

    /// From now on this is done after each session.
    void afterSessions(Runnable what) {
        afterSession = what;
    }

    @Override
    public synchronized boolean isInSession() {
        return running;
    }

    /// A diagnostic is complete: the ACS hears so at once.
    @Override
    public synchronized void diagnosed() {
        outbox.add(event(StandardEvent.DIAGNOSTICS_COMPLETE));
        retry = null;
        plan();
    }

    @Override
    public void say(String text) {
        around.listener().said(text);
    }

    /// What is due now is told.
    private void collect(ManagementServer server) {
        Instant now = now();
        if (!kept.isKnownTo(server.url()) && !outbox.contents().events().contains(BOOTSTRAP)) {
            outbox.add(BOOTSTRAP);
        }
        if (periodic.isPresent() && !periodic.get().isAfter(now)) {
            outbox.add(event(StandardEvent.PERIODIC));
            periodic = server.nextPeriodic(now);
        }
        planned.removeIf(each -> {
            boolean due = !each.due().isAfter(now);
            if (due) {
                outbox.add(event(StandardEvent.SCHEDULED));
                outbox.add(new EventStruct(MethodEvent.SCHEDULE_INFORM, each.commandKey()));
            }
            return due;
        });
        if (device.hasChanged()) {
            outbox.add(event(StandardEvent.VALUE_CHANGE));
        }
    }

    private Step.End session(ManagementServer server) {
        CpeSession session = new CpeSession(CwmpVersion.V1_4, device, outbox);
        Step step = new Step.End(false, "");
        try (AcsExchange exchange = around.opener().open(server)) {
            synchronized (this) {
                underWay = exchange;
                if (closed) {
                    return new Step.End(false, "the agent stops");
                }
                collect(server);
            }
            step = session.begin();
            while (step instanceof Step.Post(var envelope)) {
                step = session.next(exchange.post(envelope));
            }
        } catch (IOException failed) {
            return broken(session, step, String.valueOf(failed.getMessage()));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return broken(session, step, "the agent stops");
        } catch (UncheckedIOException unkept) {
            return new Step.End(false, "what it is to be told cannot be kept: " + unkept.getMessage());
        } finally {
            synchronized (this) {
                underWay = null;
            }
        }
        return (Step.End) step;
    }

    /// A way that could not even be opened has cost nothing.
    private static Step.End broken(CpeSession session, Step last, String reason) {
        return last instanceof Step.Post ? session.broken(reason) : new Step.End(false, reason);
    }

    private void settle(ManagementServer server, Step.End end) {
        Instant now = now();
        quietUntil = now.plus(Limits.PAUSE);
        around.listener().ended(end);
        if (end.informed()) {
            device.informed();
            kept.knownTo(server.url());
        }
        if (end.informed() != inContact || !end.informed()) {
            around.listener()
                    .said(
                            end.informed()
                                    ? "in contact with the ACS at " + server.url()
                                    : "no contact with the ACS at " + server.url() + ": " + end.reason()
                                            + " (trying again)");
        }
        inContact = end.informed();
        if (!outbox.isEmpty()
                && (!end.informed() || !outbox.contents().reports().isEmpty())) {
            int attempt = Math.clamp(outbox.retryCount(), 1, Integer.MAX_VALUE);
            retry = now.plus(
                    server.backoff().waitBefore(attempt, around.runtime().random()));
        }
    }

    /// The ACS has called: a session is opened at once.
    ///
    /// @return false where the device speaks to no ACS at this moment
    synchronized boolean called() {
        if (closed || leaving || !server().isEnabled()) {
            return false;
        }
        outbox.add(event(StandardEvent.CONNECTION_REQUEST));
        retry = null;
        plan();
        return true;
    }

    /// What an ACS has to show that calls.
    Optional<CallListener.Login> callLogin() {
        return server().callLogin();
    }

    /// Nothing is told any more; what is to be told is kept.
    @Override
    public synchronized void close() {
        closed = true;
        if (alarm != null) {
            alarm.cancel();
        }
        if (underWay != null) {
            underWay.close();
        }
        transfers.close();
        modules.close();
    }
}
