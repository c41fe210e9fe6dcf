// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// How many of something may be there at one listener, such as handshakes under way or connections, and how many
/// of those from one address: whoever comes beyond that is turned away before anything is done for it. Never
/// waits; for any thread.
public final class CrowdGate {
    /// How often people are told that a listener turned somebody away.
    private static final long TOLD_NANOS = Duration.ofSeconds(1).toNanos();

    private final String what;
    private final int most;
    private final int mostFromOne;
    private final LongSupplier nanos;
    private final Map<AddressBlock, Integer> from = new HashMap<>();
    private int underWay;
    private long turnedAway;
    private Optional<Long> toldAt = Optional.empty();

    /// @param what comes, for people: `TLS handshakes`
    /// @param mostFromOne of one [AddressBlock]
    public CrowdGate(String what, int most, int mostFromOne) {
        this(what, most, mostFromOne, System::nanoTime);
    }

    /// @param nanos a clock that never goes back, in nanoseconds
    public CrowdGate(String what, int most, int mostFromOne, LongSupplier nanos) {
        this.what = what;
        this.most = most;
        this.mostFromOne = mostFromOne;
        this.nanos = nanos;
    }

    public sealed interface Answer {
        /// It may come; [#leave] when it is over.
        record Enter() implements Answer {}

        /// It may not come.
        ///
        /// @param told a sentence for people, now and then; the many between are in its count
        record TurnedAway(Optional<String> told) implements Answer {}
    }

    public synchronized Answer enter(SocketAddress peer) {
        AddressBlock source = AddressBlock.of(peer);
        int others = from.getOrDefault(source, 0);
        if (underWay < most && others < mostFromOne) {
            underWay++;
            from.put(source, others + 1);
            return new Answer.Enter();
        }
        turnedAway++;
        return new Answer.TurnedAway(due() ? Optional.of(sentence(others >= mostFromOne)) : Optional.empty());
    }

    private boolean due() {
        long now = nanos.getAsLong();
        boolean due = toldAt.isEmpty() || now - toldAt.get() >= TOLD_NANOS;
        if (due) {
            toldAt = Optional.of(now);
        }
        return due;
    }

    private String sentence(boolean one) {
        long many = turnedAway;
        turnedAway = 0;
        return "too many " + what + " at once, " + (one ? mostFromOne + " from its address" : most + " in all")
                + (many == 1 ? "" : "; " + many + " were turned away since this was last said");
    }

    /// @param peer as it was given to [#enter], once for each that entered
    public synchronized void leave(SocketAddress peer) {
        underWay--;
        from.computeIfPresent(AddressBlock.of(peer), (same, count) -> count == 1 ? null : count - 1);
    }
}
