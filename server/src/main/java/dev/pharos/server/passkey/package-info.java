// SPDX-License-Identifier: Apache-2.0
/// Passkeys (WebAuthn Level 3): what people sign in with in place of a password.
@NullMarked
package dev.pharos.server.passkey;

import org.jspecify.annotations.NullMarked;
