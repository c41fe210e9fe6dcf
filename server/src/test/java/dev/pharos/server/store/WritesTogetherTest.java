// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WritesTogetherTest {
    private static final EndpointId FIRST = EndpointId.of("proto::first");
    private static final EndpointId ONE = EndpointId.of("proto::one");
    private static final EndpointId OTHER = EndpointId.of("proto::other");
    private static final String BROKEN = "broken";

    /// What was committed, transaction by transaction.
    private final List<Map<EndpointId, List<TwinValue>>> committed = Collections.synchronizedList(new ArrayList<>());

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch slow = new CountDownLatch(1);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final WritesTogether writes = new WritesTogether(this::write, 1);

    /// Takes its time over the first, and no transaction that holds something broken.
    private void write(Map<EndpointId, List<TwinValue>> values) {
        if (values.containsKey(FIRST)) {
            begun.countDown();
            try {
                slow.await();
            } catch (InterruptedException stop) {
                throw new StoreException("interrupted", stop);
            }
        }
        if (values.values().stream()
                .flatMap(List::stream)
                .anyMatch(value -> value.value().equals(BROKEN))) {
            throw new StoreException("it is broken");
        }
        committed.add(Map.copyOf(values));
    }

    @AfterEach
    void end() {
        slow.countDown();
        callers.close();
    }

    private static List<TwinValue> values(String value, int count) {
        return Collections.nCopies(
                count, new TwinValue("Device.A.B", value, false, Instant.EPOCH, TwinValue.Source.BULK));
    }

    private Future<?> keep(EndpointId device, List<TwinValue> values) {
        return callers.submit(() -> writes.keep(device, values));
    }

    /// One that is being written until [#slow].
    private Future<?> first() throws InterruptedException {
        Future<?> first = keep(FIRST, values("first", 1));
        begun.await();
        return first;
    }

    @Test
    void what_comes_while_another_is_written_is_written_together_and_nobody_is_let_go_before() throws Exception {
        // nobody else is there: at once and by itself
        writes.keep(ONE, values("alone", 1));
        Future<?> first = first();
        List<Future<?>> both = List.of(keep(ONE, values("1", 1)), keep(OTHER, values("2", 1)));
        await().until(() -> writes.waiting() == 2);
        assertThat(both).noneMatch(Future::isDone);
        assertThat(committed).hasSize(1);

        slow.countDown();
        for (Future<?> each : both) {
            assertThat(each.get()).isNull();
        }
        assertThat(first.get()).isNull();
        assertThat(committed)
                .containsExactly(
                        Map.of(ONE, values("alone", 1)),
                        Map.of(FIRST, values("first", 1)),
                        Map.of(ONE, values("1", 1), OTHER, values("2", 1)));
    }

    @Test
    void of_two_that_come_at_once_the_one_that_cannot_be_kept_is_told_and_the_other_is_kept() throws Exception {
        Future<?> first = first();
        Future<?> broken = keep(ONE, values(BROKEN, 1));
        Future<?> whole = keep(OTHER, values("2", 1));
        await().until(() -> writes.waiting() == 2);
        slow.countDown();

        assertThatThrownBy(broken::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(StoreException.class)
                .hasMessage("it is broken");
        assertThat(whole.get()).isNull();
        assertThat(first.get()).isNull();
        assertThat(committed).containsExactly(Map.of(FIRST, values("first", 1)), Map.of(OTHER, values("2", 1)));
        assertThatThrownBy(() -> writes.keep(ONE, values(BROKEN, 1))).hasMessage("it is broken");
        writes.keep(ONE, values("whole", 1));
        assertThat(committed).last().isEqualTo(Map.of(ONE, values("whole", 1)));
    }

    @Test
    void no_more_values_are_written_together_than_one_statement_should_keep_and_of_a_device_in_their_order()
            throws Exception {
        Future<?> first = first();
        List<Future<?>> some = new ArrayList<>();
        for (String value : List.of("1", "2", "3")) {
            some.add(keep(ONE, values(value, Limits.TWIN_VALUES_TOGETHER / 2)));
            int many = some.size();
            await().until(() -> writes.waiting() == many);
        }
        slow.countDown();
        for (Future<?> each : some) {
            assertThat(each.get()).isNull();
        }
        assertThat(first.get()).isNull();
        List<TwinValue> both = new ArrayList<>(values("1", Limits.TWIN_VALUES_TOGETHER / 2));
        both.addAll(values("2", Limits.TWIN_VALUES_TOGETHER / 2));
        assertThat(committed)
                .containsExactly(
                        Map.of(FIRST, values("first", 1)),
                        Map.of(ONE, both),
                        Map.of(ONE, values("3", Limits.TWIN_VALUES_TOGETHER / 2)));
    }
}
