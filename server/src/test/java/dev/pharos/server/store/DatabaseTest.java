// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DatabaseTest {
    private final Database database = TestDatabase.database();

    @Test
    void what_devices_ask_for_by_coming_leaves_connections_to_everybody_else() throws Exception {
        CountDownLatch connected = new CountDownLatch(Limits.FLEET_CONNECTIONS);
        Semaphore release = new Semaphore(0);
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService fleet = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> visits = new ArrayList<>();
            for (int i = 0; i < 3 * Limits.CONNECTIONS; i++) {
                visits.add(fleet.submit(() -> Database.ofTheFleet(() -> {
                    int answer = database.with(handle -> {
                        connected.countDown();
                        release.acquireUninterruptibly();
                        return handle.select("select 1").mapTo(Integer.class).one();
                    });
                    synchronized (answers) {
                        answers.add(answer);
                    }
                })));
            }
            try {
                assertThat(connected.await(30, TimeUnit.SECONDS)).isTrue();
                assertThat(database.<Integer>with(handle ->
                                handle.select("select 2").mapTo(Integer.class).one()))
                        .isEqualTo(2);
                assertThat(database.answers()).isTrue();
                assertThat(answers).isEmpty();
            } finally {
                release.release(visits.size());
            }
            for (Future<?> visit : visits) {
                visit.get(30, TimeUnit.SECONDS);
            }
        }
        assertThat(answers).hasSize(3 * Limits.CONNECTIONS).containsOnly(1);
    }

    @Test
    void whose_turn_it_is_needs_no_second_one() throws Exception {
        CountDownLatch all = new CountDownLatch(Limits.FLEET_CONNECTIONS);
        try (ExecutorService fleet = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> visits = new ArrayList<>();
            for (int i = 0; i < Limits.FLEET_CONNECTIONS; i++) {
                visits.add(fleet.submit(() -> database.inTurn(() -> {
                    all.countDown();
                    try {
                        // so that there is no turn left
                        assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException stop) {
                        Thread.currentThread().interrupt();
                    }
                    return database.inTurn(() -> database.<Integer>inTransaction(handle ->
                            handle.select("select 3").mapTo(Integer.class).one()));
                })));
            }
            for (Future<Integer> visit : visits) {
                assertThat(visit.get(30, TimeUnit.SECONDS)).isEqualTo(3);
            }
        }
    }
}
