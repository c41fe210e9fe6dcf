// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.controller.policy.Secrets;
import dev.pharos.controller.profile.Finding;
import dev.pharos.server.profile.ProfileDesk.Explanation;
import dev.pharos.server.store.ProfileUpkeepStore.Drift;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One device beside all that profiles want of it, as far as its twin knows; nobody was asked. Secrets are masked.
///
/// @param profiles the names of those that mean it
/// @param items by path
public record DeviceProfile(List<String> profiles, List<Item> items) {

    /// One parameter, or a row that is not there.
    ///
    /// @param place as the profile writes it
    /// @param known what it is; left out where that is not known
    /// @param wanted what it is to be; left out where that cannot be said
    /// @param profile that wins
    /// @param why it is wanted so, or why nothing is done
    /// @param drift how often it was put right lately; left out where it was not
    @Schema(name = "DeviceProfileItem")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(
            String path,
            String place,

            @Schema(allowableValues = {"same", "differs", "missing", "unknown", "lacking", "contradiction", "unsaid"})
            String state,

            @Nullable String known,
            @Nullable String wanted,
            String profile,
            String why,
            @Nullable DriftState drift) {}

    /// @param leftAlone whether it is not put right any more for a day
    @Schema(name = "ProfileDrift")
    public record DriftState(int times, Instant since, Instant last, boolean leftAlone) {}

    public static DeviceProfile of(Explanation explanation) {
        return new DeviceProfile(
                explanation.profiles(),
                explanation.findings().all().stream()
                        .map(finding -> item(
                                finding, Optional.ofNullable(explanation.drift().get(finding.path()))))
                        .toList());
    }

    private static Item item(Finding finding, Optional<Drift> drift) {
        return new Item(
                finding.path(),
                finding.place(),
                finding.state().text(),
                shown(finding, finding.known()),
                shown(finding, finding.wanted()),
                finding.profile(),
                finding.why(),
                drift.map(each -> new DriftState(each.times(), each.since(), each.last(), each.givenUp()))
                        .orElse(null));
    }

    private static @Nullable String shown(Finding finding, Optional<String> value) {
        return value.map(text -> finding.secret() ? Secrets.MASK : text).orElse(null);
    }
}
