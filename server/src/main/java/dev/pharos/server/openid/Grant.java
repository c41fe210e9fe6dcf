// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.openid;

import dev.pharos.server.rights.Role;
import dev.pharos.server.rights.Scope;
import java.util.Optional;

/// What somebody may do by what the provider says of them.
///
/// @param scope what limits them beside the role
public record Grant(Role role, Optional<Scope> scope) {}
