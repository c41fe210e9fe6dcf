// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import dev.pharos.controller.query.Condition;
import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.usp.Frozen;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Which devices are looked at, and what of them.
///
/// @param profiles all that may have a say, with their queries read
/// @param meant the names of those of which at least one must apply to a device
public record Lookout(List<Meant> profiles, Set<String> meant) {
    public Lookout {
        profiles = Frozen.list(profiles);
        meant = Set.copyOf(meant);
    }

    /// @param condition which devices its query means, groups resolved
    public record Meant(Profile profile, Condition condition) {
        public String name() {
            return profile.name();
        }
    }

    /// What must be known: all that the profiles that are meant name.
    public List<ParameterPattern> reads() {
        Set<ParameterPattern> reads = new LinkedHashSet<>();
        profiles.stream()
                .filter(each -> meant.contains(each.name()))
                .forEach(each -> reads.addAll(each.profile().reads()));
        return List.copyOf(reads);
    }

    /// The profiles that apply to a device.
    public List<Profile> applying(ProfiledDevice device) {
        return profiles.stream()
                .map(Meant::profile)
                .filter(profile -> device.applying().contains(profile.name()))
                .toList();
    }
}
