// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.wire;

import dev.pharos.bench.measure.Benchmark;
import dev.pharos.bench.measure.Outcome;
import dev.pharos.bench.measure.Rounds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Resident memory that an idle connection costs our WebSocket MTP, against a bare Netty WebSocket server.
public final class ConnMemory implements Benchmark {
    private static final int FEW = 5_000;
    private static final int MANY = 15_000;
    private static final double TARGET = 1.5;

    @Override
    public String name() {
        return "conn-memory";
    }

    @Override
    public String definition() {
        return "resident memory for each idle connection, slope from 5,000 to 15,000, plain / a bare Netty WebSocket server";
    }

    @Override
    public Outcome run() throws Exception {
        return new Rounds(0, 3).compare(() -> slope("ours"), () -> slope("bare"), TARGET, true, "KiB/connection");
    }

    private static double slope(String side) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xms96m",
                        "-Xmx512m",
                        "-XX:+UseCompactObjectHeaders",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IdleServer.class.getName(),
                        side)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
                Writer questions = process.outputWriter(StandardCharsets.UTF_8);
                EchoLoad load = new EchoLoad()) {
            int port = number(answers.readLine());
            load.connect(port, FEW);
            load.echo(300, FEW);
            long few = ask(questions, answers);
            load.connect(port, MANY - FEW);
            load.echo(300, MANY);
            long many = ask(questions, answers);
            return (many - few) / (double) (MANY - FEW);
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static long ask(Writer questions, BufferedReader answers) throws IOException {
        questions.write("rss\n");
        questions.flush();
        return number(answers.readLine());
    }

    private static int number(@org.jspecify.annotations.Nullable String line) throws IOException {
        if (line == null) {
            throw new IOException("the server process ended");
        }
        return Integer.parseInt(line);
    }
}
