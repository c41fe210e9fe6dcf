// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class SerialTasksTest {
    private final List<RuntimeException> failures = Collections.synchronizedList(new ArrayList<>());
    private final SerialTasks tasks = new SerialTasks("tasks of a test", failures::add);

    @Test
    void a_task_that_finds_nothing_running_runs_on_the_callers_thread() {
        AtomicReference<Thread> ran = new AtomicReference<>();
        tasks.executeHere(() -> ran.set(Thread.currentThread()));
        assertThat(ran).hasValue(Thread.currentThread());
    }

    @Test
    void a_task_that_finds_another_running_comes_after_it_and_holds_up_nobody() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        tasks.execute(() -> {
            begun.countDown();
            await(go);
            order.add(1);
        });
        await(begun);
        tasks.executeHere(() -> order.add(2));
        tasks.execute(() -> {
            order.add(3);
            done.countDown();
        });
        assertThat(order).isEmpty();
        go.countDown();
        await(done);
        assertThat(order).containsExactly(1, 2, 3);
    }

    @Test
    void what_comes_while_the_caller_runs_a_task_runs_after_it_and_elsewhere() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        AtomicReference<Thread> ran = new AtomicReference<>();
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        tasks.executeHere(() -> {
            tasks.execute(() -> {
                order.add("inner");
                ran.set(Thread.currentThread());
                done.countDown();
            });
            order.add("outer");
        });
        await(done);
        assertThat(order).containsExactly("outer", "inner");
        assertThat(ran.get()).isNotSameAs(Thread.currentThread());
    }

    @Test
    void a_task_that_fails_is_told_and_the_next_one_runs() {
        RuntimeException bug = new IllegalStateException("a bug");
        AtomicInteger after = new AtomicInteger();
        tasks.executeHere(() -> {
            throw bug;
        });
        tasks.executeHere(after::incrementAndGet);
        assertThat(failures).containsExactly(bug);
        assertThat(after).hasValue(1);
    }

    @Test
    void never_two_at_once_whoever_brings_them() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(4_000);
        Runnable task = () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Thread.onSpinWait();
            running.decrementAndGet();
            all.countDown();
        };
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int person = 0; person < 4; person++) {
                boolean here = person % 2 == 0;
                people.execute(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        if (here) {
                            tasks.executeHere(task);
                        } else {
                            tasks.execute(task);
                        }
                    }
                });
            }
        }
        await(all);
        assertThat(most).hasValue(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
