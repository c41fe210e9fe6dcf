// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What two clients do over a ubusd, whichever it is. Each test uses names of its own, since a real one may be
/// in use by others.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
interface UbusConversation {
    Duration PATIENCE = Duration.ofSeconds(30);
    String PREFIX = "pharos-test-" + ProcessHandle.current().pid();

    /// Where the ubusd listens.
    Path socket();

    default UbusClient client() throws InterruptedException {
        UbusClient client = UbusClient.open(UbusConfig.at(socket()).withPause(Duration.ofMillis(10)));
        assertThat(client.awaitConnected(PATIENCE)).isTrue();
        return client;
    }

    /// An object that answers what it was given.
    static UbusObject echo(String path) {
        return new UbusObject(
                path,
                Map.of("echo", new UbusMethod(Map.of("text", UbusValue.Kind.TEXT), call -> List.of(call.arguments()))));
    }

    @Test
    default void a_call_reaches_its_object_and_the_answer_its_caller() throws Exception {
        String path = PREFIX + ".call";
        try (UbusClient server = client();
                UbusClient caller = client()) {
            server.serve(echo(path));

            assertThat(caller.lookup(path, PATIENCE)).singleElement().satisfies(found -> {
                assertThat(found.path()).isEqualTo(path);
                assertThat(found.methods().table("echo").number("text")).hasValue(3);
            });
            UbusTable table = UbusTable.EMPTY.with("text", "hello").with("number", 5_000_000_000L);
            assertThat(caller.invoke(path, "echo", table, PATIENCE)).containsExactly(table);
        }
    }

    @Test
    default void all_tables_of_an_answer_come_in_order_and_none_is_an_answer_too() throws Exception {
        String path = PREFIX + ".many";
        List<UbusTable> three = IntStream.range(0, 3)
                .mapToObj(number -> UbusTable.EMPTY.with("n", number))
                .toList();
        try (UbusClient server = client();
                UbusClient caller = client()) {
            server.serve(new UbusObject(
                    path, Map.of("three", UbusMethod.of(call -> three), "none", UbusMethod.of(call -> List.of()))));

            assertThat(caller.invoke(path, "three", UbusTable.EMPTY, PATIENCE)).isEqualTo(three);
            assertThat(caller.invoke(path, "none", UbusTable.EMPTY, PATIENCE)).isEmpty();
        }
    }

    @Test
    default void failures_come_with_their_status() throws Exception {
        String path = PREFIX + ".fail";
        try (UbusClient server = client();
                UbusClient caller = client()) {
            server.serve(new UbusObject(
                    path,
                    Map.of(
                            "denied",
                            UbusMethod.of(call -> {
                                throw new UbusException(UbusStatus.PERMISSION_DENIED, "not for you");
                            }),
                            "absent",
                            UbusMethod.of(call -> {
                                throw new UbusException(UbusStatus.NOT_FOUND, "gone");
                            }),
                            "defect",
                            UbusMethod.of(call -> {
                                throw new IllegalStateException("a defect of the test's own");
                            }))));

            assertStatus(caller, path, "denied", UbusStatus.PERMISSION_DENIED);
            assertStatus(caller, path, "absent", UbusStatus.NOT_FOUND);
            assertStatus(caller, path, "defect", UbusStatus.UNKNOWN_ERROR);
            assertStatus(caller, path, "unknown", UbusStatus.METHOD_NOT_FOUND);
            assertStatus(caller, PREFIX + ".nobody", "any", UbusStatus.NOT_FOUND);
            assertThatExceptionOfType(UbusException.class)
                    .isThrownBy(() -> caller.send("ubus.forged", UbusTable.EMPTY, PATIENCE))
                    .satisfies(refused -> assertThat(refused.status()).isEqualTo(UbusStatus.PERMISSION_DENIED));
            assertThatExceptionOfType(UbusException.class)
                    .isThrownBy(() -> caller.serve(echo(path)))
                    .satisfies(refused -> assertThat(refused.status()).isEqualTo(UbusStatus.INVALID_ARGUMENT));
        }
    }

    @Test
    default void whatever_a_method_fails_with_its_caller_is_answered_and_others_are_served() throws Exception {
        String path = PREFIX + ".errors";
        try (UbusClient server = client();
                UbusClient caller = client()) {
            server.serve(new UbusObject(
                    path,
                    Map.of(
                            "overflow",
                            UbusMethod.of(call -> {
                                throw new StackOverflowError("of the test's own");
                            }),
                            "linkage",
                            UbusMethod.of(call -> {
                                throw new NoClassDefFoundError("of the test's own");
                            }),
                            "large",
                            UbusMethod.of(call -> List.of(
                                    UbusTable.EMPTY.with("small", true),
                                    UbusTable.EMPTY.with("text", "x".repeat(Limits.MESSAGE_BYTES)))),
                            "well",
                            UbusMethod.of(call -> List.of()))));

            assertStatus(caller, path, "overflow", UbusStatus.UNKNOWN_ERROR);
            assertStatus(caller, path, "linkage", UbusStatus.UNKNOWN_ERROR);
            assertStatus(caller, path, "large", UbusStatus.UNKNOWN_ERROR);
            // more than may run at once, each of which would keep its place
            for (int again = 0; again < Limits.RUNNING; again++) {
                assertStatus(caller, path, "overflow", UbusStatus.UNKNOWN_ERROR);
            }
            assertThat(caller.invoke(path, "well", UbusTable.EMPTY, PATIENCE)).isEmpty();
        }
    }

    @Test
    default void a_call_that_the_end_of_its_program_cuts_short_is_answered() throws Exception {
        String path = PREFIX + ".ending";
        CountDownLatch begun = new CountDownLatch(1);
        UbusClient server = client();
        try (UbusClient caller = client()) {
            server.serve(new UbusObject(path, Map.of("waits", UbusMethod.of(call -> {
                begun.countDown();
                new CountDownLatch(1).await();
                return List.of();
            }))));
            Thread.ofVirtual().start(() -> {
                try {
                    begun.await();
                    server.close();
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            });

            assertStatus(caller, path, "waits", UbusStatus.UNKNOWN_ERROR);
        }
    }

    @Test
    default void who_hears_events_and_fails_hears_the_next() throws Exception {
        String event = PREFIX + ".heard";
        BlockingQueue<UbusEvent> heard = new LinkedBlockingQueue<>();
        try (UbusClient listener = client();
                UbusClient sender = client()) {
            listener.listen(event, told -> {
                heard.add(told);
                throw new AssertionError("of the test's own");
            });

            sender.send(event, UbusTable.EMPTY.with("n", 1), PATIENCE);
            sender.send(event, UbusTable.EMPTY.with("n", 2), PATIENCE);

            assertThat(heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();
            assertThat(heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();
        }
    }

    private static void assertStatus(UbusClient caller, String path, String method, UbusStatus status) {
        assertThatExceptionOfType(UbusException.class)
                .isThrownBy(() -> caller.invoke(path, method, UbusTable.EMPTY, PATIENCE))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(status));
    }

    @Test
    default void a_call_without_an_answer_ends_in_time_and_a_late_answer_harms_nobody() throws Exception {
        String path = PREFIX + ".slow";
        CountDownLatch answer = new CountDownLatch(1);
        try (UbusClient server = client();
                UbusClient caller = client()) {
            server.serve(new UbusObject(
                    path,
                    Map.of(
                            "slow",
                            UbusMethod.of(call -> {
                                answer.await();
                                return List.of(UbusTable.EMPTY.with("late", true));
                            }),
                            "quick",
                            UbusMethod.of(call -> List.of()))));

            assertThatExceptionOfType(UbusException.class)
                    .isThrownBy(() -> caller.invoke(path, "slow", UbusTable.EMPTY, Duration.ofMillis(200)))
                    .satisfies(late -> assertThat(late.status()).isEqualTo(UbusStatus.TIMEOUT));
            answer.countDown();
            assertThat(caller.invoke(path, "quick", UbusTable.EMPTY, PATIENCE)).isEmpty();
        }
    }

    @Test
    default void more_calls_at_once_than_are_run_are_refused_and_the_others_answered() throws Exception {
        String path = PREFIX + ".busy";
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(Limits.RUNNING);
        try (UbusClient server = client();
                UbusClient caller = client()) {
            server.serve(new UbusObject(path, Map.of("wait", UbusMethod.of(call -> {
                begun.countDown();
                answer.await();
                return List.of();
            }))));
            BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();
            for (int number = 0; number < Limits.RUNNING; number++) {
                Thread.ofVirtual().start(() -> outcomes.add(outcome(caller, path)));
            }
            begun.await();

            assertThat(outcome(caller, path)).isEqualTo("SYSTEM_ERROR");
            answer.countDown();
            for (int number = 0; number < Limits.RUNNING; number++) {
                assertThat(outcomes.take()).isEqualTo("OK");
            }
        }
    }

    private static String outcome(UbusClient caller, String path) {
        try {
            caller.invoke(path, "wait", UbusTable.EMPTY, PATIENCE);
            return "OK";
        } catch (UbusException refused) {
            return refused.status().name();
        } catch (IOException | InterruptedException broken) {
            return broken.toString();
        }
    }

    @Test
    default void events_reach_those_whose_pattern_they_fit() throws Exception {
        String name = PREFIX + ".event";
        try (UbusClient sender = client();
                UbusClient hearer = client()) {
            BlockingQueue<UbusEvent> one = new LinkedBlockingQueue<>();
            BlockingQueue<UbusEvent> all = new LinkedBlockingQueue<>();
            hearer.listen(name + ".b", one::add);
            Closeable end = hearer.listen(name + "*", all::add);
            UbusTable data = UbusTable.EMPTY.with("x", 1);

            sender.send(name + ".a", data, PATIENCE);
            sender.send(name + ".b", UbusTable.EMPTY, PATIENCE);

            assertThat(all.take()).isEqualTo(new UbusEvent(name + ".a", data));
            assertThat(all.take().name()).isEqualTo(name + ".b");
            assertThat(one.take().name()).isEqualTo(name + ".b");
            end.close();
            sender.send(name + ".b", UbusTable.EMPTY, PATIENCE);
            one.take();
            assertThat(all).isEmpty();
        }
    }

    @Test
    default void notifications_reach_subscribers_also_of_an_object_that_comes_later_and_again() throws Exception {
        String path = PREFIX + ".watched";
        try (UbusClient watcher = client()) {
            BlockingQueue<UbusEvent> heard = new LinkedBlockingQueue<>();
            Closeable end = watcher.subscribe(path, heard::add);
            for (int round = 0; round < 2; round++) {
                try (UbusClient server = client()) {
                    server.serve(echo(path));
                    await().atMost(PATIENCE).until(() -> server.isWatched(path));
                    server.notify(path, "changed", UbusTable.EMPTY.with("round", round), PATIENCE);

                    assertThat(heard.take()).isEqualTo(new UbusEvent("changed", UbusTable.EMPTY.with("round", round)));
                }
            }
            try (UbusClient server = client()) {
                server.serve(echo(path));
                await().atMost(PATIENCE).until(() -> server.isWatched(path));
                end.close();
                await().atMost(PATIENCE).until(() -> !server.isWatched(path));
            }
        }
    }

    @Test
    default void an_object_can_be_withdrawn_and_come_back_with_another_id() throws Exception {
        String path = PREFIX + ".moving";
        try (UbusClient server = client();
                UbusClient caller = client()) {
            Closeable offered = server.serve(echo(path));
            caller.invoke(path, "echo", UbusTable.EMPTY, PATIENCE);
            offered.close();
            assertStatus(caller, path, "echo", UbusStatus.NOT_FOUND);
            server.serve(echo(path));

            assertThat(caller.invoke(path, "echo", UbusTable.EMPTY, PATIENCE)).hasSize(1);
        }
    }

    @Test
    default void an_interrupted_caller_leaves_the_connection_to_the_others() throws Exception {
        String path = PREFIX + ".interrupted";
        CountDownLatch begun = new CountDownLatch(1);
        try (UbusClient server = client();
                UbusClient caller = client()) {
            server.serve(new UbusObject(
                    path,
                    Map.of(
                            "hang",
                            UbusMethod.of(call -> {
                                begun.countDown();
                                new CountDownLatch(1).await();
                                return List.of();
                            }),
                            "quick",
                            UbusMethod.of(call -> List.of()))));
            AtomicReference<Throwable> ended = new AtomicReference<>();
            Thread hanging = Thread.ofVirtual().start(() -> {
                try {
                    caller.invoke(path, "hang", UbusTable.EMPTY, PATIENCE);
                } catch (IOException | UbusException | InterruptedException expected) {
                    ended.set(expected);
                }
            });
            begun.await();
            hanging.interrupt();
            hanging.join();

            assertThat(ended.get()).isInstanceOf(InterruptedException.class);
            assertThat(caller.invoke(path, "quick", UbusTable.EMPTY, PATIENCE)).isEmpty();
        }
    }

    @Test
    default void a_message_of_nearly_a_mebibyte_passes_and_a_larger_one_is_refused_before_it_is_sent()
            throws Exception {
        String path = PREFIX + ".large";
        try (UbusClient server = client();
                UbusClient caller = client()) {
            server.serve(new UbusObject(
                    path,
                    Map.of(
                            "length",
                            UbusMethod.of(call -> List.of(UbusTable.EMPTY.with(
                                    "length",
                                    call.arguments().text("text").orElse("").length()))))));

            assertThat(caller.invoke(path, "length", UbusTable.EMPTY.with("text", "x".repeat(1_040_000)), PATIENCE))
                    .containsExactly(UbusTable.EMPTY.with("length", 1_040_000));
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> caller.invoke(
                            path, "length", UbusTable.EMPTY.with("text", "x".repeat(1_048_500)), PATIENCE))
                    .withMessageContaining("too large");
            assertThat(caller.invoke(path, "length", UbusTable.EMPTY, PATIENCE)).hasSize(1);
        }
    }
}
