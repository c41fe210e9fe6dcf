// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import java.util.Optional;

/// What a device of TR-069 has to show.
///
/// @param login the name of the login that it has; empty where it has none
public record Credentials(Optional<String> login, ProofWanted wanted) {
    /// Of a device of which nobody has said anything.
    public static final Credentials NONE = new Credentials(Optional.empty(), ProofWanted.EITHER);
}
