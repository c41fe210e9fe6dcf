// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.mtp.Turnstile;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class CrowdWatchTest {
    private final Turnstile turnstile = new Turnstile(1, 1, () -> 0);
    private final List<String> told = new CopyOnWriteArrayList<>();

    private void crowd(int howMany) {
        for (int i = 0; i < howMany; i++) {
            turnstile.enter("websocket");
        }
    }

    @Test
    void a_crowd_is_told_of_in_one_line_and_a_calm_in_none() {
        CrowdWatch watch = new CrowdWatch(turnstile, (transport, howMany) -> told.add(transport + " " + howMany));
        crowd(10_001);
        watch.look();
        watch.look();
        assertThat(told).containsExactly("websocket 10000");
    }

    @Test
    void it_looks_by_itself() {
        try (CrowdWatch watch = CrowdWatch.start(turnstile, (transport, howMany) -> told.add(transport + howMany))) {
            crowd(3);
            await().atMost(Duration.ofMinutes(1)).until(() -> told.contains("websocket2"));
            assertThat(watch).isNotNull();
        }
    }
}
