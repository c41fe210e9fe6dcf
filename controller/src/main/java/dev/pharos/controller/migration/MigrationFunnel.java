// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.migration;

import dev.pharos.usp.Frozen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Where the devices of a campaign are on their way from TR-069 to USP, and why some of them are not on it.
///
/// @param here devices by place; a place without any is left out
/// @param reached devices by the furthest step of theirs, of those that have begun
/// @param reasons why devices went back or cannot go, the most frequent first; at most [Limits#REASONS]
public record MigrationFunnel(Map<MigrationPlace, Long> here, Map<MigrationState, Long> reached, List<Reason> reasons) {
    public MigrationFunnel {
        here = Map.copyOf(here);
        reached = Map.copyOf(reached);
        reasons = Frozen.list(reasons);
    }

    /// @param place where these devices are: returning, failed, returned, or unable to go
    /// @param reason as [ReturnReason#text], or a sentence where they cannot go
    public record Reason(MigrationPlace place, String reason, long devices) {}

    /// Devices of which the same is true.
    ///
    /// @param reached empty where they have not begun
    /// @param reason empty where there is none
    public record Part(MigrationPlace place, String reached, String reason, long devices) {}

    public static MigrationFunnel of(List<Part> parts) {
        Map<MigrationPlace, Long> here = new EnumMap<>(MigrationPlace.class);
        Map<MigrationState, Long> reached = new EnumMap<>(MigrationState.class);
        Map<MigrationPlace, Map<String, Long>> why = new EnumMap<>(MigrationPlace.class);
        for (Part part : parts) {
            here.merge(part.place(), part.devices(), Long::sum);
            if (!part.reached().isEmpty()) {
                reached.merge(MigrationState.of(part.reached()), part.devices(), Long::sum);
            }
            if (!part.reason().isEmpty()) {
                why.computeIfAbsent(part.place(), _ -> new HashMap<>()).merge(part.reason(), part.devices(), Long::sum);
            }
        }
        List<Reason> reasons = new ArrayList<>();
        why.forEach((place, counts) ->
                counts.forEach((reason, devices) -> reasons.add(new Reason(place, reason, devices))));
        reasons.sort(Comparator.comparingLong(Reason::devices)
                .reversed()
                .thenComparing(Reason::place)
                .thenComparing(Reason::reason));
        return new MigrationFunnel(here, reached, reasons.subList(0, Math.min(Limits.REASONS, reasons.size())));
    }

    public long at(MigrationPlace place) {
        return here.getOrDefault(place, 0L);
    }

    /// How many came as far as this step, or further, also where they went back since.
    public long atLeast(MigrationState step) {
        return Stream.of(MigrationState.values())
                .filter(each -> each.isForth() && each.compareTo(step) >= 0)
                .mapToLong(each -> reached.getOrDefault(each, 0L))
                .sum();
    }
}
