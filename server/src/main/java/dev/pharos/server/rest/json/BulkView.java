// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.server.bulk.DeviceReports;
import dev.pharos.server.bulk.ReportProfile;
import dev.pharos.server.store.CollectorStore.Collected;
import dev.pharos.server.store.CollectorStore.Refusal;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The reports that a device makes by itself, and what came here of them.
///
/// @param asked whether the device has just said it; else it is what was known last
/// @param asOf when it was said; absent where nothing is known
/// @param enabled whether it makes reports at all
/// @param status as it says: `Enabled`, `Disabled`, or `Error` where the last report of a profile was not delivered
/// @param protocols that it has, as TR-181 writes them
/// @param minInterval seconds
/// @param maxProfiles -1 for any number
/// @param topic to which it publishes reports over MQTT for this server
/// @param refusals the last ones, the newest first
@Schema(name = "BulkData")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BulkView(
        boolean asked,
        @Nullable Instant asOf,
        boolean enabled,
        String status,
        List<String> protocols,
        List<String> encodings,
        long minInterval,
        long maxProfiles,
        String topic,
        List<Profile> profiles,
        Received received,
        List<RefusedReport> refusals) {
    private static final Pattern COMMA = Pattern.compile(" *, *");

    /// @param number its instance
    /// @param interval seconds
    /// @param retained failed reports that the device keeps; -1 for as many as it can
    /// @param destination a URL or topic; empty where reports come as events
    @Schema(name = "BulkProfile")
    public record Profile(
            long number,
            boolean enabled,
            String name,
            String protocol,
            String encoding,
            long interval,
            int retained,
            String destination,
            List<Parameter> parameters) {

        public static Profile of(ReportProfile profile) {
            return new Profile(
                    profile.number(),
                    profile.enabled(),
                    profile.name(),
                    profile.protocol(),
                    profile.encoding(),
                    profile.interval(),
                    profile.retained(),
                    profile.destination(),
                    profile.parameters().stream().map(Parameter::of).toList());
        }
    }

    /// @param path of a parameter, or of an object with all beneath it
    /// @param name as which it stands in the report; empty for its path
    /// @param excluded whether it is kept out of the report
    @Schema(name = "BulkParameter")
    public record Parameter(String path, String name, boolean excluded) {
        static Parameter of(ReportProfile.Reference reference) {
            return new Parameter(reference.path(), reference.name(), reference.excluded());
        }
    }

    /// What was taken and refused.
    ///
    /// @param kept values that went into the twin
    /// @param unknown values under names that are no parameters of the device
    /// @param refused deliveries
    /// @param last when one was taken
    /// @param way how that came: `http`, `mqtt` or `event`
    @Schema(name = "BulkReceived")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Received(
            long deliveries,
            long reports,
            long kept,
            long unknown,
            long refused,
            @Nullable Instant last,
            @Nullable String way,
            @Nullable Instant lastRefused) {

        public static Received of(Collected collected) {
            return new Received(
                    collected.deliveries(),
                    collected.reports(),
                    collected.kept(),
                    collected.unknown(),
                    collected.refused(),
                    collected.last().orElse(null),
                    collected.way().orElse(null),
                    collected.lastRefused().orElse(null));
        }
    }

    /// A delivery that was not taken.
    ///
    /// @param device whose it was; absent where nobody has shown to be one that is known
    /// @param said who it said that it is
    /// @param status as HTTP has it
    @Schema(name = "RefusedReport")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RefusedReport(
            Instant time, @Nullable String device, String said, String address, String way, int status, String reason) {

        public static RefusedReport of(Refusal refusal) {
            return new RefusedReport(
                    refusal.time(),
                    refusal.device().map(EndpointId::toString).orElse(null),
                    refusal.said(),
                    refusal.address(),
                    refusal.way(),
                    refusal.status(),
                    refusal.reason());
        }
    }

    public static BulkView of(DeviceReports.Known known, String topic, Collected collected, List<Refusal> refusals) {
        Map<String, String> own = known.own();
        return new BulkView(
                known.asked(),
                known.time().orElse(null),
                own.getOrDefault("Enable", "false").equals("true"),
                own.getOrDefault("Status", ""),
                words(own.getOrDefault("Protocols", "")),
                words(own.getOrDefault("EncodingTypes", "")),
                ReportProfile.number(own.get("MinReportingInterval")),
                ReportProfile.number(own.getOrDefault("MaxNumberOfProfiles", "-1")),
                topic,
                known.profiles().stream().map(Profile::of).toList(),
                Received.of(collected),
                refusals.stream().map(RefusedReport::of).toList());
    }

    private static List<String> words(String list) {
        return list.isBlank() ? List.of() : COMMA.splitAsStream(list.strip()).toList();
    }
}
