// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import org.jspecify.annotations.Nullable;

/// That a device is another one of the inventory, or of that name.
///
/// @param sameAs the Endpoint ID of the other, by which both are known from then on
public record SameDevice(@Nullable String sameAs) {
    public EndpointId checked() {
        try {
            return EndpointId.parse(sameAs == null ? "" : sameAs);
        } catch (MalformedInputException notOne) {
            throw new BadRequestException("sameAs", "must be an Endpoint ID, such as os::0200F0-1");
        }
    }
}
