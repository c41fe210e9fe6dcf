// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.passkey;

import dev.pharos.usp.Bytes;
import java.util.List;

/// What a browser brings of a new passkey (WebAuthn, section 5.2.1).
///
/// @param clientData JSON in UTF-8, as the browser wrote it
/// @param attestationObject CBOR, as the authenticator wrote it
/// @param transports how it may be reached, in WebAuthn's words
public record Attestation(Bytes clientData, Bytes attestationObject, List<String> transports) {}
