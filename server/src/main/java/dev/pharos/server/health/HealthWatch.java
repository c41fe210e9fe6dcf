// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.health;

import dev.pharos.controller.store.StoreException;
import dev.pharos.server.store.HealthStore;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Judges all devices again and again, so that queries find them by their health.
public final class HealthWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HealthWatch.class);

    /// Between two rounds.
    private static final Duration PAUSE = Duration.ofMinutes(5);

    /// Not at once: a start has better things to do.
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(20);

    /// Between the devices that are judged at once, and those that are next: others have the database meanwhile.
    private static final Duration BREATH = Duration.ofMillis(100);

    private final HealthStore store;
    private final Clock clock;
    private final Thread thread = Thread.ofVirtual().name("health").unstarted(this::run);

    public HealthWatch(HealthStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    public HealthWatch start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            Thread.sleep(FIRST_PAUSE);
            while (true) {
                round();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException stop) {
            LOG.debug("nobody looks at the health of devices any more");
        }
    }

    private void round() throws InterruptedException {
        try {
            OptionalLong after = store.look(0, clock.instant());
            while (after.isPresent()) {
                Thread.sleep(BREATH);
                after = store.look(after.getAsLong(), clock.instant());
            }
        } catch (StoreException later) {
            LOG.warn("the health of devices is as it was, and looked at again in five minutes: {}", later.getMessage());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
