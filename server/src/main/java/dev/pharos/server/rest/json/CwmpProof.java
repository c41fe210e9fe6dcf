// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.controller.acs.Credentials;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// With what a device of TR-069 has to show who it is.
///
/// @param wanted `either` (its login or a certificate that names it), `certificate` or `both`
/// @param login the user name of the login that it has; left out where it has none
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CwmpProof(
        @Schema(allowableValues = {"either", "certificate", "both"})
        String wanted,

        @Nullable String login) {
    public static CwmpProof of(Credentials credentials) {
        return new CwmpProof(credentials.wanted().text(), credentials.login().orElse(null));
    }
}
