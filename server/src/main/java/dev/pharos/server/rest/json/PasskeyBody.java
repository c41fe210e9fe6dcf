// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.passkey.Attestation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A new passkey, as `navigator.credentials.create` of a browser made it. What is binary is base64url without padding.
///
/// @param name what the person calls it: 1 to 60 characters
/// @param clientData `response.clientDataJSON`
/// @param attestation `response.attestationObject`
/// @param transports `response.getTransports()`; may be left out
public record PasskeyBody(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String name,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String clientData,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String attestation,

        @Nullable List<@Nullable String> transports) {
    /// Those of today are shorter and fewer; a word that nobody knows is kept for browsers that do.
    private static final Pattern TRANSPORT = Pattern.compile("[a-z-]{1,20}");

    private static final int TRANSPORTS = 8;

    public String checkedName() {
        return new PasskeyName(name).checked();
    }

    public Attestation checkedAttestation() {
        List<String> ways = Fields.itemsOrNone("transports", transports);
        if (ways.size() > TRANSPORTS
                || !ways.stream().allMatch(way -> TRANSPORT.matcher(way).matches())) {
            throw new BadRequestException("transports", "must be up to " + TRANSPORTS + " words such as usb");
        }
        return new Attestation(Fields.bytes("clientData", clientData), Fields.bytes("attestation", attestation), ways);
    }
}
