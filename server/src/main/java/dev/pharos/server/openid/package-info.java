// SPDX-License-Identifier: Apache-2.0
/// Sign-in by OpenID Connect: people whom a provider vouches for. Nothing that it says is believed before it is proven.
@NullMarked
package dev.pharos.server.openid;

import org.jspecify.annotations.NullMarked;
