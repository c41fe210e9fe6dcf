// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import dev.pharos.device.firmware.ServerTrust;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// DownloadDiagnostics() and UploadDiagnostics() over HTTP and HTTPS (TR-143): the bytes come from or go to a web
/// server by one or several connections, once or for some time, and are thrown away.
final class Transfer implements Diagnostic {
    private final ServerTrust trust;
    private final boolean upload;

    private Transfer(ServerTrust trust, boolean upload) {
        this.trust = trust;
        this.upload = upload;
    }

    static Transfer download(ServerTrust trust) {
        return new Transfer(trust, false);
    }

    static Transfer upload(ServerTrust trust) {
        return new Transfer(trust, true);
    }

    @Override
    public Map<String, String> run(Order order) throws InterruptedException {
        String name = upload ? "UploadURL" : "DownloadURL";
        TransferUrl url = TransferUrl.of(name, order.text(name, ""));
        long length = upload ? order.number("TestFileLength", 0, 0, Limits.UPLOAD) : 0;
        boolean timed = order.number("TimeBasedTestDuration", 0, 0, Limits.TRANSFER_SECONDS) > 0;
        if (upload && length == 0 && !timed) {
            throw Order.wrong("TestFileLength or TimeBasedTestDuration says how much is sent");
        }
        Optional<InetAddress> address = HostNames.resolve(url.host(), order.family());
        if (address.isEmpty()) {
            return Map.of("Status", "Error_CannotResolveHostName");
        }
        TransferPlan plan = TransferPlan.of(order, url, address.get(), length);
        TransferProgress progress = new TransferProgress(upload, plan.connections());
        List<TransferConnection> connections = new ArrayList<>();
        for (int i = 0; i < plan.connections(); i++) {
            TransferConnection connection = new TransferConnection(plan, trust, progress);
            connections.add(connection);
            progress.add(connection);
        }
        List<TransferMark> marks = new ArrayList<>();
        try {
            carryOut(plan, progress, connections, marks);
        } catch (TransferException failed) {
            return Map.of(
                    "Status",
                    failed.status(),
                    "IPAddressUsed",
                    AddressText.of(plan.address().getAddress()));
        }
        return outputs(plan, progress, connections, marks, order.isTrue("EnablePerConnectionResults"));
    }

    /// Runs all connections to their ends; none of them goes on after this.
    private static void carryOut(
            TransferPlan plan,
            TransferProgress progress,
            List<TransferConnection> connections,
            List<TransferMark> marks)
            throws TransferException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletionService<Boolean> ends = new ExecutorCompletionService<>(threads);
            for (TransferConnection connection : connections) {
                Future<Boolean> _ = ends.submit(() -> {
                    connection.run();
                    return true;
                });
            }
            try {
                int open = connections.size();
                if (plan.isTimed()
                        && progress.awaitFirst(2 * Limits.STALL.toMillis()).isPresent()) {
                    open -= awaitTime(plan, progress, ends, open, marks);
                    connections.forEach(TransferConnection::stop);
                }
                awaitAll(ends, open, plan.isTimed() ? Limits.STALL.multipliedBy(2) : Limits.TRANSFER);
            } finally {
                connections.forEach(TransferConnection::abort);
                threads.shutdownNow();
            }
        }
    }

    /// Looks how far it is at each mark, until the time is over, a connection fails, or all have ended by themselves.
    ///
    /// @param open how many connections there are
    /// @return how many connections have ended meanwhile
    private static int awaitTime(
            TransferPlan plan,
            TransferProgress progress,
            CompletionService<Boolean> ends,
            int open,
            List<TransferMark> marks)
            throws TransferException, InterruptedException {
        long begin = progress.first().orElseThrow().nanos();
        long over = begin + TimeUnit.SECONDS.toNanos(plan.seconds());
        long step = TimeUnit.SECONDS.toNanos(plan.interval());
        long next = step == 0 ? over : begin + TimeUnit.SECONDS.toNanos(plan.offset());
        int ended = 0;
        while (ended < open && System.nanoTime() < over) {
            long until = Math.min(next, over);
            Future<Boolean> end = ends.poll(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (end != null) {
                check(end);
                ended++;
            } else if (step > 0 && System.nanoTime() >= next) {
                marks.add(progress.markAll());
                next += step;
            }
        }
        if (step > 0 && next <= System.nanoTime()) {
            marks.add(progress.markAll());
        }
        return ended;
    }

    private static void awaitAll(CompletionService<Boolean> ends, int open, Duration longest)
            throws TransferException, InterruptedException {
        long over = System.nanoTime() + longest.toNanos();
        for (int i = 0; i < open; i++) {
            Future<Boolean> end = ends.poll(Math.max(0, over - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (end == null) {
                throw new TransferException("Error_Timeout");
            }
            check(end);
        }
    }

    private static void check(Future<Boolean> end) throws TransferException, InterruptedException {
        try {
            boolean _ = end.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof TransferException known) {
                throw known;
            }
            if (failed.getCause() instanceof RuntimeException defect) {
                throw defect;
            }
            throw new TransferException("Error_Internal");
        }
    }

    private Map<String, String> outputs(
            TransferPlan plan,
            TransferProgress progress,
            List<TransferConnection> connections,
            List<TransferMark> marks,
            boolean each) {
        String test = upload ? "TestBytesSent" : "TestBytesReceived";
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put("Status", "Complete");
        outputs.put("IPAddressUsed", AddressText.of(plan.address().getAddress()));
        time(outputs, "TCPOpenRequestTime", connections, TransferConnection::asked);
        time(outputs, "TCPOpenResponseTime", connections, TransferConnection::there);
        time(outputs, "ROMTime", connections, TransferConnection::requested);
        TransferMark first = progress.first().orElseThrow();
        TransferMark last = progress.last().orElseThrow();
        outputs.put("BOMTime", first.text());
        outputs.put("EOMTime", last.text());
        last.since(first, test, "", "", outputs);
        TransferMark full = progress.full().orElse(last);
        TransferMark fullEnd = progress.fullEnd().orElse(last);
        fullEnd.since(full, test, "", "UnderFullLoading", outputs);
        long micros = Math.max(0, (fullEnd.nanos() - full.nanos()) / 1_000);
        outputs.put("PeriodOfFullLoading", Long.toString(Math.min(micros, 0xFFFF_FFFFL)));
        if (each) {
            for (int i = 0; i < connections.size(); i++) {
                connection(outputs, "PerConnectionResult." + (i + 1) + ".", connections.get(i), test);
            }
        }
        for (int i = 1; i < marks.size(); i++) {
            String prefix = "IncrementalResult." + i + ".";
            marks.get(i).since(marks.get(i - 1), test, prefix, "", outputs);
            outputs.put(prefix + "StartTime", marks.get(i - 1).text());
            outputs.put(prefix + "EndTime", marks.get(i).text());
        }
        return outputs;
    }

    private static void connection(
            Map<String, String> outputs, String prefix, TransferConnection connection, String test) {
        List<TransferConnection> one = List.of(connection);
        time(outputs, prefix + "TCPOpenRequestTime", one, TransferConnection::asked);
        time(outputs, prefix + "TCPOpenResponseTime", one, TransferConnection::there);
        time(outputs, prefix + "ROMTime", one, TransferConnection::requested);
        Optional<TransferMark> begin = connection.begin();
        Optional<TransferMark> end = connection.end();
        if (begin.isPresent() && end.isPresent()) {
            outputs.put(prefix + "BOMTime", begin.get().text());
            outputs.put(prefix + "EOMTime", end.get().text());
            end.get().since(begin.get(), test, prefix, "", outputs);
        }
    }

    /// The earliest of them.
    private static void time(
            Map<String, String> outputs,
            String name,
            List<TransferConnection> connections,
            Function<TransferConnection, Optional<Instant>> when) {
        connections.stream()
                .map(when)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .ifPresent(time -> outputs.put(name, TransferMark.text(time)));
    }
}
