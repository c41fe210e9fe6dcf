// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.controller.acs.ProofWanted;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// With what a device of TR-069 shall have to show who it is.
///
/// @param wanted `either` (its login or a certificate that names it), `certificate` or `both`
public record CwmpProofBody(
        @Schema(allowableValues = {"either", "certificate", "both"}) @Nullable
        String wanted) {
    /// @throws BadRequestException where it is none of these
    public ProofWanted checked() {
        return ProofWanted.of(Fields.text("wanted", wanted))
                .orElseThrow(() -> new BadRequestException(
                        "wanted",
                        "must be one of "
                                + Arrays.stream(ProofWanted.values())
                                        .map(ProofWanted::text)
                                        .collect(Collectors.joining(", "))));
    }
}
