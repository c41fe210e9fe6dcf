// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.cwmp;

import dev.pharos.bench.measure.Benchmark;
import dev.pharos.bench.measure.Children;
import dev.pharos.bench.measure.Outcome;
import dev.pharos.bench.measure.Rounds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What our sessions, our SOAP and our logins add to HTTP: sessions of devices for each second of the server's
/// processor
/// time, against bare HTTP that gives the same answers whatever is said.
public final class CwmpSession implements Benchmark {
    private static final int DEVICES = 500;
    private static final int SESSIONS_EACH = 24;
    private static final double TARGET = 0.3;

    /// Until the compilers of both have done their work: what a server does all day, not what it does at its start.
    private static final int WARM_UP = 12;

    private static final double SECOND = 1e9;

    @Override
    public String name() {
        return "cwmp-session";
    }

    @Override
    public String definition() {
        return "TR-069 sessions of " + DEVICES
                + " devices at once (Inform, empty, 32 values, end), half of them with a Digest,"
                + " per second of server CPU / bare Netty HTTP with canned answers";
    }

    @Override
    public boolean onlyWhenNamed() {
        return true;
    }

    @Override
    public Outcome run() throws Exception {
        try (Side ours = Side.start("ours");
                Side bare = Side.start("bare")) {
            return new Rounds(WARM_UP, 7).compare(ours::sessions, bare::sessions, TARGET, false, "sessions/CPU s");
        }
    }

    /// A server in a process of its own, and its devices here.
    private record Side(Process process, BufferedReader answers, Writer questions, SessionLoad load)
            implements AutoCloseable {
        static Side start(String which) throws IOException {
            Process process = Children.start(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseCompactObjectHeaders",
                            "-Xmx512m",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SessionServer.class.getName(),
                            which)
                    .redirectError(ProcessBuilder.Redirect.INHERIT));
            BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
            try {
                int port = (int) number(answers.readLine());
                return new Side(
                        process, answers, process.outputWriter(StandardCharsets.UTF_8), new SessionLoad(port, DEVICES));
            } catch (IOException failed) {
                process.destroy();
                throw failed;
            }
        }

        double sessions() throws Exception {
            long before = cpuNanos();
            for (int i = 0; i < SESSIONS_EACH; i++) {
                load.round();
            }
            return SESSIONS_EACH * DEVICES / ((cpuNanos() - before) / SECOND);
        }

        private long cpuNanos() throws IOException {
            questions.write("cpu\n");
            questions.flush();
            return number(answers.readLine());
        }

        private static long number(@Nullable String line) throws IOException {
            if (line == null) {
                throw new IOException("the server process ended");
            }
            return Long.parseLong(line);
        }

        @Override
        public void close() throws IOException {
            load.close();
            process.destroy();
            process.onExit().join();
        }
    }
}
