// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import dev.pharos.mtp.RetryBackoff;
import dev.pharos.mtp.TopicFilter;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.usp.Frozen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How a session at the broker is held.
///
/// @param version5 MQTT 5.0, else 3.1.1
/// @param clientId where empty, MQTT 5 asks the broker for one and keeps it (R-MQTT.8, R-MQTT.9), and 3.1.1
///     uses the Endpoint ID
/// @param tls used for `mqtts` only; its `peer` is left empty, since the certificate is the broker's
/// @param keepAlive zero for none (R-MQTT.14)
/// @param retry what happens after failures
/// @param publishQos 0 or 1 (R-MQTT.20)
/// @param clean whether each session begins without memory of the last (CleanSession, CleanStart)
/// @param filters what is subscribed to beside the topic where we listen
/// @param will what the broker publishes for us when it loses us
public record MqttSession(
        boolean version5,
        Optional<String> clientId,
        Optional<MqttLogin> login,
        Optional<TlsSettings> tls,
        Duration keepAlive,
        MqttRetry retry,
        int publishQos,
        boolean clean,
        List<TopicFilter> filters,
        Optional<MqttWill> will) {

    /// TR-181's defaults: keep-alive 60 s, first retry after 5 s, doubling.
    public static final MqttSession DEFAULT = new MqttSession(
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(60),
            MqttRetry.DEFAULT,
            1,
            true,
            List.of(),
            Optional.empty());

    public MqttSession {
        filters = Frozen.list(filters);
        if (keepAlive.isNegative() || keepAlive.toSeconds() > 65_535) {
            throw new IllegalArgumentException("keep-alive must be 0 to 65535 s: " + keepAlive);
        }
        if (publishQos != 0 && publishQos != 1) {
            throw new IllegalArgumentException("QoS must be 0 or 1: " + publishQos);
        }
    }

    public MqttSession version311() {
        return new MqttSession(false, clientId, login, tls, keepAlive, retry, publishQos, clean, filters, will);
    }

    public MqttSession withClientId(String id) {
        return new MqttSession(
                version5, Optional.of(id), login, tls, keepAlive, retry, publishQos, clean, filters, will);
    }

    MqttSession withoutClientId() {
        return new MqttSession(
                version5, Optional.empty(), login, tls, keepAlive, retry, publishQos, clean, filters, will);
    }

    public MqttSession withLogin(String userName, String password) {
        return withLogin(new MqttLogin(userName, password));
    }

    public MqttSession withLogin(MqttLogin given) {
        return new MqttSession(
                version5, clientId, Optional.of(given), tls, keepAlive, retry, publishQos, clean, filters, will);
    }

    public MqttSession withTls(TlsSettings settings) {
        return new MqttSession(
                version5, clientId, login, Optional.of(settings), keepAlive, retry, publishQos, clean, filters, will);
    }

    public MqttSession withKeepAlive(Duration interval) {
        return new MqttSession(version5, clientId, login, tls, interval, retry, publishQos, clean, filters, will);
    }

    public MqttSession withBackoff(RetryBackoff wait) {
        return withRetry(retry.withBackoff(wait));
    }

    public MqttSession withRetry(MqttRetry after) {
        return new MqttSession(version5, clientId, login, tls, keepAlive, after, publishQos, clean, filters, will);
    }

    public MqttSession withClean(boolean without) {
        return new MqttSession(version5, clientId, login, tls, keepAlive, retry, publishQos, without, filters, will);
    }

    public MqttSession withFilters(List<TopicFilter> further) {
        return new MqttSession(version5, clientId, login, tls, keepAlive, retry, publishQos, clean, further, will);
    }

    public MqttSession withPublishQos(int qos) {
        return new MqttSession(version5, clientId, login, tls, keepAlive, retry, qos, clean, filters, will);
    }

    public MqttSession withWill(MqttWill last) {
        return new MqttSession(
                version5, clientId, login, tls, keepAlive, retry, publishQos, clean, filters, Optional.of(last));
    }
}
