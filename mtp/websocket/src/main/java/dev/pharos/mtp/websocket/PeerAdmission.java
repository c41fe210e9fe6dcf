// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import dev.pharos.mtp.PeerIdentity;
import java.util.Optional;

/// Decides at the door, before a session exists, whether a peer is let in. Called on an event loop: it must
/// not wait.
@FunctionalInterface
public interface PeerAdmission {
    PeerAdmission EVERYONE = peer -> Optional.empty();

    /// @return why the peer is refused, or empty to let it in. The peer is told, with HTTP 403, so the text
    ///     holds no secret
    Optional<String> refusal(PeerIdentity peer);
}
