// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One server, one agent, values that change all the time, and kills. Every value is set once, so that each
/// event can be told from all others.
final class KillRun implements AutoCloseable {
    private static final String ID = "proto::soak";
    private static final String SSID = "Device.WiFi.SSID.1.SSID";
    private static final Duration RECOVERY = Duration.ofSeconds(90);
    private static final Duration DELIVERY = Duration.ofMinutes(2);

    /// A change is told from a queue: one that was made so shortly before its process was killed may not be
    /// promised.
    private static final Duration UNSETTLED = Duration.ofSeconds(2);

    private final Path folder;
    private final Random random;
    private final String[] ports;
    private final PromisedNotifications promised = new PromisedNotifications(SSID);
    private final Map<String, Long> confirmed = new ConcurrentHashMap<>();
    private final List<Long> agentDeaths = new CopyOnWriteArrayList<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final Map<String, Integer> strikes = new TreeMap<>();
    private final long begin = System.nanoTime();
    private Duration slowest = Duration.ZERO;
    private volatile boolean stopping;
    private volatile @Nullable RestApi rest;
    private @Nullable Thread setter;
    private @Nullable RunningServer server;
    private @Nullable JavaProgram agent;

    KillRun(Path folder, long seed) throws IOException {
        this.folder = folder;
        this.random = new Random(seed);
        this.ports = freePorts();
    }

    /// The same after each start, since the agent comes back to them.
    private static String[] freePorts() throws IOException {
        try (ServerSocket http = new ServerSocket(0);
                ServerSocket ws = new ServerSocket(0)) {
            return new String[] {
                "--http",
                "" + http.getLocalPort(),
                "--ws",
                "" + ws.getLocalPort(),
                "--mqtt",
                "off",
                "--stomp",
                "off",
                "--cwmp",
                "off"
            };
        }
    }

    void begin() throws Exception {
        startServer();
        startAgent();
        RestApi api = RestApi.of(folder.resolve("server"));
        api.awaitStatus(ID, "online");
        // before that, nobody has subscribed to changes, and one that is made is told to nobody
        String watched = "Device.LocalAgent.Subscription.[ID==\"pharos-values\"].Enable";
        await("the subscription to changes")
                .atMost(RECOVERY)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> api.value(ID, watched).equals("true"));
        setter = Thread.ofVirtual().start(this::keepSetting);
    }

    private void startServer() throws IOException {
        server = RunningServer.start(folder.resolve("server"), ports);
        rest = server.rest();
    }

    private void startAgent() throws IOException {
        agent = JavaProgram.start(
                "dev.pharos.cli.Pharos",
                Map.of(),
                List.of(
                        "agent",
                        "--endpoint-id",
                        ID,
                        "--controller",
                        "ws://127.0.0.1:" + ports[3] + "/usp",
                        "--device",
                        "simulated",
                        "--data",
                        folder.resolve("agent").toString()));
    }

    private void keepSetting() {
        while (!stopping) {
            String value = "soak-" + attempts.incrementAndGet();
            try {
                set(value);
                Thread.sleep(20 + attempts.get() % 60);
            } catch (IOException unknown) { // it may be set or not, as one of the two is dead
                pause(100);
            } catch (InterruptedException interrupted) {
                return;
            }
        }
    }

    private void set(String value) throws IOException, InterruptedException {
        RestApi api = rest;
        if (api == null) {
            throw new IOException("no server yet");
        }
        api.set(ID, SSID, value);
        confirmed.put(value, System.nanoTime());
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Kills one of the two, or both, at a moment of chance, and waits until values can be set again.
    ///
    /// @param most how many kills are left
    /// @return how many processes were killed
    int strike(int most) throws Exception {
        pause(500 + random.nextInt(4_000));
        int kind = random.nextInt(most > 1 ? 6 : 4);
        int kills;
        switch (kind) {
            case 0, 1 -> {
                kills = count("server", killServer());
                startServer();
            }
            case 2, 3 -> {
                kills = count("agent", killAgent());
                pause(random.nextInt(1_000));
                startAgent();
            }
            case 4 -> {
                kills = count("server", killServer()) + count("agent", killAgent());
                startAgent();
                startServer();
            }
            default -> {
                kills = count("server", killServer()) + count("starting server", killStartingServer());
                startServer();
            }
        }
        awaitRecovery();
        return kills;
    }

    private int count(String what, int kills) {
        strikes.merge(what, kills, Integer::sum);
        return kills;
    }

    private int killServer() throws InterruptedException {
        RunningServer victim = server;
        if (victim == null) {
            return 0;
        }
        victim.program().kill();
        return 1;
    }

    private int killStartingServer() throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of("--data", folder.resolve("server").toString()));
        arguments.addAll(List.of(ports));
        JavaProgram starting = JavaProgram.start("dev.pharos.server.PharosServer", Map.of(), arguments);
        pause(random.nextInt(5_000));
        starting.kill();
        return 1;
    }

    private int killAgent() throws Exception {
        JavaProgram victim = agent;
        if (victim == null) {
            return 0;
        }
        agentDeaths.add(System.nanoTime());
        victim.kill();
        promised.read(folder.resolve("agent").resolve("notifications.journal"));
        return 1;
    }

    private void awaitRecovery() {
        long from = System.nanoTime();
        await("values can be set again")
                .atMost(RECOVERY)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    set("back-" + attempts.incrementAndGet());
                    return true;
                });
        Duration took = Duration.ofNanos(System.nanoTime() - from);
        slowest = took.compareTo(slowest) > 0 ? took : slowest;
    }

    /// Lets everything arrive that was promised, and compares it with the store.
    Account settle() throws Exception {
        stopping = true;
        Thread running = setter;
        if (running != null) {
            running.join();
        }
        String last = "last-" + attempts.incrementAndGet();
        await("the last value")
                .atMost(RECOVERY)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    set(last);
                    return true;
                });
        promised.read(folder.resolve("agent").resolve("notifications.journal"));
        long deadline = System.nanoTime() + DELIVERY.toNanos();
        Account account = account();
        while (!account.missing().isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(500);
            account = account();
        }
        return account;
    }

    private Account account() throws IOException, InterruptedException {
        RestApi api = rest;
        if (api == null) {
            throw new IOException("no server");
        }
        TreeSet<String> wanted = new TreeSet<>(promised.values());
        confirmed.forEach((value, at) -> {
            if (agentDeaths.stream().noneMatch(death -> death >= at && death - at < UNSETTLED.toNanos())) {
                wanted.add(value);
            }
        });
        List<JsonNode> events = api.events(ID);
        Map<Long, Long> numbers = events.stream()
                .collect(Collectors.groupingBy(event -> event.path("seq").asLong(), Collectors.counting()));
        Map<String, Long> stored = events.stream()
                .filter(event -> event.path("kind").asString().equals("ValueChange"))
                .filter(event ->
                        (event.path("path").asString() + event.path("name").asString()).equals(SSID))
                .collect(Collectors.groupingBy(event -> event.path("value").asString(), Collectors.counting()));
        return new Account(
                wanted.size(),
                stored.size(),
                wanted.stream().filter(value -> !stored.containsKey(value)).toList(),
                stored.keySet().stream()
                        .filter(value -> stored.getOrDefault(value, 0L) > 1)
                        .toList(),
                numbers.keySet().stream()
                        .filter(seq -> numbers.getOrDefault(seq, 0L) > 1)
                        .toList(),
                unpromised(wanted, stored.keySet()),
                api.get("/devices").path("total").asInt());
    }

    /// How long before a kill the changes were confirmed that their device did not come to promise.
    private List<Long> unpromised(Set<String> wanted, Set<String> stored) {
        return confirmed.entrySet().stream()
                .filter(change -> !wanted.contains(change.getKey()) && !stored.contains(change.getKey()))
                .map(change -> agentDeaths.stream()
                        .filter(death -> death >= change.getValue())
                        .mapToLong(death -> (death - change.getValue()) / 1_000_000)
                        .min()
                        .orElse(-1))
                .sorted()
                .toList();
    }

    String figures() {
        return "killed " + strikes + ", " + confirmed.size() + " of " + attempts + " changes confirmed, "
                + promised.values().size() + " seen in journals (" + promised.acknowledged()
                + " acknowledged), slowest recovery after a start " + slowest.toMillis() + " ms, in all "
                + Duration.ofNanos(System.nanoTime() - begin).toSeconds() + " s";
    }

    @Override
    public void close() {
        stopping = true;
        if (agent != null) {
            agent.close();
        }
        if (server != null) {
            server.close();
        }
    }

    /// What should be in the store, and what is.
    ///
    /// @param wanted how many changes were promised, or made long enough before a kill
    /// @param unpromised milliseconds before a kill of changes that were confirmed and not promised
    record Account(
            int wanted,
            int stored,
            List<String> missing,
            List<String> doubled,
            List<Long> doubledSequence,
            List<Long> unpromised,
            int devices) {
        String figures() {
            return wanted + " wanted, " + stored + " stored, " + missing.size() + " missing, " + doubled.size()
                    + " doubled; confirmed but not promised, milliseconds before the kill: " + unpromised;
        }
    }
}
