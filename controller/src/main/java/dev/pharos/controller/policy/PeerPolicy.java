// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.policy;

import dev.pharos.mtp.RetryBackoff;
import dev.pharos.usp.integrity.SecureIdentity;
import dev.pharos.usp.session.SessionPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/// How the Controller deals with every device.
///
/// @param silentAfter how long a device behind a broker may be silent before it is asked for a sign of life
/// @param sessions whether Messages travel in end-to-end sessions, and how those are kept
/// @param identity who we are end to end, and whom we believe there; asked each time; empty where Records are
///     neither signed nor in TLS
public record PeerPolicy(Duration silentAfter, SessionPolicy sessions, Supplier<Optional<SecureIdentity>> identity) {
    /// A device that loses a Record in a hundred is served well; one that asks for the same Record more often
    /// has another trouble.
    private static final int RETRANSMIT_TRIES = 3;

    /// Sessions where a device opens one; a quarter of an hour of silence.
    public static final PeerPolicy DEFAULT = new PeerPolicy(
            Duration.ofMinutes(15),
            SessionPolicy.of(attempt -> RetryBackoff.DEFAULT.waitBefore(attempt, ThreadLocalRandom.current()))
                    .withMaxRetransmitTries(RETRANSMIT_TRIES),
            Optional::empty);

    public PeerPolicy withSilentAfter(Duration silence) {
        return new PeerPolicy(silence, sessions, identity);
    }

    public PeerPolicy withSessions(SessionPolicy policy) {
        return new PeerPolicy(silentAfter, policy, identity);
    }

    public PeerPolicy withIdentity(Supplier<Optional<SecureIdentity>> secured) {
        return new PeerPolicy(silentAfter, sessions, secured);
    }
}
