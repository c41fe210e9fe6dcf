// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import dev.pharos.bench.measure.Benchmark;
import dev.pharos.bench.measure.Outcome;
import dev.pharos.bench.measure.Rounds;
import dev.pharos.bench.measure.Scratch;
import dev.pharos.server.postgres.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Values a second that the collector of bulk data takes: devices post reports to a server process, each over a
/// connection of its own and with its own login, and each is answered when its values are committed in the twin and
/// among the samples. The time in which they are counted in their five minutes, which a server does later, is added.
/// Against a bare COPY BINARY of the very rows that this left, into three other tables with the same columns and
/// indexes in the same PostgreSQL. Both durable, both into tables that are empty.
public final class BulkIngest implements Benchmark {
    private static final double TARGET = 0.5;

    /// Of each device in a round: the first makes the rows of its twin, the others write over them.
    private static final int REPORTS = 4;

    private static final long VALUES = (long) ReportingFleet.DEVICES * REPORTS * DeviceReports.VALUES;

    @Override
    public String name() {
        return "bulk-ingest";
    }

    @Override
    public String definition() {
        return ReportingFleet.DEVICES + " devices post " + REPORTS + " reports of " + DeviceReports.VALUES
                + " parameters each (JSON name-value, gzip, " + ReportPosts.AT_ONCE
                + " at once) to a server that keeps all of them as series, answered after the commit, and counted then"
                + " / COPY BINARY of the rows that this left into tables with the same indexes";
    }

    @Override
    public Outcome run() throws Exception {
        try (Scratch scratch = Scratch.open()) {
            Path database = Files.createDirectory(scratch.path().resolve("database"));
            Path data = Files.createDirectory(scratch.path().resolve("server"));
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(database);
                    ReportingFleet fleet = ReportingFleet.in(postgres.dataSource())) {
                try (ServerProcess server = ServerProcess.listening(
                        List.of(
                                "--http",
                                "0",
                                "--ws",
                                "0",
                                "--mqtt",
                                "off",
                                "--stomp",
                                "off",
                                "--cwmp",
                                "off",
                                "--database",
                                fleet.url()),
                        data)) {
                    ReportPosts posts = new ReportPosts(server.address("http"));
                    return new Rounds(1, 5)
                            .compare(() -> collected(fleet, posts), () -> copied(fleet), TARGET, false, "values/s");
                }
            }
        }
    }

    /// The devices' own work, to write and to compress a report, is done before the clock runs.
    private static double collected(ReportingFleet fleet, ReportPosts posts) throws Exception {
        fleet.forget();
        long nanos = 0;
        for (int report = 0; report < REPORTS; report++) {
            Instant collected = Instant.now();
            List<byte[]> deliveries = new ArrayList<>(ReportingFleet.DEVICES);
            for (int device = 0; device < ReportingFleet.DEVICES; device++) {
                deliveries.add(DeviceReports.delivery(device, report, collected));
            }
            long begin = System.nanoTime();
            posts.send(deliveries);
            nanos += System.nanoTime() - begin;
        }
        long begin = System.nanoTime();
        fleet.roll();
        long rolling = System.nanoTime() - begin;
        System.err.printf(
                Locale.ROOT, "  answered after %.2f s, counted after %.2f s more%n", nanos / 1e9, rolling / 1e9);
        nanos += rolling;
        fleet.remember(VALUES);
        return VALUES * 1e9 / nanos;
    }

    private static double copied(ReportingFleet fleet) throws Exception {
        fleet.forgetCopies();
        long begin = System.nanoTime();
        fleet.copyBack();
        long nanos = System.nanoTime() - begin;
        fleet.checkCopies(VALUES);
        return VALUES * 1e9 / nanos;
    }
}
