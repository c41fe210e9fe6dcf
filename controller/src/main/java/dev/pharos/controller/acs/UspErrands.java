// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.observe.ControllerObserver;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.controller.peer.DeviceUnreachableException;
import dev.pharos.controller.peer.RequestFailedException;
import dev.pharos.controller.peer.TooManyCallsException;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.StoredEvent;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import dev.pharos.usp.message.UspError;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does over USP what waits for a session of TR-069, as soon as the device is connected: in its order, and with
/// the same end for whoever has asked. What USP has nothing for waits for TR-069, and ends where that is off.
///
/// That an errand is begun is kept before the device is asked, so that after a sudden end nothing is done twice:
/// what must not be is not asked again, and values that stand already are not written again.
///
/// One virtual thread looks what is due; each device that is at work has one of its own.
public final class UspErrands implements ControllerObserver, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UspErrands.class);
    private static final String ENABLE = "Device.ManagementServer.EnableCWMP";
    private static final Set<String> OFF = Set.of("false", "0");
    private static final Set<EventKind> NEWS = Set.of(EventKind.ONLINE, EventKind.ONBOARDED, EventKind.MIGRATION);

    private final AcsOffice office;
    private final Line line;
    private final Predicate<EndpointId> settled;
    private final Set<EndpointId> atWork = ConcurrentHashMap.newKeySet();
    private final Semaphore due = new Semaphore(0);
    private final Thread looker;
    private volatile boolean stopping;

    /// Calls devices over USP and never otherwise.
    @FunctionalInterface
    public interface Line {
        Response call(EndpointId device, Request<?> request, Duration timeout) throws CallException;
    }

    /// @param settled whether a device is on its way between both protocols no more, or never was
    public UspErrands(AcsOffice office, Line line, Predicate<EndpointId> settled) {
        this.office = office;
        this.line = line;
        this.settled = settled;
        this.looker = Thread.ofVirtual().name("errands over USP").unstarted(this::look);
    }

    /// From now on, by itself.
    public UspErrands start() {
        looker.start();
        return this;
    }

    /// A device may just have come over USP.
    @Override
    public void eventStored(StoredEvent event) {
        if (NEWS.contains(event.event().kind()) && due.availablePermits() == 0) {
            due.release();
        }
    }

    private void look() {
        try {
            while (!stopping) {
                round();
                Thread.sleep(Limits.USP_BREATH);
                if (due.tryAcquire(Limits.USP_ROUND.toMillis(), TimeUnit.MILLISECONDS)) {
                    due.drainPermits();
                }
            }
        } catch (InterruptedException stop) {
            LOG.debug("errands over USP stop");
        }
    }

    private void round() {
        try {
            for (EndpointId device : office.errands().crossed(Limits.CROSSED)) {
                if (office.isOverUsp(device) && atWork.size() < Limits.OVER_USP && atWork.add(device)) {
                    Thread.ofVirtual().name("errands of " + device).start(() -> perform(device));
                }
            }
        } catch (StoreException unavailable) {
            LOG.warn("errands over USP wait for the database: {}", unavailable.getMessage());
        }
    }

    private void perform(EndpointId device) {
        try {
            goOn(device);
        } catch (StoreException unavailable) {
            LOG.warn("errands of {} wait for the database: {}", device, unavailable.getMessage());
        } catch (RuntimeException defect) {
            LOG.error("errands of {}: a defect of ours", device, defect);
        } finally {
            atWork.remove(device);
        }
    }

    /// Does what waits for a device as far as it goes now, by the thread that calls.
    void goOn(EndpointId device) {
        if (!office.isOverUsp(device)
                || !settled.test(device)
                || !office.turns().begin(device)) {
            return;
        }
        try {
            boolean goesOn = true;
            for (StoredErrand each : office.errands().of(device)) {
                goesOn = goesOn && !stopping && !office.turns().isHere(device) && carry(each);
            }
        } finally {
            office.turns().end(device);
        }
    }

    /// @return whether the next may follow: this one has ended, or waits for a session
    private boolean carry(StoredErrand stored) {
        Errand errand = stored.errand();
        if (errand instanceof Errand.MeetController || errand instanceof Errand.LeaveController) {
            // of a migration, which knows when it is over
            return true;
        }
        if (errand.isOverdue(office.now())) {
            return ended(stored, new ErrandEnd.Overdue());
        }
        boolean off = isOff(stored.device());
        if (!off && ErrandInUsp.isForSession(errand)) {
            return true;
        }
        List<Request<?>> requests = ErrandInUsp.requests(errand, "pharos-" + stored.seq());
        if (requests.isEmpty()) {
            return ended(stored, new ErrandEnd.Declined(nothingInUsp()));
        }
        if (stored.attempts() > 0 && !errand.isRepeatable()) {
            // the server ended while it was at work
            return ended(stored, new ErrandEnd.Uncertain());
        }
        return stored.attempts() < Limits.ATTEMPTS ? ask(stored, requests) : ended(stored, new ErrandEnd.GivenUp());
    }

    private boolean isOff(EndpointId device) {
        return office.parts()
                .stores()
                .twins()
                .find(device, ENABLE)
                .map(TwinValue::value)
                .filter(OFF::contains)
                .isPresent();
    }

    private static UspError nothingInUsp() {
        return new UspError(new Fault(
                StandardErrorCode.MESSAGE_NOT_SUPPORTED,
                "TR-069 is switched off on the device, and over USP there is nothing for what waited for its next"
                        + " session"));
    }

    private boolean ended(StoredErrand stored, ErrandEnd end) {
        return ended(stored, end, 0);
    }

    private boolean ended(StoredErrand stored, ErrandEnd end, int begun) {
        new ErrandClosing(office, stored.device()).endedOverUsp(stored, end, begun);
        return true;
    }

    private boolean ask(StoredErrand stored, List<Request<?>> requests) {
        EndpointId device = stored.device();
        int answered = 0;
        boolean noted = false;
        try {
            if (stored.attempts() > 0
                    && stored.errand() instanceof Errand.SetValues(Map<String, String> values)
                    && isSo(device, values)) {
                return ended(stored, new ErrandEnd.Done(true));
            }
            if (!office.errands().attempted(stored)) {
                // nobody wants it any more
                return true;
            }
            noted = true;
            ErrandEnd end = new ErrandEnd.Done(true);
            for (Request<?> each : requests) {
                end = ErrandInUsp.end(line.call(device, each, Limits.USP_ANSWER));
                if (end instanceof ErrandEnd.Declined) {
                    break;
                }
                answered++;
            }
            if (end instanceof ErrandEnd.Read) {
                // whoever asked for it looks there
                office.parts().twins().awaitKept(device);
            }
            return ended(stored, end, end instanceof ErrandEnd.Declined ? answered : 0);
        } catch (RequestFailedException refused) {
            return ended(stored, new ErrandEnd.Declined(refused.error()), answered);
        } catch (CallException lost) {
            LOG.debug("{} has not done {} over USP: {}", device, stored.errand(), lost.reason());
            lost(stored, noted, answered > 0 || isSent(lost), answered);
            return false;
        }
    }

    /// @param noted whether it was noted as begun
    private void lost(StoredErrand stored, boolean noted, boolean sent, int answered) {
        if (!noted) {
            return;
        }
        if (!sent) {
            office.errands().untried(stored);
        } else if (!stored.errand().isRepeatable()) {
            boolean _ = ended(stored, new ErrandEnd.Uncertain(), answered);
        } else if (stored.attempts() + 1 >= Limits.ATTEMPTS) {
            boolean _ = ended(stored, new ErrandEnd.GivenUp(), answered);
        }
    }

    /// Whether the device may have got it.
    private static boolean isSent(CallException lost) {
        return switch (lost) {
            case DeviceUnreachableException away -> away.sent();
            case CallTimedOutException late -> late.sent();
            case TooManyCallsException _ -> false;
            default -> true;
        };
    }

    /// Whether these values stand already, so that what was begun before was done. Of secrets nobody knows.
    private boolean isSo(EndpointId device, Map<String, String> values) throws CallException {
        Map<String, String> found = new HashMap<>();
        try {
            if (line.call(device, new GetRequest(List.copyOf(values.keySet()), 0), Limits.USP_ANSWER)
                    instanceof GetResponse got) {
                got.requestedPathResults().stream()
                        .flatMap(result -> result.resolvedPathResults().stream())
                        .forEach(object -> object.resultParams()
                                .forEach((name, value) -> found.put(object.resolvedPath() + name, value)));
            }
        } catch (RequestFailedException unreadable) {
            LOG.debug("{} does not say whether it has done it: {}", device, unreadable.reason());
        }
        return found.entrySet().containsAll(values.entrySet());
    }

    /// Begins nothing more, and waits a little for what is under way.
    @Override
    public void close() {
        stopping = true;
        looker.interrupt();
        Instant end = Instant.now().plus(Limits.USP_GOODBYE);
        try {
            while (!atWork.isEmpty() && Instant.now().isBefore(end)) {
                Thread.sleep(Limits.USP_BREATH.dividedBy(10));
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
