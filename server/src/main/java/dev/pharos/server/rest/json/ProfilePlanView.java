// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.controller.profile.ProfilePlan;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What profiles would change, as far as is known without asking any device. Secrets are masked.
///
/// @param detail the counts as one sentence
/// @param nothing whether all devices that are meant are as they should be
/// @param devices that are meant
/// @param change of which something is known to be different
/// @param unknown of which something must be read first, and nothing is known to be different
/// @param stuck of which something cannot be done, and nothing else is to be done
/// @param same that are as they should be
/// @param groups what would be done or stands in the way; those with most devices first
/// @param moreGroups that are not named, for there are too many
@Schema(name = "ProfilePlan")
public record ProfilePlanView(
        String detail,
        boolean nothing,
        long devices,
        long change,
        long unknown,
        long stuck,
        long same,
        List<Group> groups,
        int moreGroups) {

    /// The same difference on some devices.
    ///
    /// @param place as the profile writes it
    /// @param wanted as the profile writes it
    /// @param why of the first device
    /// @param places parameters or rows, of all these devices together
    /// @param before the most frequent values of before
    /// @param otherBefores places with another value
    @Schema(name = "ProfilePlanGroup")
    public record Group(
            @Schema(allowableValues = {"differs", "missing", "unknown", "lacking", "contradiction", "unsaid"})
            String state,

            String place,
            String profile,
            String wanted,
            String why,
            long devices,
            long places,
            List<Before> before,
            long otherBefores,
            List<Example> examples) {}

    @Schema(name = "ProfilePlanBefore")
    public record Before(String value, long places) {}

    @Schema(name = "ProfilePlanExample")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Example(
            String device,
            String path,
            @Nullable String before,
            @Nullable String after) {}

    public static ProfilePlanView of(ProfilePlan plan) {
        ProfilePlan.Counts counts = plan.counts();
        return new ProfilePlanView(
                counts.sentence(),
                counts.devices() == counts.same(),
                counts.devices(),
                counts.change(),
                counts.unknown(),
                counts.stuck(),
                counts.same(),
                plan.groups().stream().map(ProfilePlanView::group).toList(),
                plan.more());
    }

    private static Group group(ProfilePlan.Group group) {
        return new Group(
                group.state().text(),
                group.place(),
                group.profile(),
                group.wanted(),
                group.why(),
                group.devices(),
                group.places(),
                group.before().stream()
                        .map(each -> new Before(each.value(), each.places()))
                        .toList(),
                group.others(),
                group.examples().stream()
                        .map(each -> new Example(
                                each.device(),
                                each.path(),
                                each.before().orElse(null),
                                each.after().orElse(null)))
                        .toList());
    }
}
