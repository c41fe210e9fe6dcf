// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a profile is to be, in JSON or YAML: see docs/profiles.md. [dev.pharos.server.profile.ProfileFile] reads it.
///
/// @param query which devices; an empty text for all
/// @param priority 0 where it is left out
/// @param parameters by path, which may have `*` for the rows that are there
@Schema(name = "ProfileBody")
public record ProfileBody(
        String name,
        String query,
        @Nullable Integer priority,
        @Nullable Map<String, String> parameters,
        @Nullable List<Row> rows) {

    @Schema(name = "ProfileRowBody")
    public record Row(
            String object,
            Map<String, String> key,
            @Nullable Map<String, String> values) {}

    /// Several of them.
    @Schema(name = "ProfileBodies")
    public record Several(List<ProfileBody> profiles) {}
}
