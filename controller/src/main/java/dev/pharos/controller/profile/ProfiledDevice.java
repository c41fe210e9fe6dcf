// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import dev.pharos.usp.EndpointId;
import java.util.Set;

/// A device as profiles see it.
///
/// @param modelHash of its data model, empty where it is not known
/// @param applying the names of the profiles whose query means it
/// @param known of what [Lookout#reads] names, as the twin has it
public record ProfiledDevice(
        Facts facts, boolean online, String transport, String modelHash, Set<String> applying, Known known) {
    public ProfiledDevice {
        applying = Set.copyOf(applying);
    }

    public EndpointId id() {
        return facts.id();
    }
}
