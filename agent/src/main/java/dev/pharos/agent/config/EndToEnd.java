// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.config;

import dev.pharos.usp.integrity.Secrecy;
import dev.pharos.usp.integrity.SecureIdentity;
import java.util.Optional;
import java.util.function.Supplier;

/// How an agent secures what travels between it and its controllers, whatever lies between.
///
/// @param identity who it is there, and whom it believes; asked each time, since certificates are renewed
/// @param required whether Messages travel only in sessions with TLS inside, with every controller, from each
///     start on
/// @param secrecy where Messages that are not in such TLS must be encrypted by their connection, and that must be
///     the controller's or a trusted broker's (R-SEC.0)
public record EndToEnd(Supplier<Optional<SecureIdentity>> identity, boolean required, Secrecy secrecy) {
    /// Nothing beyond the connections, which must be encrypted where they leave this host. Records that carry a
    /// signature or TLS are refused.
    public static final EndToEnd NONE = new EndToEnd(Optional::empty, false, Secrecy.BEYOND_THIS_HOST);

    /// Nothing at all, for trying things in a laboratory.
    public static final EndToEnd LABORATORY = new EndToEnd(Optional::empty, false, Secrecy.NOT_DEMANDED);

    /// With this identity, and encrypted connections wherever they leave this host.
    public EndToEnd(Supplier<Optional<SecureIdentity>> identity, boolean required) {
        this(identity, required, Secrecy.BEYOND_THIS_HOST);
    }

    public EndToEnd demanding(Secrecy demanded) {
        return new EndToEnd(identity, required, demanded);
    }

    /// Whether there is anything to secure with.
    public boolean possible() {
        return identity.get().isPresent();
    }
}
