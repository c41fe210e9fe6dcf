// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// How many TLS handshakes may be under way at one listener, and how many of those from one address: whoever comes
/// beyond that is turned away before anything is computed for it. Never waits; for any thread.
final class HandshakeGate {
    /// What one network is given: an IPv6 host has as many addresses as it likes within 64 bits.
    private static final int NETWORK_BYTES = 8;

    private final int most;
    private final int mostFromOne;
    private final LongSupplier nanos;
    private final Map<ByteBuffer, Integer> from = new HashMap<>();
    private int underWay;
    private long turnedAway;
    private Optional<Long> toldAt = Optional.empty();

    /// @param mostFromOne of an IPv4 address or an IPv6 network of 64 bits; those of UNIX sockets are one too
    /// @param nanos a clock that never goes back, in nanoseconds
    HandshakeGate(int most, int mostFromOne, LongSupplier nanos) {
        this.most = most;
        this.mostFromOne = mostFromOne;
        this.nanos = nanos;
    }

    static HandshakeGate usual() {
        return new HandshakeGate(Limits.HANDSHAKES_AT_ONCE, Limits.HANDSHAKES_FROM_ONE, System::nanoTime);
    }

    sealed interface Answer {
        /// The handshake may go on; [#leave] when it is over.
        record Enter() implements Answer {}

        /// It may not.
        ///
        /// @param told a sentence for people, now and then; the many between are in its count
        record TurnedAway(Optional<String> told) implements Answer {}
    }

    synchronized Answer enter(SocketAddress peer) {
        ByteBuffer source = source(peer);
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
        boolean due = toldAt.isEmpty() || now - toldAt.get() >= Limits.CROWD_TOLD.toNanos();
        if (due) {
            toldAt = Optional.of(now);
        }
        return due;
    }

    private String sentence(boolean one) {
        long many = turnedAway;
        turnedAway = 0;
        return "too many TLS handshakes at once, " + (one ? mostFromOne + " from its address" : most + " in all")
                + (many == 1 ? "" : "; " + many + " were turned away since this was last said");
    }

    /// @param peer as it was given to [#enter], once for each that entered
    synchronized void leave(SocketAddress peer) {
        underWay--;
        from.computeIfPresent(source(peer), (same, count) -> count == 1 ? null : count - 1);
    }

    private static ByteBuffer source(SocketAddress peer) {
        InetAddress address = peer instanceof InetSocketAddress inet ? inet.getAddress() : null;
        byte[] bytes = address == null ? new byte[0] : address.getAddress();
        return ByteBuffer.wrap(bytes.length > NETWORK_BYTES ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
