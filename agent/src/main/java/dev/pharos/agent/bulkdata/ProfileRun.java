// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.bulkdata;

import dev.pharos.agent.config.Limits;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.AgentTimer;
import dev.pharos.agent.runtime.Period;
import dev.pharos.mtp.RetryBackoff;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An enabled profile: collects a report when an interval ends and has it delivered, again and again until it is or the
/// next interval ends (R-BULK.2, R-BULK.3). At most one report is on its way; those that failed before go with it.
///
/// Its lock is held for a few instructions, never while something is read, written or sent.
final class ProfileRun {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileRun.class);

    private final String path;
    private final AgentRuntime runtime;
    private final Work work;
    private final ArrayDeque<Report> failed = new ArrayDeque<>(1);
    private Period period = new Period(Duration.ZERO, Period.UNKNOWN_TIME);
    private String encodingType = "";
    private AgentTimer.@Nullable Entry end;
    private AgentTimer.@Nullable Entry retry;
    private @Nullable Report pending;
    private long round;
    private int failures;
    private boolean delivering;
    private boolean closed;
    private volatile boolean failing;

    /// What a profile does.
    interface Work {
        /// The profile with what it says now; empty where it is gone.
        Optional<Profile> profile(String path);

        Report collect(Profile profile) throws ReportTooLargeException;

        /// @param reports the oldest first
        /// @return why they were not taken; empty where they were
        Optional<String> deliver(Profile profile, List<Report> reports) throws InterruptedException;

        /// Whether some profile fails may be different now.
        void turned();

        /// What is to be kept for later may be different now.
        void keep(ProfileRun run);
    }

    /// @param before what an earlier process could not deliver
    ProfileRun(String path, AgentRuntime runtime, Work work, RetainedReports.Kept before) {
        this.path = path;
        this.runtime = runtime;
        this.work = work;
        this.encodingType = before.encodingType();
        this.failed.addAll(before.reports());
    }

    String path() {
        return path;
    }

    /// What could not be delivered so far, also where it is tried again; empty where the run is over and has nothing to
    /// say of it.
    ///
    /// @param most reports
    synchronized Optional<RetainedReports.Kept> kept(int most) {
        if (closed) {
            return Optional.empty();
        }
        ArrayDeque<Report> all = new ArrayDeque<>(failed);
        if (pending != null && failures > 0) {
            all.addLast(pending);
        }
        trim(all, most);
        return Optional.of(new RetainedReports.Kept(encodingType, List.copyOf(all)));
    }

    /// Whether its last report was not delivered.
    boolean isFailing() {
        return failing;
    }

    /// Takes up what the profile says now.
    synchronized void settle(Profile profile) {
        if (!profile.encodingType().equals(encodingType)) {
            encodingType = profile.encodingType();
            failed.clear();
        }
        if (!profile.period().equals(period)) {
            period = profile.period();
            plan();
        }
    }

    /// The device has restarted: nothing of before is delivered any more, unless it is kept, and failures count anew
    /// (R-BULK.5).
    ///
    /// @param keeping whether what failed outlives a reboot
    synchronized void restarted(boolean keeping) {
        if (!keeping) {
            failed.clear();
        } else if (pending != null && failures > 0) {
            failed.addLast(pending);
        }
        forgetPending();
        failures = 0;
        plan();
    }

    private void forgetPending() {
        pending = null;
        round++;
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
    }

    private synchronized void plan() {
        if (end != null) {
            end.cancel();
        }
        end = closed
                ? null
                : runtime.timer().schedule(period.untilNext(runtime.clock().instant()), this::ended);
    }

    private void ended() {
        plan();
        collect();
    }

    /// Makes a report of now and has it delivered. May wait for the network.
    void collect() {
        try {
            Optional<Profile> profile = work.profile(path);
            if (profile.isPresent()) {
                offer(work.collect(profile.get()), profile.get());
            }
        } catch (ReportTooLargeException tooLarge) {
            turn(Optional.of("there is no report, since it would hold " + tooLarge.getMessage()));
        } catch (RuntimeException defect) {
            LOG.error("a defect of ours in the report of {}", path, defect);
        }
    }

    private void offer(Report report, Profile profile) {
        synchronized (this) {
            if (closed) {
                return;
            }
            Report before = pending;
            forgetPending();
            if (before != null) {
                retain(before, profile.retainedReports());
            }
            pending = report;
            if (delivering) {
                // whoever delivers sees it next
                return;
            }
            delivering = true;
        }
        deliver();
    }

    private void again(long planned) {
        synchronized (this) {
            if (planned != round || pending == null || delivering) {
                return;
            }
            retry = null;
            delivering = true;
        }
        deliver();
    }

    /// What is to be delivered at once.
    private record Batch(Profile profile, long round, List<Report> reports) {}

    private synchronized Optional<Batch> next(Optional<Profile> profile) {
        Report newest = pending;
        if (newest == null || closed || profile.isEmpty()) {
            delivering = false;
            return Optional.empty();
        }
        // rights that were taken away count for what waits too
        failed.removeIf(report -> !report.roles().equals(newest.roles()));
        trim(failed, profile.get().retainedReports());
        List<Report> reports = new ArrayList<>(failed);
        reports.add(newest);
        return Optional.of(new Batch(profile.get(), round, reports));
    }

    private void deliver() {
        boolean done = false;
        try {
            boolean more = true;
            while (more) {
                more = deliverOnce();
            }
            done = true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            if (!done) {
                abandoned();
            }
            work.keep(this);
        }
    }

    /// @return whether there is a newer report to deliver
    private boolean deliverOnce() throws InterruptedException {
        Optional<Batch> batch = next(work.profile(path));
        if (batch.isEmpty()) {
            return false;
        }
        Optional<String> refused =
                work.deliver(batch.get().profile(), batch.get().reports());
        turn(refused);
        return delivered(batch.get(), refused);
    }

    private synchronized void abandoned() {
        delivering = false;
    }

    private synchronized boolean delivered(Batch batch, Optional<String> refused) {
        boolean newest = batch.round() == round;
        if (refused.isEmpty()) {
            failures = 0;
            failed.removeAll(batch.reports());
            if (newest) {
                pending = null;
            }
        } else {
            failures++;
            if (newest) {
                planRetry(batch.profile());
            }
        }
        delivering = !newest && pending != null;
        return delivering;
    }

    private void planRetry(Profile profile) {
        Report report = pending;
        if (report == null || closed) {
            return;
        }
        Optional<Protocol> protocol = profile.protocol();
        if (protocol.isEmpty() || protocol.get() == Protocol.USP_EVENT_NOTIF) {
            pending = null;
            return;
        }
        Optional<RetryBackoff> backoff =
                protocol.get() == Protocol.HTTP ? profile.http().flatMap(HttpDestination::retries) : Optional.empty();
        if (backoff.isPresent()) {
            long planned = round;
            retry = runtime.timer()
                    .schedule(backoff.get().waitBefore(failures, runtime.random()), () -> again(planned));
        } else {
            pending = null;
            retain(report, profile.retainedReports());
        }
    }

    private void retain(Report report, int most) {
        failed.addLast(report);
        trim(failed, most);
    }

    /// The oldest give way.
    private static void trim(ArrayDeque<Report> reports, int most) {
        long characters = reports.stream().mapToLong(Report::characters).sum();
        while (reports.size() > most || characters > Limits.BULK_REPORT_CHARACTERS) {
            characters -= reports.removeFirst().characters();
        }
    }

    private void turn(Optional<String> trouble) {
        synchronized (this) {
            if (closed) {
                return;
            }
        }
        boolean before = failing;
        failing = trouble.isPresent();
        if (before != failing) {
            trouble.ifPresentOrElse(
                    why -> LOG.warn("the report of {} is not delivered: {}", path, why),
                    () -> LOG.info("reports of {} are delivered again", path));
            work.turned();
        }
    }

    synchronized void close() {
        closed = true;
        failed.clear();
        forgetPending();
        if (end != null) {
            end.cancel();
            end = null;
        }
    }
}
