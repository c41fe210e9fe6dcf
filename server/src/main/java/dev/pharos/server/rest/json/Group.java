// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.server.store.GroupStore.SavedGroup;
import org.jspecify.annotations.Nullable;

/// A query for devices that has a name.
///
/// @param devices how many it means now; only where one group is asked for
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Group(
        String name,
        String query,
        String description,
        String changed,
        String changedBy,
        @Nullable Long devices) {

    public static Group of(SavedGroup group, @Nullable Long devices) {
        return new Group(
                group.name(),
                group.query(),
                group.description(),
                group.changed().toString(),
                group.changedBy(),
                devices);
    }
}
