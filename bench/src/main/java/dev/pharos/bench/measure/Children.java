// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.measure;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The programs that benchmarks start. None of them stays behind, also where the benchmark is ended by Ctrl-C or a
/// signal in the middle.
public final class Children {
    private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Children::endAll, "bench-children"));
    }

    private Children() {}

    /// Starts one.
    public static Process start(ProcessBuilder builder) throws IOException {
        STARTED.removeIf(process -> !process.isAlive());
        Process process = builder.start();
        STARTED.add(process);
        return process;
    }

    private static void endAll() {
        STARTED.forEach(Process::destroy);
    }
}
