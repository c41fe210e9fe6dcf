// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.controller.migration.MigrationFunnel;
import dev.pharos.controller.migration.MigrationPlace;
import dev.pharos.controller.migration.MigrationState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Where the devices of a campaign are on their way from TR-069 to USP.
///
/// @param steps of the way, in their order
/// @param others devices that are not on it: they wait for their turn, went back, or cannot go
/// @param reasons why devices go back, went back or cannot go, the most frequent first
public record CampaignFunnel(List<Stage> steps, List<Aside> others, List<Reason> reasons) {

    /// A step of the way.
    ///
    /// @param step `eligible`, `configured`, `connected`, `verified`, `stood-by` or `done`
    /// @param reached devices that came as far, also where they are further or went back since
    /// @param here devices that are just there now
    @Schema(name = "FunnelStep")
    public record Stage(String step, long reached, long here) {}

    /// @param step `waiting`, `returning`, `failed`, `returned`, `already`, `unable` or `absent`
    @Schema(name = "FunnelAside")
    public record Aside(String step, long here) {}

    /// @param step where these devices are
    /// @param reason as one word where they go back, as a sentence where they cannot go
    @Schema(name = "FunnelReason")
    public record Reason(String step, String reason, long devices) {}

    public static CampaignFunnel of(MigrationFunnel funnel) {
        return new CampaignFunnel(
                Arrays.stream(MigrationState.values())
                        .filter(MigrationState::isForth)
                        .map(state -> new Stage(
                                state.text(), funnel.atLeast(state), funnel.at(MigrationPlace.of(state.text()))))
                        .toList(),
                Stream.of(
                                MigrationPlace.WAITING,
                                MigrationPlace.RETURNING,
                                MigrationPlace.FAILED,
                                MigrationPlace.RETURNED,
                                MigrationPlace.ALREADY,
                                MigrationPlace.UNABLE,
                                MigrationPlace.ABSENT)
                        .map(place -> new Aside(place.text(), funnel.at(place)))
                        .toList(),
                funnel.reasons().stream()
                        .map(each -> new Reason(each.place().text(), each.reason(), each.devices()))
                        .toList());
    }
}
