// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.diagnostics;

import dev.pharos.controller.acs.AcsOffice;
import dev.pharos.controller.acs.Asked;
import dev.pharos.controller.acs.Errand;
import dev.pharos.controller.acs.ErrandEnd;
import dev.pharos.controller.acs.FaultMeaning;
import dev.pharos.controller.acs.StoredErrand;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.controller.peer.RequestFailedException;
import dev.pharos.controller.peer.TooManyCallsException;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.TwinStore;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.server.diagnostics.Diagnostics.BusyException;
import dev.pharos.server.store.DiagnosticStore;
import dev.pharos.server.store.DiagnosticStore.End;
import dev.pharos.server.store.DiagnosticStore.State;
import dev.pharos.server.store.DiagnosticStore.StoredDiagnostic;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.UspError;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Diagnostics of devices that are managed over TR-069. In one session the device is told what to measure; when it says
/// that it is complete, or has started anew, it is asked how that stands. What was begun is kept, what is asked waits
/// as
/// an errand and what was found stands in the twin, so that any server goes on with it. Thread-safe.
final class Tr069Runs implements AcsOffice.Watcher {
    private static final Logger LOG = LoggerFactory.getLogger(Tr069Runs.class);

    private final AcsOffice office;
    private final TwinStore twins;
    private final DiagnosticStore store;
    private final Clock clock;

    /// When those are asked of that say nothing by themselves, by number.
    private final Map<Long, Instant> looks = new ConcurrentHashMap<>();

    Tr069Runs(AcsOffice office, TwinStore twins, DiagnosticStore store, Clock clock) {
        this.office = office;
        this.twins = twins;
        this.store = store;
        this.clock = clock;
    }

    boolean manages(EndpointId device) {
        return office.isManaged(device);
    }

    Tr069Object object(EndpointId device, DiagnosticKind kind) {
        return new Tr069Object(device, kind, twins);
    }

    private Optional<Tr069Object> object(StoredDiagnostic run) {
        return DiagnosticKind.of(run.kind()).map(kind -> object(run.device(), kind));
    }

    /// Whether the device has begun with it over TR-069.
    boolean isBegun(StoredDiagnostic run) {
        return DiagnosticKind.of(run.kind())
                .filter(kind -> kind.object().equals(run.request()))
                .isPresent();
    }

    /// When the device is expected, where one waits to be told it.
    Optional<Instant> awaitedSession(StoredDiagnostic run) {
        return run.state() == State.RUNNING && run.request().isEmpty() && manages(run.device())
                ? office.expected(run.device())
                : Optional.empty();
    }

    /// Tells the device, in a session now where it can be called, else in its next.
    ///
    /// @param run that is kept already
    /// @param written what the device is to be told, by name
    /// @throws CallException where nothing is told it; then nothing of the run is kept
    void begin(StoredDiagnostic run, Map<String, String> written) throws CallException, BusyException {
        Tr069Object object = object(run).orElseThrow();
        if (store.open(run.device()).stream()
                .anyMatch(other -> other.kind().equals(run.kind()) && other.id() < run.id())) {
            store.remove(run.key());
            throw new BusyException("one " + run.kind()
                    + " of this device is under way, and over TR-069 there is one of" + " a kind at a time");
        }
        switch (ask(run.device(), object.order(written))) {
            case Asked.Ended(ErrandEnd end) -> told(run, end);
            case Asked.Waits(String because) -> store.delayed(run.key(), because);
            case Asked.NoRoom _ -> {
                store.remove(run.key());
                throw noRoom(run.device());
            }
        }
    }

    private Asked ask(EndpointId device, Errand errand) throws CallException {
        try {
            return office.askNow(device, errand, Limits.ANSWER);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CallTimedOutException(device, "the server stops", true);
        }
    }

    private static CallException noRoom(EndpointId device) {
        return new TooManyCallsException(device, "too much waits for its next session already");
    }

    /// The device was told to begin, or does not want to.
    private void told(StoredDiagnostic run, ErrandEnd end) {
        switch (end) {
            case ErrandEnd.Done _ ->
                store.accepted(run.key(), object(run).orElseThrow().kind().object());
            case ErrandEnd.Refused(CwmpFault fault) ->
                end(run, failed("the device refuses it: " + FaultMeaning.sentence(fault)));
            case ErrandEnd.Declined(UspError error) ->
                end(run, failed("it cannot begin: " + FaultMeaning.sentence(error)));
            case ErrandEnd.GivenUp _ -> end(run, failed("session after session with the device ended over it"));
            default -> LOG.warn("no end of what was asked for {}: {}", run.key(), end);
        }
    }

    private End failed(String why) {
        return new End(State.FAILED, clock.instant(), Map.of(), why);
    }

    private void end(StoredDiagnostic run, End end) {
        looks.remove(run.id());
        boolean first = store.end(run.device(), run.key(), end);
        LOG.debug("diagnostic {} is {}{}", run.key(), end.state().text(), first ? "" : ", as it was before");
    }

    @Override
    public void ended(StoredErrand stored, ErrandEnd end) {
        if (!(stored.errand() instanceof Errand.SetValues) && !(stored.errand() instanceof Errand.ReadValues)) {
            return;
        }
        try {
            settle(stored, end);
        } catch (StoreException lost) {
            LOG.error("what became of a diagnostic of {} could not be kept", stored.device(), lost);
        }
    }

    private void settle(StoredErrand stored, ErrandEnd end) {
        for (DiagnosticKind kind : DiagnosticKind.values()) {
            Tr069Object object = object(stored.device(), kind);
            boolean begins = object.isOrder(stored.errand(), Tr069Object.REQUESTED);
            boolean cancels = end instanceof ErrandEnd.Done && object.isOrder(stored.errand(), Tr069Object.CANCELED);
            boolean looks = end instanceof ErrandEnd.Read && stored.errand().equals(object.look());
            if (begins || cancels || looks) {
                for (StoredDiagnostic run : open(stored.device(), kind)) {
                    if (begins && run.request().isEmpty()) {
                        told(run, end);
                    } else if (cancels && isBegun(run)) {
                        end(run, cancelled());
                    } else if (looks) {
                        check(run);
                    }
                }
            }
        }
    }

    private List<StoredDiagnostic> open(EndpointId device, DiagnosticKind kind) {
        return store.open(device).stream()
                .filter(run -> run.kind().equals(kind.text()))
                .toList();
    }

    private End cancelled() {
        return new End(State.CANCELLED, clock.instant(), Map.of(), "");
    }

    /// Takes the result where there is one.
    private void check(StoredDiagnostic run) {
        if (isBegun(run)) {
            object(run).flatMap(object -> object.end(clock.instant())).ifPresent(end -> end(run, end));
        }
    }

    @Override
    public void came(EndpointId device, List<EventStruct> events) {
        if (events.stream().noneMatch(Tr069Runs::tellsOfIt)) {
            return;
        }
        try {
            for (StoredDiagnostic run : store.open(device)) {
                if (isBegun(run)) {
                    object(run).map(Tr069Object::look).ifPresent(look -> leave(device, look));
                }
            }
        } catch (StoreException later) {
            LOG.warn("what {} has measured is asked for later: {}", device, later.getMessage());
        }
    }

    /// That one is complete, or that the device has started anew, and perhaps forgotten it.
    private static boolean tellsOfIt(EventStruct event) {
        return event.eventCode() == StandardEvent.DIAGNOSTICS_COMPLETE
                || event.eventCode() == StandardEvent.BOOT
                || event.eventCode() == StandardEvent.BOOTSTRAP;
    }

    private void leave(EndpointId device, Errand look) {
        if (!office.awaits(device, look)) {
            office.leave(device, look);
        }
    }

    /// Nothing else runs any more, whichever server has seen to its end.
    void only(List<StoredDiagnostic> running) {
        looks.keySet().retainAll(running.stream().map(StoredDiagnostic::id).collect(Collectors.toSet()));
    }

    /// Asks now and then of a run of which the device says nothing, the later the longer it takes, and takes what was
    /// read meanwhile.
    void sweep(StoredDiagnostic run) {
        Instant now = clock.instant();
        if (!isBegun(run)) {
            return;
        }
        check(run);
        Instant due = looks.computeIfAbsent(run.id(), _ -> run.begun().plus(Limits.LOOK));
        if (now.isBefore(due)) {
            return;
        }
        looks.put(run.id(), now.plus(Duration.between(run.begun(), now)));
        object(run)
                .map(Tr069Object::look)
                .filter(look -> !office.awaits(run.device(), look))
                .ifPresent(look -> {
                    if (office.ask(run.device(), look).isEmpty()) {
                        LOG.warn("{} is not asked how {} stands: too much waits for it", run.device(), run.key());
                    }
                });
    }

    /// Nobody waits for it any more; what was not told yet will not be.
    ///
    /// @return whether the device has not begun, and will not
    boolean withdraw(StoredDiagnostic run) {
        looks.remove(run.id());
        return object(run)
                .filter(object -> run.request().isEmpty()
                        && office.withdrawAll(run.device(), errand -> object.isOrder(errand, Tr069Object.REQUESTED)))
                .isPresent();
    }

    /// Has the device stop, in a session now where it can be called, else in its next.
    ///
    /// @return empty where it had ended, or is just told to begin
    Optional<StoredDiagnostic> cancel(StoredDiagnostic run) throws CallException {
        if (isBegun(run)) {
            switch (ask(run.device(), object(run).orElseThrow().cancelling())) {
                case Asked.Ended(ErrandEnd.Done _) -> end(run, cancelled());
                case Asked.Ended(ErrandEnd.Refused(CwmpFault fault)) ->
                    throw new RequestFailedException(run.device(), FaultMeaning.of(fault));
                case Asked.Ended(ErrandEnd.Declined(UspError error)) ->
                    throw new RequestFailedException(run.device(), error);
                case Asked.Ended _ ->
                    throw new CallTimedOutException(run.device(), "session after session ended over it", true);
                case Asked.Waits _ -> {}
                case Asked.NoRoom _ -> throw noRoom(run.device());
            }
        } else if (withdraw(run)) {
            end(run, cancelled());
        } else {
            return Optional.empty();
        }
        return store.find(run.device(), run.id());
    }
}
