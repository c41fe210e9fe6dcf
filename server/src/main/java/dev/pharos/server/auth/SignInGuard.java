// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.auth;

import dev.pharos.server.rate.AskerAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/// Counts failed sign-ins by address, and makes those who fail too often wait. Addresses of one IPv6
/// network of 64 bits count as one: a host there has as many as it likes.
public final class SignInGuard {
    private final Clock clock;
    private final LinkedHashMap<String, Failures> failures = new LinkedHashMap<>();

    public SignInGuard(Clock clock) {
        this.clock = clock;
    }

    private record Failures(Instant since, int count) {}

    /// How long this address, or person, must wait before it may try again; empty where it may now.
    public synchronized Optional<Duration> wait(String who) {
        String address = counted(who);
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

    public synchronized void failed(String who) {
        String address = counted(who);
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

    public synchronized void succeeded(String who) {
        failures.remove(counted(who));
    }

    /// @param who an address, with or without a word before it, or anything else
    private static String counted(String who) {
        int start = who.lastIndexOf(' ') + 1;
        return who.indexOf(':', start) < 0 ? who : who.substring(0, start) + AskerAddress.block(who.substring(start));
    }
}
