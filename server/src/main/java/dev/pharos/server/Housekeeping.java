// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.controller.job.JobStore;
import dev.pharos.controller.store.EventStore;
import dev.pharos.controller.store.StoreException;
import dev.pharos.server.store.DeviceFileStore;
import dev.pharos.server.store.SeriesStore;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets what is past its keeping, once an hour.
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    /// A quarter of a year: what operators look back for, on a disk of ordinary size.
    private static final Duration EVENTS = Duration.ofDays(90);

    /// As long as what devices told meanwhile.
    private static final Duration JOBS = EVENTS;

    /// As well.
    private static final Duration FILES = EVENTS;

    private static final Duration PAUSE = Duration.ofHours(1);

    /// Not at once: a start has better things to do.
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

    private final EventStore events;
    private final JobStore jobs;
    private final SeriesStore series;
    private final DeviceFileStore files;
    private final Clock clock;
    private final Thread thread;

    private Housekeeping(EventStore events, JobStore jobs, SeriesStore series, DeviceFileStore files, Clock clock) {
        this.events = events;
        this.jobs = jobs;
        this.series = series;
        this.files = files;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("housekeeping").unstarted(this::run);
    }

    static Housekeeping start(
            EventStore events, JobStore jobs, SeriesStore series, DeviceFileStore files, Clock clock) {
        Housekeeping housekeeping = new Housekeeping(events, jobs, series, files, clock);
        housekeeping.thread.start();
        return housekeeping;
    }

    private void run() {
        try {
            Thread.sleep(FIRST_PAUSE);
            while (true) {
                tidy();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException stop) {
            LOG.debug("housekeeping stops");
        }
    }

    private void tidy() {
        try {
            events.deleteBefore(clock.instant().minus(EVENTS));
            jobs.deleteBefore(clock.instant().minus(JOBS));
            series.tidy(clock.instant());
            files.deleteBefore(clock.instant().minus(FILES));
        } catch (StoreException later) {
            LOG.warn(
                    "old events, jobs, samples and files were not removed, which is tried again in an hour: {}",
                    later.getMessage());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
