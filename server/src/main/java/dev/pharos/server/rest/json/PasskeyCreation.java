// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.passkey.Limits;
import dev.pharos.server.passkey.Passkeys.Creation;
import java.util.List;

/// What `PublicKeyCredential.parseCreationOptionsFromJSON` of a browser takes (WebAuthn Level 3, section 5.1.8). What
/// is
/// binary is base64url without padding.
///
/// @param timeout milliseconds
/// @param excludeCredentials those that are there already
/// @param attestation `none`: who made the authenticator is not asked
public record PasskeyCreation(
        Party rp,
        Person user,
        String challenge,
        List<Algorithm> pubKeyCredParams,
        long timeout,
        List<PasskeyReference> excludeCredentials,
        Selection authenticatorSelection,
        String attestation) {
    private static final String KIND = "public-key";

    /// @param id the name of the page's host
    public record Party(String id, String name) {}

    /// @param id random, and for this person always the same
    public record Person(String id, String name, String displayName) {}

    /// @param alg of COSE: -7 is ES256, -8 EdDSA, -257 RS256
    public record Algorithm(String type, long alg) {}

    /// @param residentKey `required`: it is found without a name being typed
    /// @param userVerification `required`: by PIN, finger or face
    public record Selection(String residentKey, boolean requireResidentKey, String userVerification) {}

    /// @param transports how it may be reached
    public record PasskeyReference(String type, String id, List<String> transports) {}

    public static PasskeyCreation of(Creation creation, String person) {
        return new PasskeyCreation(
                new Party(creation.site().rpId(), "Pharos"),
                new Person(Fields.base64(creation.handle()), person, person),
                Fields.base64(creation.challenge()),
                creation.algorithms().stream()
                        .map(algorithm -> new Algorithm(KIND, algorithm))
                        .toList(),
                Limits.CHALLENGE_LIFE.toMillis(),
                creation.there().stream()
                        .map(key -> new PasskeyReference(KIND, Fields.base64(key.credential()), key.transports()))
                        .toList(),
                new Selection("required", true, "required"),
                "none");
    }
}
