// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Errands that do not survive the process, for tests and embedding.
public final class InMemoryErrands implements ErrandStore {
    private final List<StoredErrand> waiting = new ArrayList<>();
    private long last;

    @Override
    public synchronized Optional<StoredErrand> add(EndpointId device, Errand errand, Instant asked, int most) {
        if (of(device).size() >= most) {
            return Optional.empty();
        }
        last++;
        StoredErrand stored = new StoredErrand(last, device, errand, asked, 0);
        waiting.add(stored);
        return Optional.of(stored);
    }

    @Override
    public synchronized List<StoredErrand> of(EndpointId device) {
        return waiting.stream().filter(each -> each.device().equals(device)).toList();
    }

    @Override
    public synchronized boolean attempted(StoredErrand errand) {
        waiting.replaceAll(each -> each.seq() == errand.seq()
                ? new StoredErrand(each.seq(), each.device(), each.errand(), each.asked(), each.attempts() + 1)
                : each);
        return waiting.stream().anyMatch(each -> each.seq() == errand.seq());
    }

    @Override
    public synchronized OptionalInt withdraw(StoredErrand errand) {
        OptionalInt attempts = waiting.stream()
                .filter(each -> each.seq() == errand.seq())
                .mapToInt(StoredErrand::attempts)
                .findFirst();
        done(errand);
        return attempts;
    }

    @Override
    public synchronized void done(StoredErrand errand) {
        waiting.removeIf(each -> each.seq() == errand.seq());
    }
}
