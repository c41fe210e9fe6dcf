// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.profile.ProfileDesk.Made;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/// Profiles that hold from now on, or were taken back, each with the job that brings devices there.
public record ProfilesApplied(List<Item> items) {

    /// @param version 0 where the profile does not hold any more
    @Schema(name = "ProfileApplied")
    public record Item(String profile, int version, long job) {}

    public static ProfilesApplied of(List<Made> made) {
        return new ProfilesApplied(made.stream()
                .map(each -> new Item(each.profile(), each.version(), each.job().id()))
                .toList());
    }
}
