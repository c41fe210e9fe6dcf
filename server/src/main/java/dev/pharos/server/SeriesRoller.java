// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.controller.store.StoreException;
import dev.pharos.server.store.SeriesStore;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts what parameters were in five minutes, soon after these are over. What it has not counted yet is counted by
/// whoever asks, so that nobody sees that it is behind; where several servers are at one database they share the work.
final class SeriesRoller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SeriesRoller.class);

    /// Reports of the end of five minutes come by then; one that comes later has them counted again.
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final SeriesStore series;
    private final Clock clock;
    private final Thread thread = Thread.ofVirtual().name("series-roller").unstarted(this::run);

    private SeriesRoller(SeriesStore series, Clock clock) {
        this.series = series;
        this.clock = clock;
    }

    static SeriesRoller start(SeriesStore series, Clock clock) {
        SeriesRoller roller = new SeriesRoller(series, clock);
        roller.thread.start();
        return roller;
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(PAUSE);
                roll();
            }
        } catch (InterruptedException stop) {
            LOG.debug("no more samples are counted");
        }
    }

    private void roll() {
        try {
            series.roll(clock.instant().minus(SeriesStore.ROLLED).minus(GRACE));
        } catch (StoreException later) {
            LOG.warn("samples are counted later: {}", later.getMessage());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
