// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import dev.pharos.mtp.Turnstile;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.usp.EndpointId;
import java.util.Optional;

/// What the embedded broker is started with.
///
/// @param host the address to listen at
/// @param port of plain MQTT, 0 for any free one; empty where there is MQTT over TLS only
/// @param controller whose topic devices publish to
/// @param loopbackOpen whether a client of this host may come without a login, as the device that its client id names
/// @param logins of the devices
/// @param tls MQTT over TLS, beside plain MQTT or alone
/// @param stomp beside MQTT or alone
/// @param turnstile how fast devices are let in; as they come where empty
/// @param reports takes what devices report
/// @param refusals told of every refusal, other than by the turnstile
public record EmbeddedBrokerConfig(
        String host,
        Optional<Integer> port,
        EndpointId controller,
        boolean loopbackOpen,
        DeviceLogins logins,
        Optional<Tls> tls,
        Optional<Stomp> stomp,
        Optional<Turnstile> turnstile,
        BrokerReports reports,
        BrokerRefusals refusals) {

    /// @param port 0 for any free one
    /// @param files with certificates that are trusted, clients are asked for theirs, which is as good as a login
    ///     (R-MQTT.43)
    public record Tls(int port, TlsSettings files) {}

    /// Where STOMP is listened for.
    ///
    /// @param port of plain STOMP, 0 for any free one
    public record Stomp(Optional<Integer> port, Optional<Tls> tls) {}

    public EmbeddedBrokerConfig {
        if (port.isEmpty()
                && tls.isEmpty()
                && stomp.flatMap(Stomp::port).isEmpty()
                && stomp.flatMap(Stomp::tls).isEmpty()) {
            throw new IllegalArgumentException("a broker needs a port, plain or with TLS");
        }
    }

    /// Plain MQTT, without device logins.
    public EmbeddedBrokerConfig(
            String host, int port, EndpointId controller, boolean loopbackOpen, BrokerRefusals refusals) {
        this(
                host,
                Optional.of(port),
                controller,
                loopbackOpen,
                DeviceLogins.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                BrokerReports.NONE,
                refusals);
    }

    public EmbeddedBrokerConfig withLogins(DeviceLogins known) {
        return new EmbeddedBrokerConfig(
                host, port, controller, loopbackOpen, known, tls, stomp, turnstile, reports, refusals);
    }

    public EmbeddedBrokerConfig withTls(Tls settings) {
        return new EmbeddedBrokerConfig(
                host,
                port,
                controller,
                loopbackOpen,
                logins,
                Optional.of(settings),
                stomp,
                turnstile,
                reports,
                refusals);
    }

    public EmbeddedBrokerConfig withStomp(Stomp listeners) {
        return new EmbeddedBrokerConfig(
                host,
                port,
                controller,
                loopbackOpen,
                logins,
                tls,
                Optional.of(listeners),
                turnstile,
                reports,
                refusals);
    }

    public EmbeddedBrokerConfig withoutMqtt() {
        return new EmbeddedBrokerConfig(
                host,
                Optional.empty(),
                controller,
                loopbackOpen,
                logins,
                Optional.empty(),
                stomp,
                turnstile,
                reports,
                refusals);
    }

    public EmbeddedBrokerConfig behind(Turnstile shared) {
        return new EmbeddedBrokerConfig(
                host, port, controller, loopbackOpen, logins, tls, stomp, Optional.of(shared), reports, refusals);
    }

    public EmbeddedBrokerConfig withReports(BrokerReports taker) {
        return new EmbeddedBrokerConfig(
                host, port, controller, loopbackOpen, logins, tls, stomp, turnstile, taker, refusals);
    }
}
