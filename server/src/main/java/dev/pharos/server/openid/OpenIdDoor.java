// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.openid;

import java.util.Optional;

/// Whether people sign in by a provider here.
public record OpenIdDoor(Optional<OpenIdSignIn> signIn) {}
