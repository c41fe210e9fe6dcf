// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound.json;

import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An Agent that is to be known from now on.
public record CreateAgentDetails(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String endpointID,

        @Schema(allowableValues = {"CoAP", "STOMP", "WebSockets", "MQTT"}) @Nullable
        String mtpToUse,

        @Nullable String communicationsAddress,
        @Nullable List<@Nullable String> supportedServiceElements) {

    /// @throws BadRequestException where it is no Endpoint ID
    public EndpointId checkedId() {
        try {
            return EndpointId.parse(endpointID == null ? "" : endpointID);
        } catch (MalformedInputException malformed) {
            throw new BadRequestException("endpointID", "must be an Endpoint ID: " + malformed.detail());
        }
    }

    public AgentDetails details() {
        return new AgentDetails(mtpToUse, communicationsAddress, supportedServiceElements);
    }
}
