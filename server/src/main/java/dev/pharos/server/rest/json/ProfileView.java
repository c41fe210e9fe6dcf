// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.controller.policy.Secrets;
import dev.pharos.controller.profile.Profile;
import dev.pharos.controller.profile.Template;
import dev.pharos.server.profile.ProfileDesk.StoredVersion;
import dev.pharos.server.store.ProfileStore.Kept;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A version of a profile. Secrets are masked.
///
/// @param deleted whether the profile was deleted with this version; then it has nothing else
/// @param job that brought devices to it; left out where none was made
@Schema(name = "Profile")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProfileView(
        String name,
        int version,
        boolean deleted,
        @Nullable String query,
        @Nullable Integer priority,
        @Nullable Map<String, String> parameters,
        @Nullable List<Row> rows,
        Instant changed,
        String changedBy,
        @Nullable Long job) {

    /// A row that is to be there, found by its keys.
    @Schema(name = "ProfileRow")
    public record Row(String object, Map<String, String> key, Map<String, String> values) {}

    public static ProfileView of(StoredVersion version) {
        Kept kept = version.kept();
        return new ProfileView(
                kept.name(),
                kept.version(),
                version.profile().isEmpty(),
                version.profile().map(Profile::query).orElse(null),
                version.profile().map(profile -> (Integer) profile.priority()).orElse(null),
                version.profile().map(ProfileView::parameters).orElse(null),
                version.profile().map(ProfileView::rows).orElse(null),
                kept.changed(),
                kept.changedBy(),
                kept.job().isPresent() ? (Long) kept.job().getAsLong() : null);
    }

    private static Map<String, String> parameters(Profile profile) {
        Map<String, String> shown = new LinkedHashMap<>();
        profile.parameters().forEach((path, value) -> {
            String text = path.object() + path.parameter();
            shown.put(text, Secrets.masked(text, value.text()));
        });
        return shown;
    }

    private static List<Row> rows(Profile profile) {
        return profile.rows().stream()
                .map(row -> new Row(row.object(), values(row.object(), row.key()), values(row.object(), row.values())))
                .toList();
    }

    private static Map<String, String> values(String object, Map<String, Template> values) {
        Map<String, String> shown = new LinkedHashMap<>();
        values.forEach((name, value) -> shown.put(name, Secrets.masked(object + name, value.text())));
        return shown;
    }
}
