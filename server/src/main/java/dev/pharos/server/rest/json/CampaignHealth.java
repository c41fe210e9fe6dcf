// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.controller.campaign.MeasureFigures;
import dev.pharos.controller.campaign.Verdict;
import dev.pharos.controller.campaign.WaveHealth;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How updated devices of a campaign do beside the others; none where it has no health gate.
public record CampaignHealth(List<Wave> items) {

    /// After one wave.
    ///
    /// @param wave the first is 1
    /// @param since when the pause after it began
    /// @param until until when was counted: the end of the pause, or now
    @Schema(name = "CampaignWaveHealth")
    public record Wave(int wave, Instant since, Instant until, List<Measured> measures) {}

    /// By one measure.
    ///
    /// @param measure as it was asked for
    /// @param why the verdict as a sentence with its figures
    @Schema(name = "CampaignMeasured")
    public record Measured(
            String measure,

            @Schema(allowableValues = {"healthy", "worse", "unknown"})
            String verdict,

            String why,
            Side updated,
            Side others) {}

    /// @param devices that tell something
    /// @param before mean of the parameter before the wave; left out of events
    /// @param now mean of the parameter after it; of events, how many for each device and hour
    @Schema(name = "CampaignSide")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Side(long devices, @Nullable Double before, double now) {
        static Side of(MeasureFigures.Side side) {
            return new Side(
                    side.devices(),
                    side.before().isPresent() ? (Double) side.before().getAsDouble() : null,
                    side.now());
        }
    }

    public static CampaignHealth of(List<WaveHealth> waves) {
        return new CampaignHealth(waves.stream()
                .map(wave -> new Wave(
                        wave.wave() + 1,
                        wave.since(),
                        wave.until(),
                        wave.figures().stream().map(CampaignHealth::measured).toList()))
                .toList());
    }

    private static Measured measured(MeasureFigures figures) {
        String verdict = switch (figures.verdict()) {
            case Verdict.Healthy _ -> "healthy";
            case Verdict.Worse _ -> "worse";
            case Verdict.Unknown _ -> "unknown";
        };
        return new Measured(
                figures.measure().toString(),
                verdict,
                figures.verdict().why(),
                Side.of(figures.updated()),
                Side.of(figures.others()));
    }
}
