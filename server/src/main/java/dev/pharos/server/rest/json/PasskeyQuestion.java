// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.passkey.Limits;
import dev.pharos.usp.Bytes;

/// What `PublicKeyCredential.parseRequestOptionsFromJSON` of a browser takes (WebAuthn Level 3, section 5.1.9).
///
/// @param challenge base64url without padding; of use once, and to the browser that holds the cookie of this answer
/// @param timeout milliseconds
/// @param rpId the name of the page's host
/// @param userVerification `required`: by PIN, finger or face
public record PasskeyQuestion(String challenge, long timeout, String rpId, String userVerification) {

    public static PasskeyQuestion of(Bytes challenge, String rpId) {
        return new PasskeyQuestion(Fields.base64(challenge), Limits.CHALLENGE_LIFE.toMillis(), rpId, "required");
    }
}
