// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorldClockTest {
    /// Generous, since a test that passes never waits for it.
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Duration PACE = Duration.ofMillis(10);

    @Test
    void work_that_is_still_busy_misses_the_next_happenings_instead_of_piling_up() throws InterruptedException {
        try (WorldClock world = new WorldClock()) {
            CountDownLatch release = new CountDownLatch(1);
            AtomicInteger busy = new AtomicInteger();
            AtomicInteger other = new AtomicInteger();
            WorldClock.Cancellable slow = world.every(PACE, Duration.ZERO, () -> {
                busy.incrementAndGet();
                awaitQuietly(release);
            });
            WorldClock.Cancellable quick = world.every(PACE, Duration.ZERO, other::incrementAndGet);
            // one of the processors may be held by the slow work
            if (Runtime.getRuntime().availableProcessors() > 1) {
                await().atMost(PATIENCE).until(() -> other.get() > 5);
            }
            assertThat(busy.get()).isEqualTo(1);
            release.countDown();
            await().atMost(PATIENCE).until(() -> busy.get() > 1);
            slow.cancel();
            quick.cancel();
        }
    }

    @Test
    void cancelled_work_does_not_happen_again() {
        try (WorldClock world = new WorldClock()) {
            AtomicInteger times = new AtomicInteger();
            WorldClock.Cancellable work = world.every(PACE, Duration.ZERO, times::incrementAndGet);
            await().atMost(PATIENCE).until(() -> times.get() > 1);
            work.cancel();
            assertThat(world.waiting()).isZero();
        }
    }

    @Test
    void a_gateway_that_stands_still_has_nothing_waiting_and_a_lively_one_has() {
        try (Home still = new Home()) {
            assertThat(still.world.waiting()).isZero();
        }
        try (Home lively = new Home(SimulatedGatewayConfig.of("SIM-9", 9).withPace(Duration.ofMinutes(1)))) {
            assertThat(lively.world.waiting()).isEqualTo(1);
            lively.model.close();
            assertThat(lively.world.waiting()).isZero();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
