// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.Turnstile;
import java.time.Duration;
import java.util.Optional;

/// Decides at the door, before a session exists, whether a peer is let in. Called on an event loop: it must
/// not wait.
@FunctionalInterface
public interface PeerAdmission {
    PeerAdmission EVERYONE = peer -> Optional.empty();

    /// @return why the peer is refused, or empty to let it in. The peer is told, with HTTP 403, so the text
    ///     holds no secret
    Optional<String> refusal(PeerIdentity peer);

    /// Asked first, of whoever asks for an upgrade as it should be.
    ///
    /// @return empty to go on; else after how many whole seconds it is worth trying again, for too many come
    ///     at once. The peer is told, with HTTP 503, and nobody else
    default Optional<Duration> later() {
        return Optional.empty();
    }

    /// The same admission behind a turnstile.
    default PeerAdmission behind(Turnstile turnstile) {
        PeerAdmission inner = this;
        return new PeerAdmission() {
            @Override
            public Optional<String> refusal(PeerIdentity peer) {
                return inner.refusal(peer);
            }

            @Override
            public Optional<Duration> later() {
                return turnstile.enter("websocket");
            }
        };
    }
}
