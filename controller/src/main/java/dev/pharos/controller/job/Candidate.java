// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import dev.pharos.usp.EndpointId;
import java.util.Optional;

/// A device whose turn it is, if it can be.
///
/// @param tries of this step that began before
/// @param standing what the inventory says of it; empty where it was removed
public record Candidate(EndpointId device, int step, int tries, Optional<Standing> standing) {

    /// @param transport of its present or last connection
    /// @param timeZone as its twin has it, empty where it does not
    /// @param modelHash of its data model, empty where it is not known
    public record Standing(boolean online, String transport, String timeZone, String modelHash) {}
}
