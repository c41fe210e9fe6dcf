// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import dev.pharos.mtp.tls.AddressBlock;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// How many datagrams are read: so many of each peer that we know, and so many of all others together, half of
/// them of one address, so that a flood from strangers neither fills our memory nor keeps out those who are known,
/// and one of them not the others. Thread-safe; never waits.
final class DatagramGate {
    private static final double SECOND = 1e9;

    private final Map<InetSocketAddress, Bucket> known = new HashMap<>();
    private final Bucket strangers;
    private final SequencedMap<AddressBlock, Bucket> strangersByAddress = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Bucket {
        private final double perSecond;
        private final double most;
        private double left;
        private long filled;

        Bucket(double perSecond, double most, long now) {
            this.perSecond = perSecond;
            this.most = most;
            this.left = most;
            this.filled = now;
        }

        boolean take(long now) {
            left = Math.min(most, left + (now - filled) / SECOND * perSecond);
            filled = now;
            if (left < 1) {
                return false;
            }
            left -= 1;
            return true;
        }
    }

    /// @param now by a clock that never goes back, in nanoseconds
    DatagramGate(long now) {
        strangers = new Bucket(Limits.STRANGER_DATAGRAMS_A_SECOND, Limits.STRANGER_DATAGRAMS_AT_ONCE, now);
    }

    /// Knows this peer from now on, until [#forget].
    synchronized void know(InetSocketAddress peer, long now) {
        known.computeIfAbsent(
                peer, _ -> new Bucket(Limits.PEER_DATAGRAMS_A_SECOND, Limits.PEER_DATAGRAMS_AT_ONCE, now));
    }

    synchronized void forget(InetSocketAddress peer) {
        known.remove(peer);
    }

    synchronized boolean knows(InetSocketAddress peer) {
        return known.containsKey(peer);
    }

    /// Whether a datagram that has just come is read.
    synchronized boolean admits(InetSocketAddress from, long now) {
        Bucket own = known.get(from);
        return own != null ? own.take(now) : ofAddress(from, now).take(now) && strangers.take(now);
    }

    private Bucket ofAddress(InetSocketAddress from, long now) {
        Bucket bucket = strangersByAddress.computeIfAbsent(
                AddressBlock.of(from),
                _ -> new Bucket(
                        Limits.STRANGER_DATAGRAMS_A_SECOND * Limits.STRANGER_SHARE,
                        Limits.STRANGER_DATAGRAMS_AT_ONCE * Limits.STRANGER_SHARE,
                        now));
        if (strangersByAddress.size() > Limits.STRANGER_ADDRESSES) {
            strangersByAddress.pollFirstEntry();
        }
        return bucket;
    }
}
