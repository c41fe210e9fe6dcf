// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// What this process had open at a moment, to find what was added and stayed. Needs Linux, to count sockets.
///
/// @param heap bytes, after what is garbage was thrown away
record Leftovers(int sockets, int threads, long heap) {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long HEAP_MARGIN = 48L * 1024 * 1024;
    private static final int THREAD_MARGIN = 40;

    static Leftovers sinceNow() throws IOException {
        return new Leftovers(openSockets(), ManagementFactory.getThreadMXBean().getThreadCount(), usedHeap());
    }

    /// There is no more than there was, or will not be in a while.
    ///
    /// @throws AssertionError naming what is left
    void assertNothingMore() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String left = more();
        while (!left.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(100);
            left = more();
        }
        if (!left.isEmpty()) {
            throw new AssertionError("hostile peers left " + left);
        }
    }

    private String more() throws IOException {
        Leftovers now = sinceNow();
        if (now.sockets > sockets) {
            return (now.sockets - sockets) + " open sockets";
        }
        if (now.threads > threads + THREAD_MARGIN) {
            return (now.threads - threads) + " threads";
        }
        return now.heap > heap + HEAP_MARGIN ? (now.heap - heap) + " bytes" : "";
    }

    private static int openSockets() throws IOException {
        int count = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path file : files) {
                count += isSocket(file) ? 1 : 0;
            }
        }
        return count;
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
