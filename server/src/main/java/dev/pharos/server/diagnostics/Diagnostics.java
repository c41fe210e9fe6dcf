// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.diagnostics;

import dev.pharos.controller.UspController;
import dev.pharos.controller.acs.AcsOffice;
import dev.pharos.controller.observe.ControllerObserver;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.controller.peer.DeviceUnreachableException;
import dev.pharos.controller.policy.SecretParameters;
import dev.pharos.controller.policy.Secrets;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.StoredEvent;
import dev.pharos.server.files.DeviceFiles;
import dev.pharos.server.files.DeviceFiles.NotNowException;
import dev.pharos.server.store.DiagnosticStore;
import dev.pharos.server.store.DiagnosticStore.End;
import dev.pharos.server.store.DiagnosticStore.State;
import dev.pharos.server.store.DiagnosticStore.StoredDiagnostic;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has devices run diagnostics, and keeps what comes of them. A result is kept as an event before the device hears that
/// it has come; from there it is taken, so that none is lost where the server stops in between. Thread-safe.
public final class Diagnostics implements ControllerObserver, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Diagnostics.class);

    /// How the keys begin that come back to us.
    private static final String KEY = "diagnostic-";

    private static final String COMMAND_KEY = "commandKey";

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final UspController controller;
    private final DiagnosticStore store;
    private final TransferTests tests;
    private final DeviceFiles files;
    private final Tr069Runs overTr069;
    private final Clock clock;
    private final Thread sweeper;

    /// @param office whose devices measure over TR-069
    /// @param files where captures come to
    public Diagnostics(
            UspController controller,
            AcsOffice office,
            DiagnosticStore store,
            TransferTests tests,
            DeviceFiles files,
            Clock clock) {
        this.controller = controller;
        this.overTr069 = new Tr069Runs(office, controller.stores().twins(), store, clock);
        office.watchedBy(overTr069);
        this.store = store;
        this.tests = tests;
        this.files = files;
        this.clock = clock;
        this.sweeper = Thread.ofVirtual().name("diagnostics").unstarted(this::run);
    }

    /// Looks for what has come while nobody looked, at once and again and again.
    public Diagnostics start() {
        sweeper.start();
        return this;
    }

    public DiagnosticStore store() {
        return store;
    }

    public TransferTests tests() {
        return tests;
    }

    /// When a device that is managed over TR-069 is expected to come and be told of one that waits for that; empty
    /// where none waits.
    public Optional<Instant> awaitedSession(StoredDiagnostic run) {
        return overTr069.awaitedSession(run);
    }

    /// As many diagnostics as may be run on the device already; the message is no whole sentence.
    public static final class BusyException extends Exception {
        private static final long serialVersionUID = 1L;

        BusyException() {
            this(Limits.OPEN + " diagnostics of this device are under way");
        }

        BusyException(String what) {
            super(what);
        }
    }

    /// What somebody wants to know.
    ///
    /// @param target of whom: a host, a name or a URL; empty where it is a transfer with this server
    /// @param arguments the command's own, where they are not to be the usual ones
    public record Question(DiagnosticKind kind, String target, Map<String, String> arguments) {}

    /// A question for the audit log, without secrets.
    public static String words(Question question) {
        Map<String, String> arguments = shown(question.arguments());
        return question.kind().text() + " " + SecretParameters.BY_NAME.masked(question.target())
                + (arguments.isEmpty() ? "" : " " + arguments);
    }

    /// Has a device begin.
    ///
    /// @param by who wants to know
    /// @return how it stands when the device has answered; where the answer did not come, it may run all the same
    /// @throws CallException where it has not begun; then nothing of it is kept
    /// @throws CannotMeasureException where it has nothing by which it could
    public StoredDiagnostic begin(EndpointId device, Question question, String by)
            throws CallException, BusyException, CannotMeasureException {
        String key = KEY + UUID.randomUUID();
        if (overTr069.manages(device)) {
            return beginOverTr069(device, key, question, by);
        }
        boolean begun = false;
        try {
            StoredDiagnostic run = begin(device, key, question, by);
            begun = true;
            return run;
        } finally {
            if (!begun && question.kind() == DiagnosticKind.CAPTURE) {
                files.forget(key);
            }
        }
    }

    private StoredDiagnostic beginOverTr069(EndpointId device, String key, Question question, String by)
            throws CallException, BusyException, CannotMeasureException {
        if (question.kind() == DiagnosticKind.CAPTURE) {
            throw new CannotMeasureException("Packets are captured over USP alone.");
        }
        Map<String, String> inputs =
                overTr069.object(device, question.kind()).written(question, target(question, device, key, by));
        StoredDiagnostic fresh = fresh(device, key, question, by, inputs);
        long id = store.begin(fresh, Limits.OPEN, Limits.KEPT).orElseThrow(BusyException::new);
        overTr069.begin(store.find(device, id).orElse(fresh), inputs);
        return store.find(device, id).orElse(fresh);
    }

    private StoredDiagnostic begin(EndpointId device, String key, Question question, String by)
            throws CallException, BusyException {
        Map<String, String> inputs = question.kind().inputs(target(question, device, key, by), question.arguments());
        StoredDiagnostic fresh = fresh(device, key, question, by, inputs);
        long id = store.begin(fresh, Limits.OPEN, Limits.KEPT).orElseThrow(BusyException::new);
        try {
            OperateRequest request = new OperateRequest(question.kind().command(), key, true, inputs);
            answered(device, key, controller.call(device, request, Limits.ANSWER));
        } catch (CallException failed) {
            if (!mayHaveBegun(failed)) {
                store.remove(key);
                throw failed;
            }
            LOG.info("whether {} began a diagnostic is not known yet: {}", device, failed.reason());
        }
        return store.find(device, id).orElse(fresh);
    }

    private StoredDiagnostic fresh(
            EndpointId device, String key, Question question, String by, Map<String, String> inputs) {
        return new StoredDiagnostic(
                0,
                device,
                question.kind().text(),
                key,
                State.RUNNING,
                clock.instant(),
                by,
                Optional.empty(),
                "",
                shown(inputs),
                Map.of(),
                "",
                Optional.empty());
    }

    /// Of whom; where nobody says, this server.
    private String target(Question question, EndpointId device, String key, String by) throws BusyException {
        if (!question.target().isEmpty()) {
            return question.target();
        }
        if (question.kind() != DiagnosticKind.CAPTURE) {
            return question.kind().own().flatMap(tests::link).orElse("");
        }
        boolean newer = question.arguments().getOrDefault("Format", "").equals("pcapng");
        String name = "capture-" + NAME.format(clock.instant()) + (newer ? ".pcapng" : ".pcap");
        try {
            return files.expect(device, key, name, by);
        } catch (NotNowException busy) {
            throw new BusyException(String.valueOf(busy.getMessage()));
        }
    }

    private static boolean mayHaveBegun(CallException failed) {
        return switch (failed) {
            case DeviceUnreachableException away -> away.sent();
            case CallTimedOutException late -> late.sent();
            default -> false;
        };
    }

    private void answered(EndpointId device, String key, OperateResponse response) {
        Instant now = clock.instant();
        if (response.operationResults().isEmpty()) {
            end(device, key, new End(State.FAILED, now, Map.of(), "the device answered, but ran no command"));
            return;
        }
        switch (response.operationResults().getFirst().outcome()) {
            case OperateResponse.RequestObject(String request) -> store.accepted(key, request);
            case OperateResponse.OutputArgs(Map<String, String> outputs) ->
                end(device, key, new End(State.COMPLETE, now, shown(outputs), ""));
            case OperateResponse.CommandFailure(var fault) -> {
                String why = SecretParameters.BY_NAME.masked(fault.toString());
                end(device, key, new End(State.FAILED, now, Map.of(), why));
                files.failed(device, key, why);
            }
        }
    }

    /// Has the device stop. That it did is told as the end of any other; where it was done already, as that.
    ///
    /// @return empty where it has ended, or the device does not say by which object it is cancelled
    /// @throws CallException where the device did not answer, or did not want to
    public Optional<StoredDiagnostic> cancel(StoredDiagnostic run) throws CallException {
        if (run.state() != State.RUNNING) {
            return Optional.empty();
        }
        if (run.request().isEmpty() || overTr069.isBegun(run)) {
            return overTr069.cancel(run);
        }
        String row = run.request().endsWith(".") ? run.request() : run.request() + ".";
        OperateRequest request = new OperateRequest(row + "Cancel()", "", true, Map.of());
        OperateResponse _ = controller.call(run.device(), request, Limits.ANSWER);
        return store.find(run.device(), run.id());
    }

    @Override
    public void eventStored(StoredEvent stored) {
        DeviceEvent event = stored.event();
        String key = event.args().getOrDefault(COMMAND_KEY, "");
        if (event.kind() == EventKind.OPERATION_COMPLETE && key.startsWith(KEY)) {
            event.device().ifPresent(device -> end(device, key, end(event.time(), event.value(), event.args())));
        }
    }

    /// @param outcome `success`, or the fault
    private static End end(Instant time, String outcome, Map<String, String> arguments) {
        Map<String, String> outputs = new LinkedHashMap<>(arguments);
        outputs.remove(COMMAND_KEY);
        if (outcome.equals("success")) {
            return new End(State.COMPLETE, time, shown(outputs), "");
        }
        boolean cancelled = outcome.startsWith(StandardErrorCode.COMMAND_CANCELLED.code() + " ");
        return new End(cancelled ? State.CANCELLED : State.FAILED, time, Map.of(), outcome);
    }

    private void end(EndpointId device, String key, End end) {
        boolean first = store.end(device, key, end);
        LOG.debug("diagnostic {} is {}{}", key, end.state().text(), first ? "" : ", as it was before");
    }

    private void run() {
        try {
            while (true) {
                sweep();
                Thread.sleep(Limits.SWEEP);
            }
        } catch (InterruptedException stop) {
            LOG.debug("nobody looks for results of diagnostics any more");
        }
    }

    private void sweep() {
        try {
            List<StoredDiagnostic> running = store.running(Limits.SWEPT);
            overTr069.only(running);
            Instant lost = clock.instant().minus(Limits.LOST);
            for (StoredDiagnostic run : running) {
                Optional<End> told = store.told(run).map(said -> end(said.time(), said.outcome(), said.arguments()));
                if (told.isPresent()) {
                    end(run.device(), run.key(), told.get());
                } else if (run.begun().isBefore(lost)) {
                    boolean _ = overTr069.withdraw(run);
                    end(
                            run.device(),
                            run.key(),
                            new End(State.LOST, clock.instant(), Map.of(), "the device told no result"));
                } else {
                    overTr069.sweep(run);
                }
            }
        } catch (StoreException later) {
            LOG.warn("results of diagnostics were not looked for, which is tried again: {}", later.getMessage());
        }
    }

    /// Without secrets, also those in URLs.
    private static Map<String, String> shown(Map<String, String> arguments) {
        Map<String, String> shown = new LinkedHashMap<>(Secrets.masked(arguments));
        shown.replaceAll((name, value) -> value.contains("://") ? SecretParameters.BY_NAME.masked(value) : value);
        return shown;
    }

    @Override
    public void close() {
        sweeper.interrupt();
    }
}
