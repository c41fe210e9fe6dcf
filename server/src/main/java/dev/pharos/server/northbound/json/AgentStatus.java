// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound.json;

import io.swagger.v3.oas.annotations.media.Schema;

/// Whether an Agent can be reached.
public record AgentStatus(
        @Schema(allowableValues = {"Available", "Unavailable", "Unknown"})
        String communicationsStatus) {}
