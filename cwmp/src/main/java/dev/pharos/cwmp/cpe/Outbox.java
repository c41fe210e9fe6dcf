// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.cpe;

import dev.pharos.cwmp.Limits;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.rpc.CpeRequest;
import dev.pharos.cwmp.rpc.EventStruct;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What a CPE has to tell its ACS, kept until it was told: events, most of which the response to an Inform settles, and
/// reports, each of which its own response does. Events may come at any time, from any thread; one that comes while an
/// Inform with the same is under way is told once more.
public final class Outbox {
    private final Consumer<Contents> keeper;
    private final List<EventStruct> waiting;
    private final List<EventStruct> underWay = new ArrayList<>();
    private final List<Report> reports;
    private long retryCount;

    /// What is to be told, for keeping over restarts.
    ///
    /// @param retryCount sessions that failed since the last that did not
    public record Contents(List<EventStruct> events, List<Report> reports, long retryCount) {
        public static final Contents NOTHING = new Contents(List.of(), List.of(), 0);

        public Contents {
            events = List.copyOf(events);
            reports = List.copyOf(reports);
        }
    }

    /// @param keeper is given the contents after each change, before the change is acted on; it must not call back
    public Outbox(Contents contents, Consumer<Contents> keeper) {
        this.keeper = keeper;
        this.waiting = new ArrayList<>(contents.events());
        this.reports = new ArrayList<>(contents.reports());
        this.retryCount = contents.retryCount();
    }

    public synchronized Contents contents() {
        Set<EventStruct> events = new LinkedHashSet<>(underWay);
        events.addAll(waiting);
        return new Contents(List.copyOf(events), reports, retryCount);
    }

    /// Adds an event that the response to an Inform settles. What waits already is not added again; a BOOTSTRAP voids
    /// all
    /// that was before it but a BOOT, since the ACS is a stranger now.
    ///
    /// @return false where [Limits#PENDING] others wait already, so that it is not told
    public synchronized boolean add(EventStruct event) {
        if (event.eventCode() == StandardEvent.BOOTSTRAP) {
            waiting.removeIf(each -> each.eventCode() != StandardEvent.BOOT);
            underWay.removeIf(each -> each.eventCode() != StandardEvent.BOOT);
            reports.clear();
        }
        boolean told = waiting.contains(event);
        if (!told && waiting.size() < Limits.PENDING) {
            told = waiting.add(event);
        }
        keep();
        return told;
    }

    /// Adds a report with the events that announce it.
    ///
    /// @return false where [Limits#PENDING] others wait already, so that it is not made
    public synchronized boolean add(Report report) {
        if (reports.size() >= Limits.PENDING) {
            return false;
        }
        reports.add(report);
        keep();
        return true;
    }

    /// Takes reports back that nobody waits for any more.
    public synchronized void withdraw(Predicate<CpeRequest<?>> which) {
        if (reports.removeIf(each -> which.test(each.request()))) {
            keep();
        }
    }

    /// Whether there is a reason for a session.
    public synchronized boolean isEmpty() {
        return waiting.isEmpty() && underWay.isEmpty() && reports.isEmpty();
    }

    public synchronized long retryCount() {
        return retryCount;
    }

    /// After a restart of the device: reports, a BOOTSTRAP and that a diagnosis is complete are still to be told, other
    /// events are of the past.
    public synchronized void restarted() {
        waiting.removeIf(each -> !EventRules.survivesRestart(each.eventCode()));
        retryCount = 0;
        keep();
    }

    /// The events of an Inform that is sent now, each once, at most as many as an Inform may have. A heartbeat
    /// is alone in its Inform, and so waits until all else was told.
    synchronized List<EventStruct> tell() {
        Set<EventStruct> told = new LinkedHashSet<>(underWay);
        boolean quiet = isQuiet();
        for (EventStruct each : List.copyOf(waiting)) {
            if (told.size() < Limits.EVENTS && (quiet || !isHeartbeat(each))) {
                waiting.remove(each);
                if (told.add(each)) {
                    underWay.add(each);
                }
            }
        }
        for (Report report : reports) {
            report.events().stream().filter(each -> told.size() < Limits.EVENTS).forEach(told::add);
        }
        return List.copyOf(told);
    }

    /// Whether a heartbeat is all that there is to tell.
    public synchronized boolean isQuiet() {
        return !waiting.isEmpty()
                && underWay.isEmpty()
                && reports.isEmpty()
                && waiting.stream().allMatch(Outbox::isHeartbeat);
    }

    /// Whether changed values are all that there is to tell.
    public synchronized boolean hasOnlyChanges() {
        return !waiting.isEmpty()
                && underWay.isEmpty()
                && reports.isEmpty()
                && waiting.stream().allMatch(each -> each.eventCode() == StandardEvent.VALUE_CHANGE);
    }

    private static boolean isHeartbeat(EventStruct event) {
        return event.eventCode() == StandardEvent.HEARTBEAT;
    }

    /// The Inform was answered: what it told is settled, but for reports.
    synchronized void informed() {
        underWay.clear();
        retryCount = 0;
        keep();
    }

    /// The Inform was not answered: what it told is told again, but for what only concerned this attempt. A
    /// heartbeat is no attempt that counts.
    synchronized void failed() {
        boolean counts = underWay.isEmpty() || !underWay.stream().allMatch(Outbox::isHeartbeat);
        Predicate<EventStruct> again = each -> EventRules.isKeptAfterFailure(each.eventCode());
        Set<EventStruct> events =
                new LinkedHashSet<>(underWay.stream().filter(again).toList());
        events.addAll(waiting);
        underWay.clear();
        waiting.clear();
        waiting.addAll(events);
        if (counts) {
            retryCount++;
        }
        keep();
    }

    /// The report that is to be made next.
    synchronized Optional<Report> next() {
        return reports.isEmpty() ? Optional.empty() : Optional.of(reports.getFirst());
    }

    /// The report was answered, by whatever.
    synchronized void settled(Report report) {
        reports.remove(report);
        keep();
    }

    private void keep() {
        keeper.accept(contents());
    }
}
