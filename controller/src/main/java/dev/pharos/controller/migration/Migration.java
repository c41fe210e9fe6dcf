// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.migration;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Frozen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A device on its way from TR-069 to USP.
///
/// @param steps where it has been, the last is where it is; at least one
/// @param seen what it said of itself over TR-069 when it was set up, by parameter path
/// @param reason why it goes back, or went; empty where it does not
public record Migration(
        EndpointId device,
        MigrationPlan plan,
        List<Step> steps,
        Map<String, String> seen,
        Optional<ReturnReason> reason) {
    public Migration {
        steps = Frozen.list(steps);
        seen = Frozen.map(seen);
    }

    /// @param text a sentence for people
    public record Step(MigrationState state, Instant time, String text) {}

    /// One that begins.
    public static Migration of(EndpointId device, MigrationPlan plan, Instant now) {
        Step first = new Step(MigrationState.ELIGIBLE, now, beginning(plan));
        return new Migration(device, plan, List.of(first), Map.of(), Optional.empty());
    }

    private static String beginning(MigrationPlan plan) {
        if (plan.byNetwork()) {
            return "it is expected at " + plan.door() + ", of which the network is to tell it, as " + plan.by()
                    + " asked";
        }
        return "it is to be given the way to " + plan.door()
                + (plan.door().authority().isPresent() ? ", and the certificate that vouches for it," : "")
                + " over TR-069, as " + plan.by() + " asked";
    }

    public Step last() {
        return steps.getLast();
    }

    public MigrationState state() {
        return last().state();
    }

    public Migration to(MigrationState state, Instant now, String text) {
        List<Step> further = new ArrayList<>(steps);
        further.add(new Step(state, now, text));
        return new Migration(device, plan, further, seen, reason);
    }

    public Migration withSeen(Map<String, String> values) {
        return new Migration(device, plan, steps, values, reason);
    }

    public Migration withReason(ReturnReason why) {
        return new Migration(device, plan, steps, seen, Optional.of(why));
    }

    /// How far it came at most before it went back, if it did.
    public MigrationState reached() {
        return steps.stream()
                .map(Step::state)
                .filter(MigrationState::isForth)
                .max(Comparator.naturalOrder())
                .orElse(MigrationState.ELIGIBLE);
    }
}
