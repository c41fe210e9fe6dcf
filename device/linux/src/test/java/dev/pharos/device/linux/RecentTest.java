// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    private final List<String> looks = new ArrayList<>();
    private final Recent<String> recent = new Recent<>(this::look, nanos::get);

    private String look(String name) {
        looks.add(name);
        return name + " " + looks.size();
    }

    @Test
    void within_a_second_each_thing_is_looked_at_once() {
        assertThat(recent.get("a")).isEqualTo("a 1");
        nanos.addAndGet(Limits.RECENT.toNanos() - 1);
        assertThat(recent.get("b")).isEqualTo("b 2");
        assertThat(recent.get("a")).isEqualTo("a 1");
        assertThat(looks).containsExactly("a", "b");
    }

    @Test
    void after_a_second_everything_is_looked_at_anew() {
        recent.get("a");
        nanos.addAndGet(Limits.RECENT.toNanos());

        assertThat(recent.get("a")).isEqualTo("a 2");
    }
}
