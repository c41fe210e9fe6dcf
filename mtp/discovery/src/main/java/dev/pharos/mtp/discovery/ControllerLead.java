// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery;

import dev.pharos.usp.EndpointId;
import java.util.List;
import java.util.Optional;

/// What somebody says about a Controller, complete or not: a lead that has still to be followed.
///
/// @param address where it is, as far as that was said
/// @param complaints what was said and cannot be understood, in sentences; the rest counts nevertheless
public record ControllerLead(
        Optional<ControllerPlace> address,
        Optional<EndpointId> endpointId,
        ControllerTerms terms,
        List<String> complaints) {
    public ControllerLead {
        complaints = List.copyOf(complaints);
    }

    /// A name to look up, and nothing else.
    public static ControllerLead named(ControllerPlace place) {
        return new ControllerLead(Optional.of(place), Optional.empty(), ControllerTerms.NONE, List.of());
    }

    public ControllerLead withEndpointId(EndpointId id) {
        return new ControllerLead(address, Optional.of(id), terms, complaints);
    }

    public ControllerLead withTerms(ControllerTerms said) {
        return new ControllerLead(address, endpointId, said, complaints);
    }
}
