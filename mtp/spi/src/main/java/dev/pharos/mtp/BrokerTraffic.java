// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

import java.time.Instant;
import java.util.Optional;

/// What has passed between us and a broker.
///
/// @param connected when the session that is up, or the last one, began
/// @param lastSent when the broker took a publication of ours last
/// @param lastReceived when it sent us one last
/// @param packets all that were seen, keep-alives excepted, which the transport's library sends by itself
/// @param failures attempts to connect, and publications, that came to nothing
public record BrokerTraffic(
        Optional<Instant> connected,
        Optional<Instant> lastSent,
        Optional<Instant> lastReceived,
        Publications publications,
        Packets packets,
        Failures failures) {

    /// Publications that the broker took from us, and that it sent us.
    public record Publications(long sent, long received) {}

    /// @param subscribes among those that were sent
    /// @param unsubscribes among those that were sent
    public record Packets(long sent, long received, long subscribes, long unsubscribes) {}

    public record Failures(long connecting, long publishing) {}

    public static final BrokerTraffic NONE = new BrokerTraffic(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new Publications(0, 0),
            new Packets(0, 0, 0, 0),
            new Failures(0, 0));

    /// Both together.
    public BrokerTraffic plus(BrokerTraffic other) {
        return new BrokerTraffic(
                later(connected, other.connected),
                later(lastSent, other.lastSent),
                later(lastReceived, other.lastReceived),
                new Publications(
                        publications.sent + other.publications.sent,
                        publications.received + other.publications.received),
                new Packets(
                        packets.sent + other.packets.sent,
                        packets.received + other.packets.received,
                        packets.subscribes + other.packets.subscribes,
                        packets.unsubscribes + other.packets.unsubscribes),
                new Failures(
                        failures.connecting + other.failures.connecting,
                        failures.publishing + other.failures.publishing));
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return one.filter(time -> other.isEmpty() || time.isAfter(other.get())).or(() -> other);
    }
}
