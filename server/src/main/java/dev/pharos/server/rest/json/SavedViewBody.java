// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a view is to be. All may be left out: then it is the table as everybody has it.
///
/// @param query a query, see docs/query.md
/// @param sort as a list of devices takes it
/// @param columns fields of a device and paths of parameters, in their order
/// @param by what the devices are counted by
public record SavedViewBody(
        @Nullable String query,

        @Schema(allowableValues = {"all", "online", "offline"}) @Nullable
        String show,

        @Nullable String sort,
        @Nullable List<@Nullable String> columns,
        @Nullable String by) {
    private static final Set<String> SHOWN = Set.of("all", "online", "offline");
    private static final String NEWEST = "-lastSeen";

    public String queryOrAll() {
        return query == null ? "" : query.strip();
    }

    public String checkedShow() {
        String shown = show == null ? "all" : show;
        if (!SHOWN.contains(shown)) {
            throw new BadRequestException("show", "must be all, online or offline");
        }
        return shown;
    }

    public String sortOrNewest() {
        return sort == null ? NEWEST : sort;
    }

    public List<String> namedColumns() {
        return Fields.itemsOrNone("columns", columns);
    }

    public String byOrNone() {
        return by == null ? "" : by.strip();
    }
}
