// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.passkey;

import dev.pharos.usp.Bytes;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What authenticators are given to sign. Each is random, bound to one browser, of use once, and that soon; like
/// sessions they live in memory.
final class Challenges {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Clock clock;
    private final LinkedHashMap<String, Open> open = new LinkedHashMap<>();

    Challenges(Clock clock) {
        this.clock = clock;
    }

    private record Open(Bytes challenge, String address, Instant ends) {}

    /// What nobody can guess.
    static Bytes random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Bytes.adopt(random);
    }

    /// In place of the one that this browser had.
    ///
    /// @param browser what only this browser shows
    /// @param address where it is
    synchronized Bytes begin(String browser, String address) {
        Instant now = clock.instant();
        open.values().removeIf(each -> each.ends().isBefore(now));
        open.remove(browser);
        List<String> same = open.entrySet().stream()
                .filter(each -> each.getValue().address().equals(address))
                .map(Map.Entry::getKey)
                .toList();
        if (same.size() >= Limits.CHALLENGES_OF_ADDRESS) {
            open.remove(same.getFirst());
        }
        if (open.size() >= Limits.CHALLENGES) {
            open.remove(open.firstEntry().getKey());
        }
        Bytes challenge = random(Limits.CHALLENGE_BYTES);
        open.put(browser, new Open(challenge, address, now.plus(Limits.CHALLENGE_LIFE)));
        return challenge;
    }

    /// Whatever becomes of it, it is of no use again.
    synchronized Optional<Bytes> take(String browser) {
        return Optional.ofNullable(open.remove(browser))
                .filter(each -> !each.ends().isBefore(clock.instant()))
                .map(Open::challenge);
    }
}
