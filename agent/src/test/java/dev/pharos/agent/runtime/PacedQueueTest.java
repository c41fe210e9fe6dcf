// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.testkit.InProcessMtp;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PacedQueueTest {
    private final Semaphore steps = new Semaphore(0);
    private final List<Integer> handled = new CopyOnWriteArrayList<>();
    private final RecordingReceiver here = new RecordingReceiver();
    private final RecordingReceiver there = new RecordingReceiver();
    private final InProcessMtp.Pair pair = InProcessMtp.pair(EndpointId.of("self::a"), EndpointId.of("self::b"));
    private final PacedQueue<Integer> queue = new PacedQueue<>(new PacedQueue.Pace(4, 1000, 6), this::handle);
    private MtpConnection from;
    private MtpConnection peer;

    @BeforeEach
    void connect() throws IOException {
        pair.first().start(here);
        pair.second().start(there);
        from = here.nextConnected();
        peer = there.nextConnected();
    }

    @AfterEach
    void close() {
        steps.release(1000);
        pair.close();
    }

    private void handle(Integer item) {
        steps.acquireUninterruptibly();
        handled.add(item);
    }

    /// Whether what the peer sends now comes.
    private boolean isRead() throws IOException, InterruptedException {
        peer.send(Bytes.ofUtf8("probe"));
        Thread.sleep(100);
        return !here.pending().isEmpty();
    }

    @Test
    void a_connection_is_not_read_while_too_many_wait_and_read_again_at_half_of_it() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(queue.offer(from, 1, i)).isTrue();
        }
        assertThat(isRead()).isTrue();
        here.nextRecord();
        assertThat(queue.offer(from, 1, 3)).isTrue();
        assertThat(isRead()).isFalse();

        steps.release(1);
        await().until(() -> handled.size() == 1);
        assertThat(here.pending()).isEmpty();
        steps.release(1);
        assertThat(here.nextRecord()).isEqualTo(Bytes.ofUtf8("probe"));
        steps.release(2);
        await().until(() -> handled.equals(List.of(0, 1, 2, 3)));
    }

    @Test
    void a_few_large_items_count_as_many() throws Exception {
        queue.offer(from, 1001, 0);
        assertThat(isRead()).isFalse();

        steps.release(1);
        assertThat(here.nextRecord()).isEqualTo(Bytes.ofUtf8("probe"));
    }

    @Test
    void what_comes_although_nobody_reads_is_taken_up_to_a_bound() {
        for (int i = 0; i < 6; i++) {
            assertThat(queue.offer(from, 1, i)).isTrue();
        }
        int taken = 6;
        while (queue.offer(from, 1, taken)) {
            taken++;
        }

        // One may be on its way to the handler already.
        assertThat(taken).isBetween(6, 7);
    }

    @Test
    void a_handler_that_throws_gives_its_place_back() {
        PacedQueue<Integer> failing = new PacedQueue<>(new PacedQueue.Pace(1, 1000, 1), item -> {
            throw new IllegalStateException("as expected");
        });
        for (int i = 0; i < 5; i++) {
            int item = i;
            await().until(() -> failing.offer(from, 1, item));
        }
    }

    @Test
    void a_closed_queue_takes_nothing() {
        queue.close();

        assertThat(queue.offer(from, 1, 0)).isFalse();
    }
}
