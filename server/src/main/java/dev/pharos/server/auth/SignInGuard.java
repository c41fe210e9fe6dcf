// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/// Counts failed sign-ins by address, and makes those who fail too often wait.
public final class SignInGuard {
    private final Clock clock;
    private final LinkedHashMap<String, Failures> failures = new LinkedHashMap<>();

    public SignInGuard(Clock clock) {
        this.clock = clock;
    }

    private record Failures(Instant since, int count) {}

    /// How long this address must wait before it may try again; empty where it may now.
    public synchronized Optional<Duration> wait(String address) {
        Failures known = failures.get(address);
        if (known == null) {
            return Optional.empty();
        }
        Duration left = Duration.between(clock.instant(), known.since().plus(Limits.FAILURE_WINDOW));
        if (!left.isPositive()) {
            failures.remove(address);
            return Optional.empty();
        }
        return known.count() >= Limits.FAILURES ? Optional.of(left) : Optional.empty();
    }

    public synchronized void failed(String address) {
        Failures known = failures.get(address);
        Instant now = clock.instant();
        if (known == null || known.since().plus(Limits.FAILURE_WINDOW).isBefore(now)) {
            failures.put(address, new Failures(now, 1));
        } else {
            failures.put(address, new Failures(known.since(), known.count() + 1));
        }
        if (failures.size() > Limits.WATCHED_ADDRESSES) {
            failures.remove(failures.firstEntry().getKey());
        }
    }

    public synchronized void succeeded(String address) {
        failures.remove(address);
    }
}
