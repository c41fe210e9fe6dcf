// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.migration;

import dev.pharos.controller.acs.AcsOffice;
import dev.pharos.controller.acs.ErrandEnd;
import dev.pharos.controller.acs.StoredErrand;
import dev.pharos.controller.job.DeviceLine;
import dev.pharos.controller.observe.ControllerObserver;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.TwinStore;
import dev.pharos.usp.EndpointId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves devices from TR-069 to USP. What is kept is enough to go on after the server ended at any moment; of several
/// servers over one store each may look, and one step of two is kept.
///
/// One virtual thread looks what is due; each device that is at work has one of its own.
public final class MigrationRunner implements ControllerObserver, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MigrationRunner.class);

    private final Parts parts;
    private final MigrationWork work;
    private final Set<EndpointId> atWork = ConcurrentHashMap.newKeySet();
    private volatile Set<EndpointId> followed = Set.of();
    private final Semaphore due = new Semaphore(0);
    private final Thread looker;
    private volatile boolean stopping;

    /// What it works with.
    ///
    /// @param usp calls devices over USP and never otherwise
    public record Parts(
            MigrationStore store, AcsOffice office, DeviceLine usp, TwinStore twins, Teller teller, Clock clock) {}

    /// Tells whoever watches a device.
    @FunctionalInterface
    public interface Teller {
        /// @param text one sentence
        void tell(EndpointId device, String text);
    }

    public MigrationRunner(Parts parts) {
        this.parts = parts;
        this.work = new MigrationWork(
                new MigrationWork.Parts(parts.store(), parts.office(), parts.usp(), parts.twins(), parts.clock()));
        this.looker = Thread.ofVirtual().name("migrations").unstarted(this::look);
        parts.office().watchedBy(new Sessions());
    }

    public MigrationStore store() {
        return parts.store();
    }

    /// From now on, by itself.
    public MigrationRunner start() {
        looker.start();
        return this;
    }

    /// Begins to move a device.
    ///
    /// @return empty where it is being moved, or was
    public Optional<Migration> begin(EndpointId device, MigrationPlan plan) {
        Migration migration = Migration.of(device, plan, parts.clock().instant());
        if (!parts.store().begin(migration)) {
            return Optional.empty();
        }
        tell(migration);
        wake();
        return Optional.of(migration);
    }

    /// Whether as many are on their way as may be.
    public boolean isFull() {
        return parts.store().counts().entrySet().stream()
                        .filter(each -> !each.getKey().isEnd())
                        .mapToLong(Map.Entry::getValue)
                        .sum()
                >= Limits.OPEN;
    }

    /// Whether a device is not on its way: it never was, or has come to an end of it, or back.
    public boolean isSettled(EndpointId device) {
        return parts.store()
                .find(device)
                .filter(found -> !found.state().isEnd())
                .isEmpty();
    }

    /// Begins to undo it, wherever it is.
    ///
    /// @param by who wants that
    /// @return empty where there is nothing to undo, or it is being undone
    public Optional<Migration> back(EndpointId device, String by) {
        Optional<Migration> found = parts.store().find(device);
        while (found.isPresent() && !isGoingBack(found.get().state())) {
            Migration back = found.get()
                    .withReason(ReturnReason.CALLED_BACK)
                    .to(MigrationState.RETURNING, parts.clock().instant(), "the way back, as " + by + " asked");
            if (keep(found.get(), back)) {
                wake();
                return Optional.of(back);
            }
            found = parts.store().find(device);
        }
        return Optional.empty();
    }

    private static boolean isGoingBack(MigrationState state) {
        return state == MigrationState.RETURNING || state.isBack();
    }

    private boolean keep(Migration from, Migration to) {
        boolean kept = parts.store().move(from, to);
        if (kept) {
            tell(to);
        }
        return kept;
    }

    private void tell(Migration migration) {
        parts.teller()
                .tell(
                        migration.device(),
                        migration.state().text() + ": " + migration.last().text());
    }

    private void wake() {
        if (due.availablePermits() == 0) {
            due.release();
        }
    }

    @Override
    public void deviceChanged(DeviceRecord device) {
        if (followed.contains(device.id())) {
            wake();
        }
    }

    /// Looks at what happens over TR-069.
    private final class Sessions implements AcsOffice.Watcher {
        @Override
        public void ended(StoredErrand errand, ErrandEnd end) {
            Optional<Migration> migration = parts.store().find(errand.device());
            migration
                    .flatMap(found -> work.ended(found, errand.errand(), end))
                    .filter(next -> keep(migration.get(), next))
                    .ifPresent(_ -> wake());
        }

        /// As long as TR-069 is its other leg. Who is back has come so already, and who is moved comes so no more.
        @Override
        public boolean comesUnproven(EndpointId device) {
            return parts.store()
                    .find(device)
                    .filter(found -> !found.state().isEnd()
                            || (found.state() == MigrationState.DONE
                                    && found.plan().keepCwmp()))
                    .isPresent();
        }
    }

    private void look() {
        try {
            while (!stopping) {
                round();
                Thread.sleep(Limits.BREATH);
                if (due.tryAcquire(Limits.ROUND.toMillis(), TimeUnit.MILLISECONDS)) {
                    due.drainPermits();
                }
            }
        } catch (InterruptedException stop) {
            LOG.debug("migrations stop");
        }
    }

    /// Begins once what is due.
    private void round() {
        try {
            List<Migration> open = parts.store().open(Limits.OPEN);
            followed = open.stream().map(Migration::device).collect(Collectors.toSet());
            for (Migration migration : open) {
                if (atWork.size() < Limits.AT_WORK && atWork.add(migration.device())) {
                    Thread.ofVirtual()
                            .name("migration of " + migration.device())
                            .start(() -> perform(migration));
                }
            }
        } catch (StoreException unavailable) {
            LOG.warn("migrations wait for the database: {}", unavailable.getMessage());
        }
    }

    private void perform(Migration migration) {
        try {
            goOn(migration);
        } catch (StoreException unavailable) {
            LOG.warn("the migration of {} waits for the database: {}", migration.device(), unavailable.getMessage());
        } catch (RuntimeException defect) {
            LOG.error("the migration of {}: a defect of ours", migration.device(), defect);
        } finally {
            atWork.remove(migration.device());
        }
    }

    /// As far as it goes now, by the thread that calls.
    void goOn(Migration migration) {
        Optional<Migration> here = Optional.of(migration);
        while (here.isPresent() && !stopping) {
            Migration before = here.get();
            here = work.advance(before).filter(next -> keep(before, next));
        }
    }

    /// Begins nothing more, and waits a little for what is under way: what is not kept then is done again.
    @Override
    public void close() {
        stopping = true;
        looker.interrupt();
        Instant end = Instant.now().plus(Limits.GOODBYE);
        try {
            while (!atWork.isEmpty() && Instant.now().isBefore(end)) {
                Thread.sleep(Limits.BREATH);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
