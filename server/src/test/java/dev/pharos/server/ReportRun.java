// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Reports of one device over HTTP, some at once, and which of them the collector has taken. Each value is of a second
/// of its own, some hours ago, and no value comes twice.
final class ReportRun {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PATH = "Device.Ethernet.Interface.1.Stats.BytesReceived";
    private static final int VALUES = 5;
    /// What may be asked for at once holds the values of all.
    private static final int MOST = 900;

    private final String device;
    private final Map<String, String> login;
    private final Instant begin = Instant.now().minus(Duration.ofHours(3)).truncatedTo(ChronoUnit.HOURS);
    private final AtomicInteger begun = new AtomicInteger();
    private final Set<Integer> taken = new ConcurrentSkipListSet<>();
    private final List<Thread> threads = new ArrayList<>();

    /// @param device its place in the REST interface
    /// @param id of the device, its user name at the collector
    /// @param at who gives it a login, and has the parameter kept
    ReportRun(String device, String id, Rest at) {
        this.device = device;
        Rest.Answer made = at.post(device + "/collector-login", "{}");
        assertThat(made.status()).as(made.response().body()).isEqualTo(200);
        String words = id + ":" + made.json().get("password").stringValue();
        this.login = Map.of(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8)));
        assertThat(at.send("PUT", "/api/v1/series/" + PATH, "").status()).isEqualTo(200);
    }

    private boolean send(Rest to, int number) {
        String rows = IntStream.range(number * VALUES, (number + 1) * VALUES)
                .mapToObj(value -> "{\"CollectionTime\":"
                        + begin.plusSeconds(value).toEpochMilli() + ",\"" + PATH + "\":" + value + "}")
                .collect(Collectors.joining(","));
        boolean good = new Rest(to.url(), login)
                        .post("/bulk", "{\"Report\":[" + rows + "]}")
                        .status()
                == 200;
        if (good) {
            taken.add(number);
        }
        return good;
    }

    /// Sends reports until the collector is gone; returns when it has taken some.
    ///
    /// @param to the server
    /// @param by whom the values are asked for, which may be another
    void begin(Rest to, Rest by) {
        // what is kept is known at once where it was said, and within two seconds to others
        int first = begun.getAndIncrement();
        assertThat(send(by, first) && values(by).size() == VALUES).isTrue();
        int second = begun.getAndIncrement();
        await().atMost(PATIENCE).until(() -> send(to, second) && values(by).size() == 2 * VALUES);
        for (int i = 0; i < 2; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    for (int next = begun.getAndIncrement(); next < MOST; next = begun.getAndIncrement()) {
                        send(to, next);
                    }
                } catch (UncheckedIOException gone) {
                    // nobody knows what has become of this report
                }
            }));
        }
        await().atMost(PATIENCE).until(() -> taken.size() > 10);
    }

    /// All that was taken is there once, and so is what the device sends again since it has heard nothing of it.
    ///
    /// @param at a server that lives
    void mustBeKept(Rest at) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        int all = Math.min(begun.get(), MOST);
        assertThat(taken.size()).as("it ended in the middle of them").isLessThan(all);
        assertThat(values(at)).containsAll(values(taken));
        counted(at, values(at).size());

        List<Integer> again = IntStream.range(0, all)
                .filter(number -> !taken.contains(number) || number == 1)
                .boxed()
                .toList();
        for (int number : again) {
            assertThat(send(at, number)).isTrue();
        }
        assertThat(values(at))
                .containsExactlyElementsOf(
                        IntStream.range(0, all * VALUES).boxed().toList());
        counted(at, all * VALUES);
    }

    private static List<Integer> values(Set<Integer> reports) {
        return reports.stream()
                .flatMap(number ->
                        IntStream.range(number * VALUES, (number + 1) * VALUES).boxed())
                .toList();
    }

    private JsonNode points(Rest at, int step) {
        Rest.Answer answer = at.get(device + "/series?path=" + PATH + "&from=" + begin + "&to="
                + begin.plusSeconds(MOST * VALUES) + "&step=" + step);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json().get("points");
    }

    private List<Integer> values(Rest at) {
        return points(at, 0)
                .valueStream()
                .map(point -> Integer.valueOf(point.get("value").stringValue()))
                .toList();
    }

    private void counted(Rest at, int expected) {
        assertThat(points(at, 300)
                        .valueStream()
                        .mapToInt(point -> point.get("count").asInt())
                        .sum())
                .as("what was counted")
                .isEqualTo(expected);
    }
}
