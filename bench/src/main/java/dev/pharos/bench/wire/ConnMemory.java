// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.wire;

import dev.pharos.bench.measure.Benchmark;
import dev.pharos.bench.measure.Outcome;
import dev.pharos.bench.measure.Rounds;
import dev.pharos.bench.tls.Certificates;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Resident memory that an idle connection costs our WebSocket MTP, against a bare Netty WebSocket server.
public final class ConnMemory implements Benchmark {
    private final boolean encrypted;
    private final int few;
    private final int many;
    private final int rounds;
    private final double target;

    private ConnMemory(boolean encrypted, int few, int many, int rounds, double target) {
        this.encrypted = encrypted;
        this.few = few;
        this.many = many;
        this.rounds = rounds;
        this.target = target;
    }

    public static ConnMemory plain() {
        return new ConnMemory(false, 5_000, 15_000, 7, 1.5);
    }

    /// With fewer connections, since each takes a handshake and ten times the memory.
    public static ConnMemory tls() {
        return new ConnMemory(true, 1_000, 4_000, 5, 1.2);
    }

    @Override
    public String name() {
        return encrypted ? "conn-memory-tls" : "conn-memory";
    }

    @Override
    public String definition() {
        return String.format(
                Locale.ROOT,
                "resident memory for each idle connection, slope from %,d to %,d, %s / a bare Netty WebSocket server",
                few,
                many,
                encrypted ? "TLS" : "plain");
    }

    @Override
    public Outcome run() throws Exception {
        if (!encrypted) {
            return compare(List.of(), Optional.empty());
        }
        try (Certificates certificates = Certificates.make()) {
            SslContext client = SslContextBuilder.forClient()
                    .trustManager(certificates.trusted().toFile())
                    .endpointIdentificationAlgorithm(null)
                    .build();
            return compare(
                    List.of(
                            certificates.chain().toString(),
                            certificates.key().toString(),
                            certificates.trusted().toString()),
                    Optional.of(client));
        }
    }

    private Outcome compare(List<String> files, Optional<SslContext> client) throws Exception {
        return new Rounds(0, rounds)
                .compare(
                        () -> slope("ours", files, client),
                        () -> slope("bare", files, client),
                        target,
                        true,
                        "KiB/connection");
    }

    private double slope(String side, List<String> files, Optional<SslContext> client)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xms96m",
                "-Xmx512m",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                IdleServer.class.getName(),
                side));
        command.addAll(files);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
                Writer questions = process.outputWriter(StandardCharsets.UTF_8);
                WebSocketLoad load = new WebSocketLoad(client)) {
            int port = number(answers.readLine());
            load.connect(port, few);
            load.run(new EchoTraffic(300), 1, few);
            long before = ask(questions, answers);
            load.connect(port, many - few);
            load.run(new EchoTraffic(300), 1, many);
            long after = ask(questions, answers);
            return (after - before) / (double) (many - few);
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
