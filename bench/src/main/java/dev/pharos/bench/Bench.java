// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench;

import dev.pharos.bench.agent.AgentBenchmark;
import dev.pharos.bench.agent.GatewayBenchmark;
import dev.pharos.bench.broker.BrokerPath;
import dev.pharos.bench.codec.CodecDecode;
import dev.pharos.bench.codec.CodecEncode;
import dev.pharos.bench.cwmp.CwmpSession;
import dev.pharos.bench.cwmp.SoapParse;
import dev.pharos.bench.measure.Benchmark;
import dev.pharos.bench.measure.Outcome;
import dev.pharos.bench.server.BulkIngest;
import dev.pharos.bench.server.CwmpFleet;
import dev.pharos.bench.server.FleetJob;
import dev.pharos.bench.server.FleetMemory;
import dev.pharos.bench.server.FleetStorm;
import dev.pharos.bench.server.RestGet;
import dev.pharos.bench.server.Scale;
import dev.pharos.bench.server.WireTraffic;
import dev.pharos.bench.store.StoreWrite;
import dev.pharos.bench.tls.TlsAccept;
import dev.pharos.bench.wire.ConnMemory;
import dev.pharos.bench.wire.E2eNotify;
import dev.pharos.bench.wire.WsEcho;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `pharos bench [NAME…] [--json] [--agents N]`: exit status 0 where every ratio holds, 1 where one does not,
/// 2 for wrong usage.
public final class Bench {
    static final int HOLDS = 0;
    static final int DOES_NOT_HOLD = 1;
    static final int WRONG_USAGE = 2;
    private static final String AGENTS = "--agents";
    private static final Set<String> GROUPS = Set.of(
            AgentBenchmark.GROUP,
            CwmpFleet.GROUP,
            FleetStorm.GROUP,
            GatewayBenchmark.GROUP,
            Scale.GROUP,
            WireTraffic.GROUP);
    private static final String PEER = "PHAROS_PEER_OBUSPA";

    private final List<Benchmark> benchmarks;
    private final PrintStream out;
    private final PrintStream err;

    Bench(List<Benchmark> benchmarks, PrintStream out, PrintStream err) {
        this.benchmarks = benchmarks;
        this.out = out;
        this.err = err;
    }

    static List<Benchmark> all(int agents, Optional<String> peer) {
        List<Benchmark> all = new ArrayList<>(List.of(
                new CodecDecode(),
                new CodecEncode(),
                new SoapParse(),
                new CwmpSession(),
                new WsEcho(),
                ConnMemory.plain(),
                ConnMemory.tls(),
                new TlsAccept(),
                new BrokerPath(),
                new StoreWrite(),
                new BulkIngest(),
                new E2eNotify(),
                new RestGet(),
                new FleetMemory(agents),
                new FleetJob()));
        all.addAll(FleetStorm.both(agents));
        all.addAll(CwmpFleet.both());
        all.addAll(Scale.all());
        all.addAll(WireTraffic.all());
        all.addAll(AgentBenchmark.all(peer));
        all.addAll(GatewayBenchmark.all());
        return List.copyOf(all);
    }

    public static void main(String[] arguments) throws Exception {
        // of this process alone: standard output is for figures
        System.setProperty("logback.configurationFile", "dev/pharos/bench/logging.xml");
        List<String> rest = new ArrayList<>(List.of(arguments));
        int agents = FleetMemory.AGENTS;
        int at = rest.indexOf(AGENTS);
        if (at >= 0) {
            String number = at + 1 < rest.size() ? rest.get(at + 1) : "";
            if (!number.matches("\\d{4,5}") || Integer.parseInt(number) <= FleetMemory.FEW) {
                System.err.println("pharos bench: " + AGENTS + " wants a number from " + (FleetMemory.FEW + 1)
                        + " to 99999: '" + number + "'");
                System.exit(WRONG_USAGE);
            }
            agents = Integer.parseInt(number);
            rest.subList(at, at + 2).clear();
        }
        int status = new Bench(all(agents, peer()), System.out, System.err).run(rest);
        System.out.flush();
        System.exit(status);
    }

    /// Another agent that runs on this machine and listens for the controller `self::pharos`, which may do everything
    /// there: `unix:PATH` or `ws://HOST:PORT/PATH`.
    private static Optional<String> peer() {
        String address = System.getenv(PEER);
        return address == null || address.isBlank() ? Optional.empty() : Optional.of(address.strip());
    }

    /// Runs the benchmarks of these names, or those that are quick where there are none.
    ///
    /// @return the exit status
    int run(List<String> arguments) throws Exception {
        List<String> names = new ArrayList<>(arguments);
        boolean json = names.remove("--json");
        if (names.remove("--help") || names.remove("-h")) {
            help();
            return HOLDS;
        }
        for (String name : names) {
            if (benchmarks.stream().noneMatch(b -> isMeant(b, name))) {
                err.println("pharos bench: there is no benchmark '" + name + "'; there are "
                        + benchmarks.stream().map(Benchmark::name).toList());
                return WRONG_USAGE;
            }
        }
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        Set<String> reports = new LinkedHashSet<>();
        for (Benchmark benchmark : benchmarks) {
            if (names.isEmpty()
                    ? !benchmark.onlyWhenNamed()
                    : names.stream().anyMatch(name -> isMeant(benchmark, name))) {
                err.println(benchmark.name() + ": " + benchmark.definition());
                outcomes.put(benchmark.name(), benchmark.run());
                benchmark.report().ifPresent(reports::add);
            }
        }
        out.print(json ? json(outcomes) : table(outcomes) + String.join("", reports));
        return outcomes.values().stream().allMatch(Outcome::holds) ? HOLDS : DOES_NOT_HOLD;
    }

    /// A group's name means all whose names begin with it.
    private static boolean isMeant(Benchmark benchmark, String name) {
        return benchmark.name().equals(name)
                || (GROUPS.contains(name) && benchmark.name().startsWith(name + "-"));
    }

    private void help() {
        out.println("usage: pharos bench [NAME…] [--json] [--agents N]");
        out.println();
        out.println("Ratios of ours against a bare baseline in the same run:");
        benchmarks.forEach(b ->
                out.println("  " + b.name() + "  " + b.definition() + (b.onlyWhenNamed() ? " (only when named)" : "")));
        out.println();
        out.println("Examples: pharos bench codec-decode codec-encode");
        out.println("          pharos bench fleet-memory --agents 5000 --json");
        out.println("          pharos bench fleet-storm               (its time and its memory)");
        out.println("          pharos bench agent                     (all that begin with agent-)");
        out.println("          pharos bench wire                      (bytes of the same jobs over USP and TR-069)");
        out.println("          " + PEER + "=unix:/run/peer/agent pharos bench agent   (beside that agent too)");
    }

    private static String table(Map<String, Outcome> outcomes) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-26s %7s %9s %6s %14s %14s %s%n",
                "name",
                "ratio",
                "target",
                "holds",
                "ours",
                "baseline",
                "unit"));
        outcomes.forEach((name, o) -> text.append(String.format(
                Locale.ROOT,
                "%-26s %7.2f %9s %6s %14.1f %14.1f %s (%d rounds)%n",
                name,
                o.ratio(),
                (o.lowerIsBetter() ? "≤ " : "≥ ") + o.target(),
                o.holds() ? "yes" : "NO",
                o.ours(),
                o.baseline(),
                o.unit(),
                o.rounds())));
        return text.toString();
    }

    private static String json(Map<String, Outcome> outcomes) {
        List<String> items = new ArrayList<>();
        outcomes.forEach((name, o) -> items.add(String.format(
                Locale.ROOT,
                "{\"name\":\"%s\",\"ratio\":%.4f,\"target\":%.2f,\"holds\":%b,\"ours\":%.3f,\"baseline\":%.3f,\"unit\":\"%s\",\"rounds\":%d%s}",
                name,
                o.ratio(),
                o.target(),
                o.holds(),
                o.ours(),
                o.baseline(),
                o.unit(),
                o.rounds(),
                also(o))));
        return "{\"benchmarks\":[" + String.join(",", items) + "]}" + System.lineSeparator();
    }

    private static String also(Outcome outcome) {
        StringBuilder text = new StringBuilder();
        outcome.also().forEach((name, number) -> text.append(String.format(Locale.ROOT, ",\"%s\":%d", name, number)));
        return text.toString();
    }
}
