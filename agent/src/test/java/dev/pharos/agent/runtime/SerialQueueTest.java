// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SerialQueueTest {
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<String> handled = new CopyOnWriteArrayList<>();

    private void handle(String item) {
        try {
            gate.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        handled.add(item);
    }

    @Test
    void who_is_not_taken_is_told_whether_the_queue_is_full_or_closed() {
        SerialQueue<String> queue = new SerialQueue<>(1, this::handle);
        queue.offer("first");
        Awaitility.await().until(() -> queue.size() == 0);
        assertThat(queue.offer("second")).isEqualTo(1);
        assertThat(queue.offer("third")).isEqualTo(SerialQueue.FULL);
        gate.countDown();
        Awaitility.await().until(() -> handled.equals(List.of("first", "second")));
        queue.close();
        assertThat(queue.offer("fourth")).isEqualTo(SerialQueue.CLOSED);
    }
}
