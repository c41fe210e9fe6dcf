// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.store.SavedViewStore;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/// How somebody wants to see the table of devices.
///
/// @param query empty for all devices
/// @param columns fields of a device and paths of parameters, in their order; none for those of everybody
/// @param by what the devices are counted by; empty where they are not
public record SavedView(
        String name,
        String query,

        @Schema(allowableValues = {"all", "online", "offline"})
        String show,

        String sort,
        List<String> columns,
        String by,
        String changed) {

    public static SavedView of(SavedViewStore.SavedView view) {
        return new SavedView(
                view.name(),
                view.query(),
                view.shown(),
                view.sort(),
                view.columns(),
                view.by(),
                view.changed().toString());
    }
}
