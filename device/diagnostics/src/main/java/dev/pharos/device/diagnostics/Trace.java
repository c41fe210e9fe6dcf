// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import dev.pharos.device.diagnostics.HostPrograms.Program;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// TraceRoute() by the host's own `traceroute`, or that of BusyBox, with packets of UDP. Hops are shown by their
/// addresses: nobody is asked for their names, which would take longer than the trace.
final class Trace implements Diagnostic {
    private static final String NAME = "traceroute";

    private final HostPrograms programs;

    Trace(HostPrograms programs) {
        this.programs = programs;
    }

    boolean isInstalled() {
        return programs.find(NAME).isPresent();
    }

    @Override
    public Map<String, String> run(Order order) throws InterruptedException {
        String host = order.host("Host");
        int hops = Math.toIntExact(order.number("MaxHopCount", 30, 1, Limits.HOPS));
        int tries = Math.toIntExact(order.number("NumberOfTries", 3, 1, Limits.TRIES));
        Duration timeout = order.timeout(5_000);
        long seconds = Math.ceilDiv(timeout.toMillis(), 1_000);
        Duration longest = Duration.ofSeconds(seconds * hops * tries);
        Order.mustEnd(longest);
        long size = order.number("DataBlockSize", 38, 1, Limits.TRACE_PACKET - Family.IPV6.headers());
        Program program = programs.find(NAME)
                .orElseThrow(() -> ProgramRun.failure("this host has no traceroute program; install traceroute"));
        Optional<InetAddress> address = HostNames.resolve(host, order.family());
        if (address.isEmpty()) {
            return Map.of("Status", "Error_CannotResolveHostName");
        }
        List<String> command = new ArrayList<>(program.words());
        boolean four = Family.of(address.get()) == Family.IPV4;
        command.addAll(List.of(four ? "-4" : "-6", "-n"));
        if (!order.egress().isAny()) {
            command.addAll(List.of("-i", order.egress().link()));
        }
        command.addAll(List.of("-q", Integer.toString(tries), "-m", Integer.toString(hops)));
        command.addAll(List.of("-w", Long.toString(seconds), "-t", Integer.toString(order.trafficClass())));
        command.addAll(List.of("--", address.get().getHostAddress()));
        command.add(Long.toString(size + Family.of(address.get()).headers()));
        String output = ProgramRun.output(command, longest.plus(Limits.EXTRA));
        TraceReport report = TraceReport.read(output, address.get(), hops, tries);
        if (report.status().isEmpty()) {
            throw ProgramRun.refused(NAME, output);
        }
        return outputs(report, address.get());
    }

    private static Map<String, String> outputs(TraceReport report, InetAddress target) {
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put("Status", report.status());
        outputs.put("IPAddressUsed", AddressText.of(target.getAddress()));
        boolean complete = report.status().equals("Complete");
        LongSummaryStatistics last = complete
                ? report.hops().getLast().micros().stream()
                        .mapToLong(Long::longValue)
                        .filter(time -> time > 0)
                        .summaryStatistics()
                : new LongSummaryStatistics();
        outputs.put("ResponseTime", Long.toString(Times.millis(Math.round(last.getAverage()))));
        int number = 0;
        for (TraceReport.Hop hop : report.hops()) {
            String prefix = "RouteHops." + ++number + ".";
            outputs.put(prefix + "Host", hop.address());
            outputs.put(prefix + "HostAddress", hop.address());
            outputs.put(prefix + "ErrorCode", Integer.toString(hop.code()));
            outputs.put(
                    prefix + "RTTimes",
                    hop.micros().stream()
                            .map(time -> Long.toString(Times.millis(time)))
                            .collect(Collectors.joining(",")));
        }
        return outputs;
    }
}
