// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import dev.pharos.mtp.PeerIdentity.Proof;
import dev.pharos.mtp.tls.CertificateIdentity;
import dev.pharos.server.broker.DeviceLogins.Newcomer;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides who a client is when it connects.
final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    /// Why somebody stays outside, as far as MQTT tells them apart.
    enum Reason {
        CLIENT_ID,
        LOGIN,
        BUSY
    }

    sealed interface Verdict {
        record Admitted(BrokerPeer peer) implements Verdict {}

        record Refused(Reason reason, String text) implements Verdict {}

        /// Nothing is wrong, but too many come at once.
        ///
        /// @param after when it is worth trying again
        record Later(Duration after) implements Verdict {}
    }

    /// What a client speaks, and so what its rights are about: topics or destinations.
    enum Protocol {
        MQTT,
        STOMP
    }

    /// What a client gives when it connects, and in the TLS handshake before it.
    ///
    /// @param clientId of MQTT; for STOMP the `endpoint-id` header (R-STOMP.4)
    /// @param userName empty where there is none
    /// @param certificate of nobody where it showed none
    record Application(
            Protocol protocol,
            InetSocketAddress from,
            String clientId,
            Optional<String> userName,
            String password,
            CertificateIdentity certificate) {
        String address() {
            return from.getAddress().getHostAddress() + ":" + from.getPort();
        }
    }

    private final EmbeddedBrokerConfig config;
    private final BrokerLogin controllerLogin;
    private final ProvenDevices proven;
    private final boolean controllerOnly;
    private final Semaphore turns = new Semaphore(Limits.LOGINS_AT_ONCE);
    private final AtomicInteger waiting = new AtomicInteger();

    Admission(EmbeddedBrokerConfig config, BrokerLogin controllerLogin, ProvenDevices proven) {
        this(config, controllerLogin, proven, false);
    }

    private Admission(
            EmbeddedBrokerConfig config, BrokerLogin controllerLogin, ProvenDevices proven, boolean controllerOnly) {
        this.config = config;
        this.controllerLogin = controllerLogin;
        this.proven = proven;
        this.controllerOnly = controllerOnly;
    }

    /// The same, for a door that nobody else may use.
    Admission forController() {
        return new Admission(config, controllerLogin, proven, true);
    }

    /// Decides at once where it can, otherwise later on another thread.
    void decide(Application client, Consumer<Verdict> decided) {
        if (client.clientId().isEmpty()) {
            decided.accept(refused(Reason.CLIENT_ID, "came without a client id or endpoint-id"));
        } else if (controllerOnly && !client.userName().equals(Optional.of(controllerLogin.userName()))) {
            decided.accept(refused(Reason.LOGIN, "came to the port of the server itself"));
        } else if (client.userName().equals(Optional.of(controllerLogin.userName()))) {
            decided.accept(
                    controllerLogin.opensWith(client.password())
                            ? new Verdict.Admitted(controller(client))
                            : wrongPassword(controllerLogin.userName()));
        } else {
            later(client)
                    .ifPresentOrElse(after -> decided.accept(new Verdict.Later(after)), () -> device(client, decided));
        }
    }

    private Optional<Duration> later(Application client) {
        return config.turnstile()
                .flatMap(turnstile -> turnstile.enter(client.protocol().name().toLowerCase(Locale.ROOT)));
    }

    private void device(Application client, Consumer<Verdict> decided) {
        if (client.userName().isEmpty()) {
            decided.accept(withoutLogin(client));
        } else if (waiting.incrementAndGet() > Limits.LOGINS_WAITING) {
            waiting.decrementAndGet();
            decided.accept(refused(Reason.BUSY, "too many log in at once"));
        } else {
            Thread.ofVirtual().name("broker-login").start(() -> decided.accept(inTurn(client)));
        }
    }

    private Verdict withoutLogin(Application client) {
        if (client.certificate().namesEndpoints()) {
            return withCertificate(client);
        }
        if (!config.loopbackOpen() || !client.from().getAddress().isLoopbackAddress()) {
            return refused(Reason.LOGIN, "came without user name and password, and without a certificate");
        }
        try {
            EndpointId device = EndpointId.parse(client.clientId());
            return !proven.any(device)
                    ? admitted(client, device, Proof.NONE)
                    : refused(Reason.LOGIN, "proved to be " + device + " before and does not now");
        } catch (MalformedInputException noEndpointId) {
            return refused(
                    Reason.CLIENT_ID, "its client id or endpoint-id is no Endpoint ID: " + noEndpointId.detail());
        }
    }

    /// The client id is the Endpoint ID, or any other text where the certificate names one Endpoint only (R-SEC.0a).
    private Verdict withCertificate(Application client) {
        CertificateIdentity certificate = client.certificate();
        try {
            EndpointId device = EndpointId.parse(client.clientId());
            return certificate.contradicts(device)
                    ? refused(
                            Reason.CLIENT_ID,
                            "its certificate belongs to " + certificate + " and its client id says " + device)
                    : admitted(client, device, Proof.CERTIFICATE);
        } catch (MalformedInputException noEndpointId) {
            return certificate
                    .only()
                    .map(device -> admitted(client, device, Proof.CERTIFICATE))
                    .orElseGet(() -> refused(
                            Reason.CLIENT_ID,
                            "its certificate is for " + certificate + " and its client id is no Endpoint ID: "
                                    + noEndpointId.detail()));
        }
    }

    private Verdict inTurn(Application client) {
        String userName = client.userName().orElseThrow();
        turns.acquireUninterruptibly();
        try {
            return config.logins()
                    .device(userName, client.password())
                    .map(device -> client.certificate().contradicts(device)
                            ? refused(
                                    Reason.LOGIN,
                                    "its certificate belongs to " + client.certificate() + ", and the login to "
                                            + device)
                            : admitted(client, device, Proof.CREDENTIALS))
                    .orElseGet(() -> newcomer(client, userName));
        } catch (RuntimeException failure) {
            LOG.warn("cannot check the login of {}", client.address(), failure);
            return refused(Reason.BUSY, "its login could not be checked");
        } finally {
            turns.release();
            waiting.decrementAndGet();
        }
    }

    /// With a login that is no device's own the client id says which device it is.
    private Verdict newcomer(Application client, String userName) {
        EndpointId claimed;
        try {
            claimed = EndpointId.parse(client.clientId());
        } catch (MalformedInputException noEndpointId) {
            return wrongPassword(userName);
        }
        return switch (config.logins().newcomer(userName, client.password(), claimed)) {
            case Newcomer.Unknown _ -> wrongPassword(userName);
            case Newcomer.TurnedAway(String reason) -> refused(Reason.LOGIN, reason);
            case Newcomer.LetIn _ -> {
                if (client.certificate().contradicts(claimed)) {
                    yield refused(
                            Reason.LOGIN,
                            "its certificate belongs to " + client.certificate() + ", and it says that it is "
                                    + claimed);
                }
                proven.forget(claimed);
                yield admitted(client, claimed, Proof.NONE);
            }
        };
    }

    private static BrokerPeer controller(Application client) {
        return switch (client.protocol()) {
            case MQTT -> new BrokerPeer.Controller(client.address(), client.clientId());
            case STOMP -> new StompPeer.Controller(client.address(), client.clientId());
        };
    }

    private Verdict admitted(Application client, EndpointId device, Proof proof) {
        // The header of STOMP is a claim: the login or the certificate must not contradict it.
        if (client.protocol() == Protocol.STOMP && !device.toString().equals(client.clientId())) {
            return refused(
                    Reason.LOGIN,
                    "says that it is " + printable(client.clientId()) + ", but its "
                            + (proof == Proof.CERTIFICATE ? "certificate" : "login") + " is that of " + device);
        }
        if (proof != Proof.NONE) {
            proven.proved(client.protocol(), device, proof);
        }
        return new Verdict.Admitted(
                switch (client.protocol()) {
                    case MQTT ->
                        BrokerPeer.Device.of(
                                client.address(),
                                device,
                                config.controller(),
                                proof != Proof.NONE || client.userName().isEmpty());
                    case STOMP -> StompPeer.Device.of(client.address(), device, config.controller());
                });
    }

    private static Verdict wrongPassword(String userName) {
        return refused(Reason.LOGIN, "unknown user or wrong password: " + printable(userName));
    }

    private static Verdict refused(Reason reason, String text) {
        return new Verdict.Refused(reason, text);
    }

    /// What a stranger sent must not break the lines of a log.
    private static String printable(String text) {
        String shortened = text.length() > 64 ? text.substring(0, 64) + "…" : text;
        return shortened.replaceAll("\\p{Cntrl}", "?");
    }
}
