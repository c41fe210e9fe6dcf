// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Who waits for the end of an errand at this moment, here alone: an errand itself is kept, who waits for it is not.
/// Thread-safe.
final class Expectations {
    private final Map<Key, Deque<Expectation>> waiting = new HashMap<>();

    private record Key(EndpointId device, Errand errand) {}

    /// Somebody's, of one errand.
    static final class Expectation {
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile Optional<ErrandEnd> end = Optional.empty();

        private void met(ErrandEnd how) {
            end = Optional.of(how);
            ended.countDown();
        }

        /// How the errand has ended, where it has.
        Optional<ErrandEnd> end() {
            return end;
        }

        /// The same, after so long at most.
        Optional<ErrandEnd> await(Duration wait) throws InterruptedException {
            boolean inTime = ended.await(wait.toMillis(), TimeUnit.MILLISECONDS);
            return inTime ? end : Optional.empty();
        }
    }

    /// To be called before the errand is kept.
    synchronized Expectation expect(EndpointId device, Errand errand) {
        Expectation mine = new Expectation();
        waiting.computeIfAbsent(new Key(device, errand), _ -> new ArrayDeque<>())
                .add(mine);
        return mine;
    }

    synchronized void forget(EndpointId device, Errand errand, Expectation mine) {
        Key key = new Key(device, errand);
        Deque<Expectation> all = waiting.get(key);
        if (all != null) {
            all.remove(mine);
            if (all.isEmpty()) {
                waiting.remove(key);
            }
        }
    }

    /// Whether anybody waits for anything of this device.
    synchronized boolean areThere(EndpointId device) {
        return waiting.keySet().stream().anyMatch(key -> key.device().equals(device));
    }

    /// Tells who has waited longest for such an errand.
    synchronized void ended(EndpointId device, Errand errand, ErrandEnd end) {
        Deque<Expectation> all = waiting.get(new Key(device, errand));
        if (all != null && !all.isEmpty()) {
            all.remove().met(end);
        }
    }
}
