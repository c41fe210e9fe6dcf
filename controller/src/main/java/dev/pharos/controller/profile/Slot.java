// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import dev.pharos.usp.Frozen;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// A parameter of a device, and what profiles want it to be.
///
/// @param claims at least one; the highest priority first, then by name
public record Slot(String path, List<Claim> claims) {
    private static final Comparator<Claim> ORDER =
            Comparator.comparingInt(Claim::priority).reversed().thenComparing(Claim::profile);

    public Slot {
        claims = Frozen.list(claims.stream().sorted(ORDER).toList());
    }

    /// What is to hold.
    public sealed interface Verdict {

        /// @param why as a sentence, with over whom it won
        record Wanted(Claim by, String value, String why) implements Verdict {}

        /// Profiles of the same priority want different things: nothing is done.
        record Contradiction(List<Claim> claims, String why) implements Verdict {}

        /// The profile that wins cannot say its value for this device: nothing is done.
        record Unsaid(Claim by, String why) implements Verdict {}
    }

    public Verdict verdict() {
        Claim first = claims.getFirst();
        List<Claim> rivals = claims.stream()
                .filter(claim -> claim.priority() == first.priority())
                .toList();
        for (Claim rival : rivals) {
            if (rival.said() instanceof Said.Nothing(String why)) {
                return new Verdict.Unsaid(rival, rival.origin() + " cannot say it: " + why);
            }
        }
        if (!rivals.stream().allMatch(first::agreesWith)) {
            return new Verdict.Contradiction(
                    rivals,
                    "profiles of the same priority want different values: "
                            + rivals.stream().map(Claim::origin).collect(Collectors.joining(", ")));
        }
        if (!(first.said() instanceof Said.Value(String value))) {
            throw new IllegalStateException("every rival has said something");
        }
        return new Verdict.Wanted(first, value, why(first));
    }

    private String why(Claim first) {
        List<String> others = claims.stream()
                .skip(1)
                .map(claim -> claim.priority() == first.priority() || first.agreesWith(claim)
                        ? claim.origin() + ", which wants the same"
                        : claim.origin())
                .toList();
        return "wanted by " + first.origin() + (others.isEmpty() ? "" : "; won over " + String.join("; ", others));
    }

    boolean concerns(String profile) {
        return claims.stream().anyMatch(claim -> claim.profile().equals(profile));
    }
}
