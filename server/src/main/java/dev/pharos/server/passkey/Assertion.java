// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.passkey;

import dev.pharos.usp.Bytes;

/// What a browser brings of a passkey that signs (WebAuthn, section 5.2.2).
///
/// @param credential what the authenticator calls the passkey
/// @param userHandle what it calls the person
/// @param clientData JSON in UTF-8, as the browser wrote it; signed
/// @param authenticatorData as the authenticator wrote it; signed
public record Assertion(
        Bytes credential, Bytes userHandle, Bytes clientData, Bytes authenticatorData, Bytes signature) {}
