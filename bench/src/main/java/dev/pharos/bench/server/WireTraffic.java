// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import dev.pharos.bench.measure.Benchmark;
import dev.pharos.bench.measure.Outcome;
import dev.pharos.bench.measure.Scratch;
import dev.pharos.bench.server.Tally.Passed;
import dev.pharos.bench.tls.Certificates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The bytes that the same job takes over USP, against those over TR-069 with the same protection; with a table of
/// bytes and round trips on standard error.
///
/// Over TR-069 a job is done in the device's next session, of which all is counted; where the device is called to come,
/// the call is to be added. Over USP what the job has the device notify is counted too. Of TLS the handshakes of new
/// connections are counted where there are such; devices show certificates there. First contacts are those of a model
/// that
/// the server has seen before.
public final class WireTraffic implements Benchmark {
    /// Names all of them.
    public static final String GROUP = "wire";

    private final TrafficWay way;
    private final TrafficJob job;
    private final Measured measured;

    private WireTraffic(TrafficWay way, TrafficJob job, Measured measured) {
        this.way = way;
        this.job = job;
        this.measured = measured;
    }

    public static List<Benchmark> all() {
        Measured measured = new Measured();
        List<Benchmark> all = new ArrayList<>();
        for (TrafficWay way : TrafficWay.values()) {
            if (!way.isCwmp() && way.isMeasurable()) {
                for (TrafficJob job : TrafficJob.values()) {
                    all.add(new WireTraffic(way, job, measured));
                }
            }
        }
        return all;
    }

    @Override
    public String name() {
        return GROUP + "-" + way.listener() + "-" + job.text();
    }

    @Override
    public String definition() {
        return job.meaning() + ": bytes over USP on " + way.listener() + " / bytes over "
                + way.baseline().listener();
    }

    @Override
    public boolean onlyWhenNamed() {
        return true;
    }

    @Override
    public Outcome run() throws Exception {
        Map<TrafficWay, Map<TrafficJob, Passed>> all = measured.all();
        double ours = passed(all, way).bytes();
        double baseline = passed(all, way.baseline()).bytes();
        return new Outcome(ours / baseline, 1.0, true, ours, baseline, "bytes", job.rounds());
    }

    private Passed passed(Map<TrafficWay, Map<TrafficJob, Passed>> all, TrafficWay of) {
        Passed found = all.getOrDefault(of, Map.of()).get(job);
        if (found == null) {
            throw new IllegalStateException(of + " was not measured");
        }
        return found;
    }

    /// All ways, one after the other at one server, once.
    private static final class Measured {
        private @Nullable Map<TrafficWay, Map<TrafficJob, Passed>> found;

        private Map<TrafficWay, Map<TrafficJob, Passed>> all() throws IOException, InterruptedException {
            Map<TrafficWay, Map<TrafficJob, Passed>> known = found;
            if (known == null) {
                known = measure();
                found = known;
            }
            return known;
        }

        private static Map<TrafficWay, Map<TrafficJob, Passed>> measure() throws IOException, InterruptedException {
            Map<TrafficWay, Map<TrafficJob, Passed>> all = new EnumMap<>(TrafficWay.class);
            try (Certificates certificates = Certificates.make();
                    Scratch scratch = Scratch.open();
                    ServerProcess server = ServerProcess.listening(
                            listeners(certificates, scratch.path()),
                            scratch.path().resolve("server"));
                    RestConnection rest = server.rest()) {
                TrafficBed bed = new TrafficBed(server, rest, certificates, scratch.path());
                try (TrafficDevice first = bed.device(TrafficWay.WS, "FIRST")) {
                    first.isKnown();
                }
                for (TrafficWay way : TrafficWay.values()) {
                    if (!way.isMeasurable()) {
                        System.err.println("  " + way.listener()
                                + " is left out: it takes CAP_NET_RAW, as root has it, to count what passes in DTLS");
                        continue;
                    }
                    try (TrafficDevice device = bed.device(way, "WIRE" + way.name())) {
                        all.put(way, device.measure());
                    }
                    System.err.print(line(way, all.get(way)));
                }
                System.err.print("\n" + TrafficTable.of(all));
            }
            return all;
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

        private static String line(TrafficWay way, Map<TrafficJob, Passed> jobs) {
            StringBuilder text = new StringBuilder();
            jobs.forEach((job, passed) -> text.append(String.format(
                    Locale.ROOT,
                    "  %-7s %-14s %,9d bytes up %,9d down %3d round trips%n",
                    way.listener(),
                    job.text(),
                    passed.up(),
                    passed.down(),
                    passed.roundTrips())));
            return text.toString();
        }
    }
}
