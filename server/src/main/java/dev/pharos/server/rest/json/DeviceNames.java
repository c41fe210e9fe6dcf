// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.controller.acs.CwmpNameStore;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/// By which names a device is known, and was.
///
/// @param id by which it is known
/// @param former from before; each leads to the device where nobody else is known by it
public record DeviceNames(String id, List<Former> former) {
    /// A name from before.
    ///
    /// @param since when the record got another name, or became this one
    /// @param undoable whether it can be made a record of its own again
    @Schema(name = "FormerName")
    public record Former(String id, Instant since, boolean undoable) {}

    public static DeviceNames of(EndpointId id, List<CwmpNameStore.Past> former) {
        return new DeviceNames(
                id.toString(),
                former.stream()
                        .map(each -> new Former(each.name().toString(), each.since(), each.undoable()))
                        .toList());
    }
}
