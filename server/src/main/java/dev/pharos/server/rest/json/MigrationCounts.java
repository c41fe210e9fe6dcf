// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.controller.migration.MigrationState;
import java.util.LinkedHashMap;
import java.util.Map;

/// How many devices are how far on their way from TR-069 to USP.
///
/// @param states by state, in the order in which a device goes through them
public record MigrationCounts(Map<String, Long> states) {
    public static MigrationCounts of(Map<MigrationState, Long> counts) {
        Map<String, Long> states = new LinkedHashMap<>();
        for (MigrationState state : MigrationState.values()) {
            states.put(state.text(), counts.getOrDefault(state, 0L));
        }
        return new MigrationCounts(states);
    }
}
