// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.peer;

import dev.pharos.agent.trust.Admission;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.integrity.Warrant;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.Request;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What becomes of the messages of controllers.
public interface RequestSink {
    /// Whether this controller is listened to at the moment.
    boolean listensTo(EndpointId controller);

    /// What a certificate at the other end of a connection, which does not name the controller, says of who sends.
    ///
    /// @return CREDENTIAL, TRUSTED_BROKER or NOBODY
    Warrant warrant(EndpointId controller, X509Certificate certificate);

    /// Judges a controller by the certificates of a new connection, on a thread that may wait.
    ///
    /// Somebody has become known by it, where it is FIRST_USE.
    Admission admits(EndpointId controller, List<X509Certificate> certificates);

    /// How long somebody who was met for the first time may say nothing; zero for as long as it likes.
    Duration firstUseInactivity();

    /// Carries a request out, on a thread that may wait.
    ///
    /// @return the answer, where one is wanted
    Optional<Body> request(EndpointId controller, Request<?> request);

    /// A notification was answered.
    void notified(EndpointId controller, MessageId id);

    /// There is a new connection, ready for notifications.
    void connected(EndpointId controller, String protocol);

    void disconnected(EndpointId controller, String protocol);
}
