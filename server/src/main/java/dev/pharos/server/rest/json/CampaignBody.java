// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.controller.campaign.CampaignPlan;
import dev.pharos.controller.campaign.CampaignWork;
import dev.pharos.controller.campaign.ErrorLimit;
import dev.pharos.controller.campaign.HealthGate;
import dev.pharos.controller.campaign.Limits;
import dev.pharos.controller.campaign.Measure;
import dev.pharos.controller.campaign.RefusedException;
import dev.pharos.controller.campaign.Waves;
import dev.pharos.controller.job.ServiceWindow;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a campaign is to be.
///
/// @param name for people
/// @param query which devices, as of when it starts; either this or `devices`
/// @param devices their Endpoint IDs
/// @param firmware the number of the image that each is to run; either this, `module` or `migration`
/// @param module what is done with a software module on each
/// @param migration how each is to be moved from TR-069 to USP
/// @param waves how they are split, such as `["1%", "10%", "rest"]`
/// @param successPercent of the devices of a wave that were there with so many it must succeed before the next, 0
///     to 100;
///     95 where it is left out
/// @param stopAt failures in a wave that stop it at once: a number of devices, or a share of the wave such as
///     `5%`,
///     which it is where it is left out
/// @param soakSeconds pause after each wave; an hour where it is left out
/// @param patienceSeconds how long a wave waits for devices that are away; a day where it is left out
/// @param approval whether a second person must approve it, which it is where it is left out
/// @param gate what is compared after the pause of each wave but the last
/// @param concurrency devices at work at once
/// @param perMinute devices that begin within any minute, at most; no bound where it is left out
/// @param window hours in which devices begin, by their own clock
public record CampaignBody(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String name,

        @Nullable String query,
        @Nullable List<@Nullable String> devices,

        @Nullable Long firmware,
        @Nullable RolloutBody module,
        @Nullable MigrationBody migration,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        List<@Nullable String> waves,

        @Nullable Integer successPercent,
        @Nullable String stopAt,
        @Nullable Integer soakSeconds,
        @Nullable Integer patienceSeconds,
        @Nullable Boolean approval,
        @Nullable Gate gate,
        @Nullable Integer concurrency,
        @Nullable Integer perMinute,
        @Nullable JobWindow window) {
    private static final int SUCCESS = 95;
    private static final String STOP_AT = "5%";

    /// What must not get worse on updated devices.
    ///
    /// @param measures such as `Boot! rises 0.5` (for each device and hour) or `PARAMETER falls 10%`
    /// @param atLeast devices on each side without which there is no verdict; 5 where it is left out
    /// @param unknown what happens where there is none: `hold` (which it is where it is left out), `go-on` or
    ///     `stop`
    @Schema(name = "HealthGate")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Gate(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            List<@Nullable String> measures,

            @Nullable Integer atLeast,
            @Nullable String unknown) {

        static @Nullable Gate of(Optional<HealthGate> gate) {
            return gate.map(each -> new Gate(
                            new ArrayList<>(each.measures().stream()
                                    .map(Measure::toString)
                                    .toList()),
                            each.atLeast(),
                            word(each.unknown())))
                    .orElse(null);
        }

        private static String word(HealthGate.Unknown unknown) {
            return unknown.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        HealthGate checked() {
            List<Measure> all = new ArrayList<>();
            for (String measure : Fields.items("gate.measures", measures)) {
                all.add(taken("gate.measures", () -> Measure.parse(measure)));
            }
            if (all.size() > Limits.MEASURES) {
                throw new BadRequestException("gate.measures", "must be at most " + Limits.MEASURES);
            }
            int least = JobBody.number(
                    "gate.atLeast", atLeast, Limits.DEFAULT_COMPARED, Limits.LEAST_COMPARED, Limits.SAMPLE);
            HealthGate.Unknown then = Arrays.stream(HealthGate.Unknown.values())
                    .filter(each -> word(each).equals(unknown == null ? "hold" : unknown))
                    .findFirst()
                    .orElseThrow(() -> new BadRequestException("gate.unknown", "must be hold, go-on or stop"));
            return new HealthGate(all, least, then);
        }
    }

    public CampaignPlan checked() {
        String title = Fields.text("name", name == null ? null : name.strip());
        if (title.length() > JobBody.NAME) {
            throw new BadRequestException("name", "must have at most " + JobBody.NAME + " characters");
        }
        Optional<HealthGate> health = Optional.ofNullable(gate).map(Gate::checked);
        return new CampaignPlan(
                title,
                JobBody.audience(query, devices, false),
                work(),
                taken("waves", () -> Waves.parse(Fields.items("waves", waves))),
                rules(health),
                health,
                hours());
    }

    private CampaignWork work() {
        long said =
                Stream.of(firmware, module, migration).filter(Objects::nonNull).count();
        if (said == 1 && migration != null) {
            return new CampaignWork.Migration(migration.checked(Limits.LONGEST_SETTLE));
        }
        if (said == 1 && module != null) {
            return new CampaignWork.Modules(module.checked());
        }
        if (said != 1 || firmware == null) {
            throw new BadRequestException(
                    "firmware",
                    "must be the number of an image, unless there is a \"module\" or a \"migration\" in its place");
        }
        return new CampaignWork.Firmware(firmware);
    }

    private CampaignPlan.Rules rules(Optional<HealthGate> health) {
        int longest = (int) Limits.LONGEST_SOAK.toSeconds();
        int soak = JobBody.number("soakSeconds", soakSeconds, (int) Limits.DEFAULT_SOAK.toSeconds(), 0, longest);
        if (health.isPresent() && soak < Limits.SHORTEST_GATED_SOAK.toSeconds()) {
            throw new BadRequestException(
                    "soakSeconds",
                    "must be at least " + Limits.SHORTEST_GATED_SOAK.toSeconds()
                            + " with a health gate, which compares what happens in that time");
        }
        return new CampaignPlan.Rules(
                JobBody.number("successPercent", successPercent, SUCCESS, 0, 100),
                taken("stopAt", () -> ErrorLimit.parse(stopAt == null ? STOP_AT : stopAt)),
                Duration.ofSeconds(soak),
                Fields.flag(approval, true));
    }

    private CampaignPlan.Hours hours() {
        int patience =
                JobBody.number("patienceSeconds", patienceSeconds, (int) Limits.DEFAULT_PATIENCE.toSeconds(), 1, (int)
                        Limits.LONGEST_PATIENCE.toSeconds());
        Optional<ServiceWindow> open = Optional.ofNullable(window).map(JobWindow::checked);
        Optional<ZoneId> zone = Optional.ofNullable(window).flatMap(JobWindow::checkedZone);
        return new CampaignPlan.Hours(JobBody.pace(concurrency, perMinute), Duration.ofSeconds(patience), open, zone);
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read() throws RefusedException;
    }

    private static <T> T taken(String field, Reader<T> reader) {
        try {
            return reader.read();
        } catch (RefusedException refused) {
            throw new BadRequestException(field, refused.reason());
        }
    }
}
