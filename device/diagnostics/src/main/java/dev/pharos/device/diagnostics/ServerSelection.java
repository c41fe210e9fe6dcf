// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import dev.pharos.usp.UspException;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// ServerSelectionDiagnostics(): asks several hosts at the same time, and says which one answers fastest on average.
final class ServerSelection implements Diagnostic {
    /// That of UDP echo; the command has no argument for another.
    private static final int ECHO_PORT = 7;

    private static final int SIZE = 24;

    private final Ping ping;

    ServerSelection(Ping ping) {
        this.ping = ping;
    }

    /// What one host did.
    ///
    /// @param address empty where its name cannot be resolved
    private record Candidate(String host, Optional<InetAddress> address, LongSummaryStatistics times) {}

    @Override
    public Map<String, String> run(Order order) throws InterruptedException {
        List<String> hosts = new ArrayList<>();
        for (String host : order.text("HostList", "").split(",")) {
            hosts.add(Order.host("HostList", host.strip()));
        }
        if (hosts.size() > Limits.SERVERS) {
            throw Order.wrong("HostList has at most " + Limits.SERVERS + " hosts");
        }
        long count = order.number("NumberOfRepetitions", 3, 1, Limits.REPETITIONS);
        Duration timeout = order.timeout(1_000);
        Order.mustEnd(timeout.plusSeconds(1).multipliedBy(count));
        boolean icmp = order.text("Protocol", "ICMP").equals("ICMP");
        List<Candidate> candidates = measure(hosts, order, icmp, count, timeout);
        Optional<Candidate> fastest = candidates.stream()
                .filter(candidate -> candidate.times().getCount() > 0)
                .min(Comparator.comparingDouble(candidate -> candidate.times().getAverage()));
        if (fastest.isEmpty()) {
            boolean unknown = candidates.stream()
                    .allMatch(candidate -> candidate.address().isEmpty());
            return Map.of("Status", unknown ? "Error_CannotResolveHostName" : "Error_Other");
        }
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put("Status", "Complete");
        outputs.put("FastestHost", fastest.get().host());
        Times.micros(outputs, fastest.get().times(), "");
        fastest.get()
                .address()
                .ifPresent(address -> outputs.put("IPAddressUsed", AddressText.of(address.getAddress())));
        return outputs;
    }

    private List<Candidate> measure(List<String> hosts, Order order, boolean icmp, long count, Duration timeout)
            throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Candidate>> futures = new ArrayList<>();
            for (String host : hosts) {
                futures.add(threads.submit(() -> {
                    Optional<InetAddress> address = HostNames.resolve(host, order.family());
                    LongSummaryStatistics times = address.isEmpty()
                            ? new LongSummaryStatistics()
                            : times(address.get(), order.egress(), icmp, count, timeout);
                    return new Candidate(host, address, times);
                }));
            }
            try {
                List<Candidate> candidates = new ArrayList<>();
                for (Future<Candidate> future : futures) {
                    candidates.add(future.get());
                }
                return candidates;
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof UspException refused) {
                    throw refused;
                }
                throw ProgramRun.failure("the hosts cannot be asked: " + failed.getCause());
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private LongSummaryStatistics times(InetAddress address, Egress egress, boolean icmp, long count, Duration timeout)
            throws InterruptedException, IOException {
        return icmp
                ? ping.measure(address, egress, new Ping.Echoes(count, timeout, SIZE, 0))
                        .times()
                : UdpEcho.times(UdpEcho.measure(
                        address,
                        egress,
                        new UdpEcho.Echoes(ECHO_PORT, count, timeout, SIZE, 0, Duration.ofMillis(20))));
    }
}
