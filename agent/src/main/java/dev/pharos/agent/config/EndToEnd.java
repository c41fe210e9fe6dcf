// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.config;

import dev.pharos.usp.integrity.SecureIdentity;
import java.util.Optional;
import java.util.function.Supplier;

/// How an agent secures what travels between it and its controllers, whatever lies between.
///
/// @param identity who it is there, and whom it believes; asked each time, since certificates are renewed
/// @param required whether Messages travel only in sessions with TLS inside, with every controller, from each
///     start on
public record EndToEnd(Supplier<Optional<SecureIdentity>> identity, boolean required) {
    /// Not at all: Records that carry a signature or TLS are refused.
    public static final EndToEnd NONE = new EndToEnd(Optional::empty, false);

    /// Whether there is anything to secure with.
    public boolean possible() {
        return identity.get().isPresent();
    }
}
