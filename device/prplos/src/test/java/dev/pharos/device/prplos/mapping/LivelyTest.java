// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LivelyTest {
    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);
    private final Lively lively = new Lively(nanos::get);

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void daemons_are_asked_with_every_look_for_a_while_and_then_now_and_again_until_something_happens() {
        assertThat(lively.isDue()).isTrue();
        pass(Limits.LIVELY.minusSeconds(1));
        assertThat(lively.isDue()).isTrue();
        assertThat(lively.between()).isEqualTo(Limits.LOOK);

        pass(Limits.LOOK);
        assertThat(lively.isDue()).isFalse();
        assertThat(lively.between()).isEqualTo(Limits.REST);
        pass(Limits.IDLE);
        assertThat(lively.isDue()).isTrue();
        pass(Limits.LOOK);
        assertThat(lively.isDue()).isFalse();

        lively.begin();
        assertThat(lively.isDue()).isTrue();
    }

    @Test
    void where_files_are_told_of_nobody_looks_before_daemons_are_asked() {
        lively.isTold(true);
        assertThat(lively.isDue()).isTrue();
        assertThat(lively.between()).isEqualTo(Limits.LOOK);
        pass(Limits.LIVELY);
        assertThat(lively.between()).isEqualTo(Limits.IDLE);
        assertThat(lively.isDue()).isTrue();
        pass(Limits.IDLE);
        assertThat(lively.isDue()).isTrue();
    }
}
