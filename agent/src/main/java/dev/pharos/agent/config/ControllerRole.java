// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.config;

import java.util.List;

/// What a controller may do when the agent meets it first, as the names of the Roles that are shipped. What
/// management assigns later stays, until the configuration itself says another one.
public enum ControllerRole {
    /// Everything, but secured parameters read as empty text.
    FULL,
    /// Everything, secured parameters in clear: holds a SecuredRole.
    FULL_SECURED,
    /// Looking at everything but the rules of access and secrets, being told of changes, and changing nothing.
    READ_ONLY,
    /// Nothing but learning which protocol versions we speak, and meeting a challenge.
    UNTRUSTED;

    /// The names of the Roles.
    public List<String> names() {
        return switch (this) {
            case FULL -> List.of("Full Access");
            case FULL_SECURED -> List.of("Full Access", "Secured Access");
            case READ_ONLY -> List.of("Read Only");
            case UNTRUSTED -> List.of("Untrusted");
        };
    }
}
