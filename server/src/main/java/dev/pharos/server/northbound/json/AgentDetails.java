// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How an Agent is reached, and what it has.
///
/// @param mtpToUse left out where it never came, or comes by what this API has no word for
/// @param communicationsAddress where it is dialled, or its topic or destination; left out where it dials us
/// @param supportedServiceElements names of objects of its supported data model; left out where that is not known
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AgentDetails(
        @Schema(allowableValues = {"CoAP", "STOMP", "WebSockets", "MQTT"}) @Nullable
        String mtpToUse,

        @Nullable String communicationsAddress,
        @Nullable List<@Nullable String> supportedServiceElements) {

    /// Nothing is known.
    public static final AgentDetails NONE = new AgentDetails(null, null, null);
}
