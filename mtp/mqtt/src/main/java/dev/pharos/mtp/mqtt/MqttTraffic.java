// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import dev.pharos.mtp.BrokerTraffic;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Counts what passes between us and our broker, in all sessions of one transport. Any thread may count and ask.
final class MqttTraffic {
    private final InstantSource clock;
    private @Nullable Instant connected;
    private @Nullable Instant lastSent;
    private @Nullable Instant lastReceived;
    private long published;
    private long arrived;
    private long packetsOut;
    private long packetsIn;
    private long subscribes;
    private long unsubscribes;
    private long failedConnects;
    private long failedPublications;

    MqttTraffic(InstantSource clock) {
        this.clock = clock;
    }

    /// CONNECT and CONNACK.
    synchronized void welcomed() {
        connected = clock.instant();
        packetsOut++;
        packetsIn++;
    }

    /// @param answered whether the broker itself said no, with a CONNACK
    synchronized void notConnected(boolean answered) {
        failedConnects++;
        if (answered) {
            packetsOut++;
            packetsIn++;
        }
    }

    /// @param answered whether a SUBACK came
    synchronized void subscribed(boolean answered) {
        subscribes++;
        packetsOut++;
        packetsIn += answered ? 1 : 0;
    }

    /// @param answered whether an UNSUBACK came
    synchronized void unsubscribed(boolean answered) {
        unsubscribes++;
        packetsOut++;
        packetsIn += answered ? 1 : 0;
    }

    /// @param confirmed whether a PUBACK came
    synchronized void published(boolean confirmed) {
        lastSent = clock.instant();
        published++;
        packetsOut++;
        packetsIn += confirmed ? 1 : 0;
    }

    synchronized void notPublished() {
        failedPublications++;
    }

    /// @param confirmed whether we answer with a PUBACK
    synchronized void arrived(boolean confirmed) {
        lastReceived = clock.instant();
        arrived++;
        packetsIn++;
        packetsOut += confirmed ? 1 : 0;
    }

    /// A DISCONNECT of ours.
    synchronized void sent() {
        packetsOut++;
    }

    synchronized BrokerTraffic soFar() {
        return new BrokerTraffic(
                Optional.ofNullable(connected),
                Optional.ofNullable(lastSent),
                Optional.ofNullable(lastReceived),
                new BrokerTraffic.Publications(published, arrived),
                new BrokerTraffic.Packets(packetsOut, packetsIn, subscribes, unsubscribes),
                new BrokerTraffic.Failures(failedConnects, failedPublications));
    }
}
