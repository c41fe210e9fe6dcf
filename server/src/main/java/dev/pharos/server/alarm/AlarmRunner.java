// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.alarm;

import dev.pharos.controller.alarm.AlarmCondition;
import dev.pharos.controller.job.AudienceReader;
import dev.pharos.controller.query.Condition;
import dev.pharos.controller.query.QueryException;
import dev.pharos.controller.query.UnresolvedGroupException;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.controller.store.StoreException;
import dev.pharos.server.store.AlarmRuleStore;
import dev.pharos.server.store.AlarmRuleStore.StoredRule;
import dev.pharos.server.store.AlarmStore;
import dev.pharos.server.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at each rule again and again, and tells the history what became of it. One thread; of several servers one
/// looks
/// at a rule at a time.
public final class AlarmRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmRunner.class);

    /// A rule whose time has come is seen within this.
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /// Cleared alarms are looked up as long as the events that caused them.
    private static final Duration KEPT = Duration.ofDays(90);

    private static final Duration TIDY = Duration.ofHours(1);

    private final Parts parts;
    private final Semaphore wakes = new Semaphore(0);
    private final Thread thread = Thread.ofVirtual().name("alarms").unstarted(this::run);
    private Instant tidied = Instant.EPOCH;
    private volatile boolean closing;

    /// What it works with.
    ///
    /// @param history keeps events, and returns when they are kept
    public record Parts(
            AlarmRuleStore rules,
            AlarmStore alarms,
            AudienceReader queries,
            Consumer<List<NewEvent>> history,
            Clock clock) {
        public static Parts over(
                Database database, AudienceReader queries, Consumer<List<NewEvent>> history, Clock clock) {
            return new Parts(new AlarmRuleStore(database), new AlarmStore(database), queries, history, clock);
        }
    }

    public AlarmRunner(Parts parts) {
        this.parts = parts;
    }

    public AlarmRunner start() {
        thread.start();
        return this;
    }

    /// Looks now.
    public void wake() {
        wakes.release();
    }

    private void run() {
        try {
            while (!closing) {
                pass();
                wakes.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                wakes.drainPermits();
            }
        } catch (InterruptedException stop) {
            LOG.debug("alarms stop");
        }
    }

    /// Looks once at all of them.
    void pass() {
        try {
            Instant now = parts.clock().instant();
            for (StoredRule rule : parts.rules().all()) {
                parts.rules().forOwner(rule, () -> look(rule, now));
            }
            while (parts.alarms().tell(parts.history())) {
                LOG.debug("there is more to tell");
            }
            if (!now.isBefore(tidied.plus(TIDY))) {
                tidied = now;
                parts.alarms().deleteBefore(now.minus(KEPT));
            }
        } catch (StoreException failed) {
            LOG.warn("alarms wait for the database: {}", failed.getMessage());
        } catch (RuntimeException defect) {
            LOG.error("looking for alarms failed, which is tried again", defect);
        }
    }

    private void look(StoredRule stored, Instant now) {
        try {
            Condition devices = read(stored.rule().devices());
            Optional<Condition> holds = stored.rule().condition() instanceof AlarmCondition.Holds state
                    ? Optional.of(read(state.query()))
                    : Optional.empty();
            parts.alarms().look(stored, devices, holds, now);
        } catch (QueryException wrong) {
            parts.rules().note(stored.id(), "its query has become none: " + wrong.reason());
        } catch (UnresolvedGroupException unresolved) {
            parts.rules().note(stored.id(), "its query has become none: " + unresolved.reason());
        } catch (RuntimeException failed) {
            // of one rule, which must not stop the others
            LOG.error(
                    "the rule {} could not be looked at, which is tried again",
                    stored.rule().name(),
                    failed);
            parts.rules().note(stored.id(), "it could not be looked at: the log of the server says why");
        }
    }

    private Condition read(String query) throws QueryException, UnresolvedGroupException {
        return query.isBlank() ? new Condition.All(List.of()) : parts.queries().read(query);
    }

    @Override
    public void close() {
        closing = true;
        // not interrupted: a connection to the database in the middle of something would be broken by it
        wake();
        try {
            thread.join(PAUSE);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
