// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import dev.pharos.bench.measure.Benchmark;
import dev.pharos.bench.measure.Outcome;
import dev.pharos.bench.measure.Scratch;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// What a store of 100,000 devices with 300 parameters each costs whoever asks, each figure against what it may be, and
/// how that grows from 1,000 devices on. Figures of one filling, which takes minutes.
public final class Scale implements Benchmark {
    /// Names all of the figures.
    public static final String GROUP = "scale";

    private final Figure figure;
    private final Measured measured;

    private Scale(Figure figure, Measured measured) {
        this.figure = figure;
        this.measured = measured;
    }

    /// What is measured at each size.
    private enum Figure {
        QUERY("query", "a query over one parameter, first page with the number of all, 95th percentile", 300, "ms"),
        PAGE("page", "what the page of a device asks, one after the other, 95th percentile", 50, "ms"),
        PREVIEW("preview", "the plan of a profile over all devices", 60, "s"),
        MEMORY("memory", "resident memory of the server's Java process after all that", 1_536, "MiB"),
        LINEAR("linear", "the plan's time for each device, that of the largest store / that of a tenth of it", 0, "");

        private final String text;
        private final String meaning;
        private final double most;
        private final String unit;

        Figure(String text, String meaning, double most, String unit) {
            this.text = text;
            this.meaning = meaning;
            this.most = most;
            this.unit = unit;
        }
    }

    public static List<Benchmark> all() {
        Measured measured = new Measured();
        return Arrays.stream(Figure.values())
                .<Benchmark>map(figure -> new Scale(figure, measured))
                .toList();
    }

    @Override
    public String name() {
        return GROUP + "-" + figure.text;
    }

    @Override
    public String definition() {
        return figure == Figure.LINEAR
                ? figure.meaning
                : "a store of " + Measured.SIZES.getLast() + " devices x " + PaperFleet.PARAMETERS + " parameters: "
                        + figure.meaning + " / " + (int) figure.most + " " + figure.unit;
    }

    @Override
    public boolean onlyWhenNamed() {
        return true;
    }

    @Override
    public Outcome run() throws Exception {
        List<Row> rows = measured.rows();
        Row last = rows.getLast();
        if (figure == Figure.LINEAR) {
            Row before = rows.get(rows.size() - 2);
            double large = last.preview() * 1e3 / last.devices();
            double small = before.preview() * 1e3 / before.devices();
            return new Outcome(large / small, Measured.LINEAR, true, large, small, "ms/device", 1);
        }
        double found = switch (figure) {
            case QUERY -> last.query();
            case PAGE -> last.page();
            case PREVIEW -> last.preview();
            case MEMORY -> last.memory();
            case LINEAR -> throw new IllegalStateException("has no limit of its own");
        };
        return new Outcome(found / figure.most, 1.0, true, found, figure.most, figure.unit, 1);
    }

    /// @param query milliseconds
    /// @param page milliseconds
    /// @param preview seconds
    /// @param memory MiB
    private record Row(int devices, double query, double page, double preview, double memory) {}

    /// The figures of each size, which take long and so are measured once.
    private static final class Measured {
        private static final List<Integer> SIZES = List.of(1_000, 10_000, 100_000);

        /// Sorting grows a little faster than what is sorted.
        private static final double LINEAR = 1.25;

        private static final int QUERIES = 60;
        private static final int PAGES = 200;
        private static final int WARM_UPS = 3;
        private static final List<String> OBJECTS =
                List.of("DeviceInfo", "Time", "WiFi.Radio.1", "WiFi.SSID.4", "NAT.PortMapping.2", "Other.17");
        private static final String PROFILE = """
                {"name": "scale", "query": "model = Box and Device.WiFi.Radio.*.P1 != none",
                 "parameters": {"Device.DeviceInfo.P1": "{serial}", "Device.Time.P1": "v1", "Device.Time.P2": "v2",
                                "Device.WiFi.SSID.1.P1": "Home-{serial:last 4}", "Device.WiFi.Radio.*.P1": "v7"},
                 "rows": [{"object": "Device.NAT.PortMapping.", "key": {"P1": "web"}, "values": {"P2": "80"}}]}
                """;

        private @Nullable List<Row> rows;

        private List<Row> rows() throws IOException, InterruptedException, SQLException {
            List<Row> known = rows;
            if (known == null) {
                known = measure();
                rows = known;
            }
            return known;
        }

        private static List<Row> measure() throws IOException, InterruptedException, SQLException {
            List<Row> found = new ArrayList<>();
            try (Scratch data = Scratch.open()) {
                int filled = 0;
                for (int size : SIZES) {
                    PaperFleet.add(data.path(), filled + 1, size);
                    filled = size;
                    try (ServerProcess server = ServerProcess.start(List.of(), data.path());
                            RestConnection rest = server.rest()) {
                        warmUp(rest, size);
                        Row row = new Row(
                                size,
                                queries(rest, size),
                                pages(rest, size),
                                preview(rest, size),
                                server.residentKib() / 1024.0);
                        found.add(row);
                        System.err.printf(
                                Locale.ROOT,
                                "  %,7d devices: query %6.1f ms, page %5.1f ms, plan %6.2f s, memory %5.0f MiB%n",
                                row.devices(),
                                row.query(),
                                row.page(),
                                row.preview(),
                                row.memory());
                    }
                }
            }
            return found;
        }

        /// What runs once for each request is not compiled before some thousands of them.
        private static void warmUp(RestConnection rest, int size) throws IOException {
            for (int i = 0; i < WARM_UPS; i++) {
                pages(rest, size);
            }
            queries(rest, size);
        }

        /// Each asks for another value, of which every fiftieth device has one.
        private static double queries(RestConnection rest, int size) throws IOException {
            Random random = new Random(1);
            double[] times = new double[QUERIES];
            for (int i = 0; i < QUERIES; i++) {
                String query = "Device." + OBJECTS.get(random.nextInt(OBJECTS.size())) + ".P" + (1 + random.nextInt(10))
                        + "%20%3D%20v" + random.nextInt(50);
                long begin = System.nanoTime();
                String page = rest.get("/devices?limit=100&q=" + query);
                times[i] = (System.nanoTime() - begin) / 1e6;
                if (!page.contains("\"total\":" + size / 50)) {
                    throw new IllegalStateException(query + " did not find " + size / 50 + " devices: "
                            + page.substring(Math.max(0, page.length() - 200)));
                }
            }
            return percentile95(times);
        }

        private static double pages(RestConnection rest, int size) throws IOException {
            Random random = new Random(2);
            double[] times = new double[PAGES];
            for (int i = 0; i < PAGES; i++) {
                String device = RestConnection.device(PaperFleet.id(1 + random.nextInt(size)));
                long begin = System.nanoTime();
                rest.get(device);
                String twin = rest.get(device + "/twin?path=Device.");
                rest.get(device + "/events?limit=50");
                times[i] = (System.nanoTime() - begin) / 1e6;
                if (!twin.contains("Device.Other.18.P10")) {
                    throw new IllegalStateException("the twin of " + device + " is not whole");
                }
            }
            return percentile95(times);
        }

        private static double preview(RestConnection rest, int size) throws IOException {
            long begin = System.nanoTime();
            String plan = rest.post("/profiles/plan", PROFILE);
            double seconds = (System.nanoTime() - begin) / 1e9;
            if (!plan.contains("\"devices\":" + size + ",\"change\":" + size + ",")) {
                throw new IllegalStateException("the plan is not over all devices: " + plan);
            }
            return seconds;
        }

        private static double percentile95(double[] times) {
            Arrays.sort(times);
            return times[(int) Math.ceil(times.length * 0.95) - 1];
        }
    }
}
