// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.AgentTimer;
import dev.pharos.cli.cpe.diagnostics.StateDiagnostics;
import dev.pharos.cwmp.CwmpVersion;
import dev.pharos.cwmp.DownloadType;
import dev.pharos.cwmp.MethodEvent;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.cpe.CpeSession;
import dev.pharos.cwmp.cpe.Outbox;
import dev.pharos.cwmp.cpe.Report;
import dev.pharos.cwmp.cpe.Step;
import dev.pharos.cwmp.model.Attributes;
import dev.pharos.cwmp.model.ModelDevice;
import dev.pharos.cwmp.model.Urgency;
import dev.pharos.cwmp.rpc.AnyQueuedTransfer;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.Kicked;
import dev.pharos.cwmp.rpc.RequestDownload;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A device's contact to its ACS in one life of the device, from start to restart: when it opens a session, and what
/// for.
/// It has no thread of its own between sessions. Thread-safe.
final class AcsContact implements StateDiagnostics.Contact, AutoCloseable {
    private static final EventStruct BOOTSTRAP = event(StandardEvent.BOOTSTRAP);
    private static final Duration A_DAY = Duration.ofDays(1);

    private final InstantiatedDataModel model;
    private final KeptContact kept;
    private final Surroundings around;
    private final ModelDevice device;
    private final Outbox outbox;
    private final Transfers transfers;
    private final ModuleOrders modules;
    private final AcsOrders actions;
    private final Kicks kicks = new Kicks();
    private final LightNews light;
    private final RebootPlan reboots;
    private final Paced counted;
    private volatile Runnable afterSession = () -> {};

    // the following are changed under the lock only
    private final Agenda agenda;
    private AgentTimer.@Nullable Entry alarm;
    private @Nullable AcsExchange underWay;
    private Instant quietUntil = Instant.MIN;
    private Instant throttledUntil = Instant.MIN;
    private @Nullable Instant retry;
    private boolean running;
    private boolean leaving;
    private boolean closed;
    private boolean inContact;

    /// What a device has around it.
    ///
    /// @param canRestart whether `Device.Reboot()` and `Device.FactoryReset()` do anything
    /// @param password of the device at its ACS, where management has written none; or empty
    /// @param listener hears how the contact is
    record Surroundings(
            AcsExchange.Opener opener,
            AgentRuntime runtime,
            boolean canRestart,
            String password,
            CpeProgram.Listener listener) {}

    /// @throws IOException where what was kept cannot be read
    AcsContact(InstantiatedDataModel model, KeptContact kept, Surroundings around) throws IOException {
        this.model = model;
        this.kept = kept;
        this.around = around;
        this.outbox = new Outbox(kept.outbox(), kept::outbox);
        this.transfers = new Transfers(model, kept, around.runtime(), this::report);
        this.modules = new ModuleOrders(model, kept.modules(), around.runtime(), this::reportOnce);
        this.actions = new AcsOrders(
                model, kept, new AcsOrders.Carriers(transfers, modules, kicks), around, this::plan, this::leave);
        this.device = new ModelDevice(
                model,
                new ModelDevice.Surroundings(
                        new Attributes(kept.watched(), kept::watched),
                        kept::parameterKey,
                        actions,
                        around.runtime().clock()));
        this.agenda = new Agenda(now().minusSeconds(around.runtime().random().nextLong(A_DAY.toSeconds()))
                .truncatedTo(ChronoUnit.SECONDS));
        this.counted = new Paced(around.runtime(), this::counted);
        this.light = new LightNews(device, this::lightSettings, around.runtime(), this::say);
        this.reboots =
                new RebootPlan(around.runtime(), () -> around.canRestart() && actions.operate("Device.Reboot()"));
    }

    /// Signed with the password that was written, else with the one that the program was told.
    private Optional<LightSender.Settings> lightSettings() {
        return server().light().map(each -> each.password().isEmpty() ? each.with(around.password()) : each);
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
        outbox.withdraw(Kicked.class::isInstance);
        settle(server());
        model.onChange(this::changed);
        model.onEvent(event -> OwnTransfers.of(event, model.snapshot()).ifPresent(this::report));
        plan();
    }

    /// From now on as `Device.ManagementServer.` says.
    private void settle(ManagementServer server) {
        agenda.settle(server, now());
        light.settle(server.lightRhythm());
        reboots.settle(server);
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

    private static boolean isCounted(Change change) {
        return change.path().equals(ManageableDevices.COUNT);
    }

    private static ChangeSet of(ChangeSet changes, Predicate<Change> which) {
        return new ChangeSet(
                changes.origin(), changes.changes().stream().filter(which).toList(), changes.before(), changes.after());
    }

    /// Unless another session has told of it meanwhile.
    private synchronized void counted() {
        if (device.hasChanged()) {
            outbox.add(event(StandardEvent.VALUE_CHANGE));
            retry = null;
            plan();
        }
    }

    private void changed(ChangeSet changes) {
        Urgency urgent = device.changed(of(changes, change -> !isCounted(change)));
        if (device.changed(of(changes, AcsContact::isCounted)).session()) {
            counted.ask(server().deviceLimit());
        }
        boolean ours =
                changes.changes().stream().anyMatch(each -> each.path().startsWith(ManagementServerElement.OBJECT));
        if (urgent.light()) {
            light.hurry();
        }
        if (urgent.session() || ours) {
            synchronized (this) {
                if (ours) {
                    settle(server());
                }
                if (urgent.session()) {
                    outbox.add(event(StandardEvent.VALUE_CHANGE));
                }
                // what is new is told at once, whatever has failed before
                retry = null;
                plan();
            }
        }
    }

    private synchronized boolean plan(Duration delay, String commandKey) {
        boolean room = agenda.plan(delay, commandKey, now());
        plan();
        return room;
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
        boolean known = kept.isKnownTo(server.url());
        if (known && outbox.hasOnlyChanges()) {
            // changed values wait for the throttle, but come with whatever else is told
            return Stream.concat(agenda.next().stream(), Stream.of(throttledUntil))
                    .min(Instant::compareTo);
        }
        return known && outbox.isEmpty() ? agenda.next() : Optional.of(now);
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
        reboots.sessionBegins();
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
        reboots.sessionEnds();
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
        agenda.collect(now, outbox);
        if (device.hasChanged() && !outbox.isQuiet()) {
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
            // it may have been written just now
            throttledUntil = now.plus(server().throttle());
        } else {
            outbox.withdraw(Kicked.class::isInstance);
            kicks.missed();
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
        if (!comes()) {
            return false;
        }
        outbox.add(event(StandardEvent.CONNECTION_REQUEST));
        retry = null;
        plan();
        return true;
    }

    /// Somebody has clicked on a page of the device: the ACS is told, and says where the browser is to go.
    Kicks.Outcome kicked(Kicked kicked) throws InterruptedException {
        Optional<Future<Kicks.Outcome>> outcome = comes() ? kicks.begin(kicked) : Optional.empty();
        if (outcome.isEmpty() || !reportOnce(Kicks.report(kicked))) {
            return new Kicks.Outcome.Nowhere("the device cannot speak to the provider now");
        }
        Kicks.Outcome result = kicks.await(kicked, outcome.get());
        outbox.withdraw(kicked::equals);
        return result;
    }

    /// Somebody on the device asks for a file: the ACS is told, and sends it, or not.
    ///
    /// @return false where it is not told
    boolean requested(DownloadType type) {
        return comes()
                && reportOnce(new Report(
                        new RequestDownload(type.text(), List.of()), List.of(event(StandardEvent.REQUEST_DOWNLOAD))));
    }

    /// The device has stood by since then.
    synchronized void wokeUp(StandbyPolicy policy, Instant since) {
        if (policy.isToBeTold(agenda, since, now())) {
            outbox.add(event(StandardEvent.WAKEUP));
        }
        retry = null;
        plan();
    }

    private synchronized boolean comes() {
        return !closed && !leaving && server().isEnabled();
    }

    /// What is under way with files.
    List<AnyQueuedTransfer> transfers() {
        return transfers.queued();
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
        light.close();
        counted.close();
        reboots.close();
    }
}
