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

    /// Who is connected is not known here.
    @Override
    public synchronized List<EndpointId> crossed(int most) {
        return waiting.stream().map(StoredErrand::device).distinct().limit(most).toList();
    }

    @Override
    public synchronized boolean attempted(StoredErrand errand) {
        return count(errand, errand.attempts(), errand.attempts() + 1);
    }

    @Override
    public synchronized void untried(StoredErrand errand) {
        boolean _ = count(errand, errand.attempts() + 1, errand.attempts());
    }

    private boolean count(StoredErrand errand, int from, int to) {
        Optional<StoredErrand> mine = waiting.stream()
                .filter(each -> each.seq() == errand.seq() && each.attempts() == from)
                .findFirst();
        mine.ifPresent(each -> waiting.set(
                waiting.indexOf(each), new StoredErrand(each.seq(), each.device(), each.errand(), each.asked(), to)));
        return mine.isPresent();
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
