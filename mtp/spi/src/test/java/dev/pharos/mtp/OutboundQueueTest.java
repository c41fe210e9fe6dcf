// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutboundQueueTest {

    @Test
    void records_leave_in_order_although_the_connection_is_full_now_and_then() throws InterruptedException {
        OutboundQueue queue = new OutboundQueue(100);
        List<Integer> sent = new ArrayList<>();
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(20);
        for (int number = 0; number < 20; number++) {
            int each = number;
            assertThat(queue.offer(() -> {
                        if (attempts.incrementAndGet() % 5 == 0) {
                            throw new QueueFullException("full");
                        }
                        sent.add(each);
                        done.countDown();
                    }))
                    .isTrue();
        }
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(sent).hasSize(20).isSorted();
    }

    @Test
    void a_record_that_cannot_be_sent_does_not_hold_up_the_next() throws InterruptedException {
        OutboundQueue queue = new OutboundQueue(2);
        CountDownLatch next = new CountDownLatch(1);
        queue.offer(() -> {
            throw new IOException("gone");
        });
        queue.offer(next::countDown);
        assertThat(next.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_full_or_closed_queue_takes_nothing() throws InterruptedException {
        OutboundQueue queue = new OutboundQueue(1);
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        queue.offer(() -> {
            busy.countDown();
            try {
                release.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(busy.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(queue.offer(() -> {})).isTrue();
        assertThat(queue.offer(() -> {})).isFalse();
        queue.close();
        release.countDown();
        assertThat(queue.offer(() -> {})).isFalse();
    }
}
