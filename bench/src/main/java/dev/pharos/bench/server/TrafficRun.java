// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import dev.pharos.bench.measure.Scratch;
import dev.pharos.bench.server.Tally.Passed;
import dev.pharos.bench.tls.Certificates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;

/// All ways at one server, together: most of the time each waits for its next report. Only first contacts are one after
/// the other, since a device that starts and is read keeps a processor busy. Says on standard error how far it is.
final class TrafficRun {
    private final TrafficBed bed;
    private final List<TrafficWay> ways;
    private final ReentrantLock coming = new ReentrantLock(true);
    private final long begin = System.nanoTime();

    private TrafficRun(TrafficBed bed, List<TrafficWay> ways) {
        this.bed = bed;
        this.ways = ways;
    }

    /// @throws IOException where one way cannot be measured; what the others found is of no use then
    static Map<TrafficWay, Map<TrafficJob, Passed>> measure() throws IOException, InterruptedException {
        List<TrafficWay> ways = Arrays.stream(TrafficWay.values())
                .filter(TrafficWay::isMeasurable)
                .toList();
        if (!ways.contains(TrafficWay.COAPS)) {
            System.err.println(
                    "  coaps is left out: it takes CAP_NET_RAW, as root has it, to count what passes in DTLS");
        }
        try (Certificates certificates = Certificates.make();
                Scratch scratch = Scratch.open();
                ServerProcess server = ServerProcess.listening(
                        listeners(certificates, scratch.path()), scratch.path().resolve("server"));
                RestConnection rest = server.rest()) {
            TrafficBed bed = new TrafficBed(server, rest, certificates, scratch.path());
            return new TrafficRun(bed, ways).all();
        }
    }

    private static List<String> listeners(Certificates certificates, Path folder) {
        List<String> options = new ArrayList<>(List.of(
                "--http",
                "0",
                "--cert",
                certificates.chain().toString(),
                "--key",
                certificates.key().toString(),
                "--ca",
                certificates.trusted().toString()));
        for (TrafficWay way : TrafficWay.values()) {
            options.addAll(way.listening(folder));
        }
        return options;
    }

    private Map<TrafficWay, Map<TrafficJob, Passed>> all() throws IOException, InterruptedException {
        try (TrafficDevice first = bed.device(TrafficWay.WS, "FIRST")) {
            first.isKnown();
        }
        say("the server knows the model");
        Map<TrafficWay, Map<TrafficJob, Passed>> all = new EnumMap<>(TrafficWay.class);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ExecutorCompletionService<Done> running = new ExecutorCompletionService<>(threads);
            ways.forEach(way -> running.submit(() -> one(way)));
            try {
                while (all.size() < ways.size()) {
                    Done done = running.take().get();
                    all.put(done.way(), done.jobs());
                    say(done.way().listener() + ": done, " + all.size() + " of " + ways.size());
                }
            } catch (ExecutionException failed) {
                throw new IOException(failed.getCause());
            } finally {
                threads.shutdownNow();
            }
        }
        return all;
    }

    private record Done(TrafficWay way, Map<TrafficJob, Passed> jobs) {}

    private Done one(TrafficWay way) throws IOException, InterruptedException {
        coming.lockInterruptibly();
        boolean isComing = true;
        try (TrafficDevice device = bed.device(way, "WIRE" + way.name())) {
            Passed first = device.firstContact();
            say(way.listener() + ": is here and was read");
            coming.unlock();
            isComing = false;
            Map<TrafficJob, Passed> jobs = device.jobs();
            jobs.put(TrafficJob.FIRST_CONTACT, first);
            return new Done(way, jobs);
        } finally {
            if (isComing) {
                coming.unlock();
            }
        }
    }

    private void say(String what) {
        System.err.println(
                String.format(Locale.ROOT, "  %3d s  %s", (System.nanoTime() - begin) / 1_000_000_000, what));
    }
}
