// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rate;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who was limited since the server started, so that people see it: in the log now and then, and when
/// they look. Thread-safe.
public final class LimitedAskers {
    private static final Logger LOG = LoggerFactory.getLogger(LimitedAskers.class);

    private final Clock clock;
    private final LinkedHashMap<Key, Counted> counted = new LinkedHashMap<>();

    LimitedAskers(Clock clock) {
        this.clock = clock;
    }

    private record Key(Askers askers, String who) {}

    private record Counted(Limited limited, Instant told) {}

    /// Somebody who was limited.
    ///
    /// @param who a person, a token, or where those came from who had not signed in
    /// @param count how many requests were refused, or streams
    public record Limited(Askers askers, String who, long count, Instant first, Instant last) {}

    synchronized void add(Askers askers, String who) {
        Instant now = clock.instant();
        Key key = new Key(askers, who);
        // put anew, it is the last
        Counted before = counted.remove(key);
        Limited limited = before == null
                ? new Limited(askers, who, 1, now, now)
                : new Limited(
                        askers,
                        who,
                        before.limited().count() + 1,
                        before.limited().first(),
                        now);
        boolean tells = before == null || now.isAfter(before.told().plus(Limits.TOLD_AGAIN));
        counted.put(key, new Counted(limited, tells || before == null ? now : before.told()));
        if (counted.size() > Limits.SHOWN) {
            counted.pollFirstEntry();
        }
        if (tells) {
            LOG.warn("{} is held back: too many {} ({} refused so far)", who, askers.words(), limited.count());
        }
    }

    /// The last first.
    synchronized List<Limited> all() {
        return counted.values().stream().map(Counted::limited).toList().reversed();
    }
}
