// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RestartPolicyTest {
    private final RestartPolicy doubling = new RestartPolicy(true, 5, 100, 2000, 10, 0);

    @Test
    void each_wait_lies_between_the_bounds_of_the_model() {
        assertThat(doubling.before(0, 0)).isEqualTo(Duration.ofSeconds(5));
        assertThat(doubling.before(0, 1)).isEqualTo(Duration.ofSeconds(10));
        assertThat(doubling.before(3, 0)).isEqualTo(Duration.ofSeconds(40));
        assertThat(doubling.before(3, 1)).isEqualTo(Duration.ofSeconds(80));
    }

    @Test
    void no_wait_is_longer_than_the_longest() {
        assertThat(doubling.before(5, 0)).isEqualTo(Duration.ofSeconds(50));
        assertThat(doubling.before(5, 1)).isEqualTo(Duration.ofSeconds(100));
        assertThat(doubling.before(Long.MAX_VALUE, 1)).isEqualTo(Duration.ofSeconds(100));
    }

    @Test
    void it_ends_after_so_many_times_and_never_where_that_is_zero() {
        assertThat(doubling.allows(9)).isTrue();
        assertThat(doubling.allows(10)).isFalse();
        assertThat(new RestartPolicy(true, 5, 100, 2000, 0, 0).allows(1_000_000))
                .isTrue();
        assertThat(RestartPolicy.USUAL.allows(0)).isFalse();
    }
}
