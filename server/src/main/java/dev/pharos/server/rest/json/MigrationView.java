// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.controller.migration.Migration;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.List;

/// A device on its way from TR-069 to USP.
///
/// @param state `none` where nobody asked it to move
/// @param ended whether nothing is done any more: it is moved, or back
/// @param to where the device finds us over USP
/// @param keepCwmp whether TR-069 stays as the reserve
/// @param settle for how many seconds USP has to hold
/// @param byNetwork whether the network tells it the way, and nothing is written to it for that
/// @param by who began it
/// @param steps where it has been; the last is where it is
public record MigrationView(
        String device,
        String state,
        boolean ended,
        String to,
        boolean keepCwmp,
        long settle,
        boolean byNetwork,
        String by,
        List<MigrationStep> steps) {

    /// @param text a sentence
    public record MigrationStep(String state, Instant time, String text) {}

    /// Of a device that nobody asked to move.
    public static MigrationView none(EndpointId device) {
        return new MigrationView(device.toString(), "none", true, "", false, 0, false, "", List.of());
    }

    public static MigrationView of(Migration migration) {
        return new MigrationView(
                migration.device().toString(),
                migration.state().text(),
                migration.state().isEnd(),
                migration.plan().door().toString(),
                migration.plan().keepCwmp(),
                migration.plan().settle().toSeconds(),
                migration.plan().byNetwork(),
                migration.plan().by(),
                migration.steps().stream()
                        .map(step -> new MigrationStep(step.state().text(), step.time(), step.text()))
                        .toList());
    }
}
