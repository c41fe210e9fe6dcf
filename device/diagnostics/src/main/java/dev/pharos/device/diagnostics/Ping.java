// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import dev.pharos.device.diagnostics.HostPrograms.Program;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// IPPing() by the host's own `ping`, of iputils or of BusyBox.
final class Ping implements Diagnostic {
    private static final String NAME = "ping";

    /// The shortest that ping of iputils allows everybody, and the pause that ping of BusyBox makes.
    private static final Duration INTERVAL = Duration.ofMillis(200);

    private static final Duration BUSYBOX_INTERVAL = Duration.ofSeconds(1);

    private final HostPrograms programs;

    Ping(HostPrograms programs) {
        this.programs = programs;
    }

    boolean isInstalled() {
        return programs.find(NAME).isPresent();
    }

    @Override
    public Map<String, String> run(Order order) throws InterruptedException {
        String host = order.host("Host");
        Echoes echoes = new Echoes(
                order.number("NumberOfRepetitions", 3, 1, Limits.REPETITIONS),
                order.timeout(1_000),
                order.number("DataBlockSize", 56, 1, Limits.DATA_BLOCK),
                order.trafficClass());
        Optional<InetAddress> address = HostNames.resolve(host, order.family());
        if (address.isEmpty()) {
            return Map.of("Status", "Error_CannotResolveHostName");
        }
        PingReport report = measure(address.get(), order.egress(), echoes);
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put("Status", report.status());
        if (report.status().equals("Complete")) {
            outputs.put("IPAddressUsed", AddressText.of(address.get().getAddress()));
            outputs.put("SuccessCount", Long.toString(report.answered()));
            outputs.put("FailureCount", Long.toString(report.sent() - report.answered()));
            Times.millis(outputs, report.times());
            Times.micros(outputs, report.times(), "Detailed");
        }
        return outputs;
    }

    /// What to send.
    ///
    /// @param size of the data, in bytes
    record Echoes(long count, Duration timeout, long size, int trafficClass) {}

    /// Sends echo requests and waits for what answers them.
    PingReport measure(InetAddress target, Egress egress, Echoes echoes) throws InterruptedException {
        Program program = programs.find(NAME)
                .orElseThrow(() -> ProgramRun.failure("this host has no ping program; install iputils"));
        if (program.isBusyBox() && echoes.trafficClass() != 0) {
            throw ProgramRun.failure("the ping of BusyBox marks no packets: leave out DSCP, or install iputils");
        }
        Duration interval = program.isBusyBox() ? BUSYBOX_INTERVAL : INTERVAL;
        Duration longest = interval.multipliedBy(echoes.count()).plus(echoes.timeout());
        Order.mustEnd(longest);
        String output = ProgramRun.output(command(program, target, egress, echoes), longest.plus(Limits.EXTRA));
        PingReport report =
                PingReport.read(output, echoes.count(), echoes.timeout().toMillis());
        if (report.status().isEmpty()) {
            throw ProgramRun.refused(NAME, output);
        }
        return report;
    }

    private static List<String> command(Program program, InetAddress target, Egress egress, Echoes echoes) {
        List<String> command = new ArrayList<>(program.words());
        command.add(Family.of(target) == Family.IPV4 ? "-4" : "-6");
        if (!egress.isAny()) {
            command.addAll(List.of("-I", egress.link()));
        }
        long seconds = Math.ceilDiv(echoes.timeout().toMillis(), 1_000);
        command.addAll(List.of("-c", Long.toString(echoes.count()), "-s", Long.toString(echoes.size())));
        command.addAll(List.of("-W", Long.toString(seconds)));
        if (!program.isBusyBox()) {
            command.addAll(List.of("-n", "-i", "0.2", "-Q", Integer.toString(echoes.trafficClass())));
        }
        command.addAll(List.of("--", target.getHostAddress()));
        return command;
    }
}
