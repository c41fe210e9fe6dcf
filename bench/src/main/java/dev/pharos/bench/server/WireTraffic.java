// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import dev.pharos.bench.measure.Benchmark;
import dev.pharos.bench.measure.Outcome;
import dev.pharos.bench.server.Tally.Passed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The bytes that the same job takes over USP, against those over TR-069 with the same protection; with round trips
/// beside them, and a table of all.
///
/// Over TR-069 a job is done in the device's next session, of which all is counted; where the device is called to come,
/// the call is to be added. Over USP what the job has the device notify is counted too. Of TLS the handshakes of new
/// connections are counted where there are such; devices show certificates there. First contacts are those of a model
/// that the server has seen before.
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
        Passed ours = passed(all, way);
        Passed baseline = passed(all, way.baseline());
        SequencedMap<String, Long> also = new LinkedHashMap<>();
        also.put("up", ours.up());
        also.put("down", ours.down());
        also.put("roundTrips", ours.roundTrips());
        also.put("baselineUp", baseline.up());
        also.put("baselineDown", baseline.down());
        also.put("baselineRoundTrips", baseline.roundTrips());
        double ratio = ours.bytes() / (double) baseline.bytes();
        return new Outcome(ratio, 1.0, true, ours.bytes(), baseline.bytes(), "bytes", job.rounds(), also);
    }

    @Override
    public Optional<String> report() {
        return measured.report();
    }

    private Passed passed(Map<TrafficWay, Map<TrafficJob, Passed>> all, TrafficWay of) {
        Passed found = all.getOrDefault(of, Map.of()).get(job);
        if (found == null) {
            throw new IllegalStateException(of + " was not measured");
        }
        return found;
    }

    /// All ways at one server, once.
    private static final class Measured {
        private @Nullable Map<TrafficWay, Map<TrafficJob, Passed>> found;

        private Map<TrafficWay, Map<TrafficJob, Passed>> all() throws IOException, InterruptedException {
            Map<TrafficWay, Map<TrafficJob, Passed>> known = found;
            if (known == null) {
                known = TrafficRun.measure();
                found = known;
            }
            return known;
        }

        private Optional<String> report() {
            return Optional.ofNullable(found).map(all -> "\n" + TrafficTable.of(all));
        }
    }
}
