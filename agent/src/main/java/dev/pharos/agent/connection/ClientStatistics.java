// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.connection;

import dev.pharos.mtp.BrokerTraffic;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// The parameters of `Device.MQTT.Client.{i}.Stats.`, out of what has passed between the agent and the broker.
final class ClientStatistics {
    /// How TR-106 writes a time that is not known.
    private static final String UNKNOWN_TIME = "0001-01-01T00:00:00Z";

    private ClientStatistics() {}

    static String value(BrokerTraffic traffic, String parameter) {
        return switch (parameter) {
            case "BrokerConnectionEstablished" -> time(traffic.connected());
            case "LastPublishMessageSent" -> time(traffic.lastSent());
            case "LastPublishMessageReceived" -> time(traffic.lastReceived());
            case "PublishSent" -> Long.toString(traffic.publications().sent());
            case "PublishReceived" -> Long.toString(traffic.publications().received());
            case "SubscribeSent" -> Long.toString(traffic.packets().subscribes());
            case "UnSubscribeSent" -> Long.toString(traffic.packets().unsubscribes());
            case "MQTTMessagesSent" -> Long.toString(traffic.packets().sent());
            case "MQTTMessagesReceived" -> Long.toString(traffic.packets().received());
            case "ConnectionErrors" -> Long.toString(traffic.failures().connecting());
            case "PublishErrors" -> Long.toString(traffic.failures().publishing());
            default -> throw new UspException(StandardErrorCode.INTERNAL_ERROR, "no statistic: " + parameter);
        };
    }

    private static String time(Optional<Instant> moment) {
        return moment.map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString())
                .orElse(UNKNOWN_TIME);
    }
}
