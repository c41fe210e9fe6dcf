// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.passkey.Assertion;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A passkey that signs, as `navigator.credentials.get` of a browser brought it. Everything is base64url without
/// padding.
///
/// @param credential `id`
/// @param userHandle `response.userHandle`
/// @param clientData `response.clientDataJSON`
/// @param authenticatorData `response.authenticatorData`
/// @param signature `response.signature`
public record PasskeyAnswer(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String credential,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String userHandle,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String clientData,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String authenticatorData,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String signature) {

    public Assertion checked() {
        return new Assertion(
                Fields.bytes("credential", credential),
                Fields.bytes("userHandle", userHandle),
                Fields.bytes("clientData", clientData),
                Fields.bytes("authenticatorData", authenticatorData),
                Fields.bytes("signature", signature));
    }
}
