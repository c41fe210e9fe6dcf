// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.net.InetSocketAddress;
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
    }

    /// What a client gives in its CONNECT packet.
    ///
    /// @param userName empty where there is none
    record Application(InetSocketAddress from, String clientId, Optional<String> userName, String password) {
        String address() {
            return from.getAddress().getHostAddress() + ":" + from.getPort();
        }
    }

    private final EmbeddedBrokerConfig config;
    private final BrokerLogin controllerLogin;
    private final Semaphore turns = new Semaphore(Limits.LOGINS_AT_ONCE);
    private final AtomicInteger waiting = new AtomicInteger();

    Admission(EmbeddedBrokerConfig config, BrokerLogin controllerLogin) {
        this.config = config;
        this.controllerLogin = controllerLogin;
    }

    /// Decides at once where it can, otherwise later on another thread.
    void decide(Application client, Consumer<Verdict> decided) {
        if (client.clientId().isEmpty()) {
            decided.accept(refused(Reason.CLIENT_ID, "came without a client id"));
        } else if (client.userName().isEmpty()) {
            decided.accept(withoutLogin(client));
        } else if (client.userName().get().equals(controllerLogin.userName())) {
            decided.accept(
                    controllerLogin.opensWith(client.password())
                            ? new Verdict.Admitted(new BrokerPeer.Controller(client.address(), client.clientId()))
                            : wrongPassword(client.userName().get()));
        } else if (waiting.incrementAndGet() > Limits.LOGINS_WAITING) {
            waiting.decrementAndGet();
            decided.accept(refused(Reason.BUSY, "too many log in at once"));
        } else {
            Thread.ofVirtual().name("broker-login").start(() -> decided.accept(inTurn(client)));
        }
    }

    private Verdict withoutLogin(Application client) {
        if (!config.loopbackOpen() || !client.from().getAddress().isLoopbackAddress()) {
            return refused(Reason.LOGIN, "came without user name and password");
        }
        try {
            return admitted(client, EndpointId.parse(client.clientId()));
        } catch (MalformedInputException noEndpointId) {
            return refused(Reason.CLIENT_ID, "its client id is no Endpoint ID: " + noEndpointId.detail());
        }
    }

    private Verdict inTurn(Application client) {
        String userName = client.userName().orElseThrow();
        turns.acquireUninterruptibly();
        try {
            return config.logins()
                    .device(userName, client.password())
                    .map(device -> admitted(client, device))
                    .orElseGet(() -> wrongPassword(userName));
        } catch (RuntimeException failure) {
            LOG.warn("cannot check the login of {}", client.address(), failure);
            return refused(Reason.BUSY, "its login could not be checked");
        } finally {
            turns.release();
            waiting.decrementAndGet();
        }
    }

    private Verdict admitted(Application client, EndpointId device) {
        return new Verdict.Admitted(BrokerPeer.Device.of(client.address(), device, config.controller()));
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
