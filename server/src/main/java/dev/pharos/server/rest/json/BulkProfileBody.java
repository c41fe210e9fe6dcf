// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a device is to report from now on.
///
/// @param parameters paths of parameters, or of objects with all beneath them; `*` for every row
/// @param interval seconds; 300 where it is left out
/// @param way `event`, over the device's session; `http` to the collector; `mqtt`, over its session at the broker
/// @param encoding JSON where it is left out
/// @param url of the collector as the device reaches it, for `http`: `https://HOST:PORT/bulk`
/// @param name for people
/// @param retained failed reports that the device keeps for the next one; 0 where it is left out, -1 for as many as it
/// can
@Schema(name = "BulkProfileRequest")
public record BulkProfileBody(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        List<@Nullable String> parameters,

        @Nullable Long interval,

        @Schema(allowableValues = {"event", "http", "mqtt"}) @Nullable
        String way,

        @Schema(allowableValues = {"JSON", "CSV"}) @Nullable String encoding,

        @Nullable String url,
        @Nullable String name,
        @Nullable Integer retained) {
    static final int RETAINED = 100;
    static final long LONGEST = 31_536_000;
    private static final int PATHS = 64;
    private static final int TEXT = 255;
    private static final int URL = 2_048;

    public List<String> checkedParameters() {
        return paths(parameters);
    }

    static List<String> paths(@Nullable List<@Nullable String> values) {
        List<String> paths = Fields.paths("parameters", values);
        if (paths.size() > PATHS) {
            throw new BadRequestException("parameters", "must be " + PATHS + " paths at most");
        }
        for (String path : paths) {
            if (path.length() > TEXT || !path.startsWith("Device.")) {
                throw new BadRequestException(
                        "parameters",
                        "must be paths such as Device.WiFi.Radio.*.Stats., of which one is none: " + path);
            }
        }
        return paths.stream().distinct().toList();
    }

    public long checkedInterval() {
        return interval(interval == null ? 300 : interval);
    }

    static long interval(long seconds) {
        if (seconds < 1 || seconds > LONGEST) {
            throw new BadRequestException("interval", "must be 1 to " + LONGEST + " seconds");
        }
        return seconds;
    }

    public String checkedWay() {
        String wanted = way == null ? "event" : way;
        if (!List.of("event", "http", "mqtt").contains(wanted)) {
            throw new BadRequestException("way", "must be event, http or mqtt");
        }
        return wanted;
    }

    public String checkedEncoding() {
        String wanted = encoding == null ? "JSON" : encoding;
        if (!List.of("JSON", "CSV").contains(wanted)) {
            throw new BadRequestException("encoding", "must be JSON or CSV");
        }
        return wanted;
    }

    /// Empty where reports do not go by HTTP.
    public String checkedUrl() {
        if (!checkedWay().equals("http")) {
            if (url != null) {
                throw new BadRequestException("url", "is for reports over http");
            }
            return "";
        }
        String given = Fields.atMost("url", Fields.text("url", url), URL);
        if (!given.matches("https?://[^\\s/@]+/\\S*")) {
            throw new BadRequestException(
                    "url", "must be the collector's address, such as https://acs.example:8443/bulk");
        }
        return given;
    }

    public String checkedName() {
        return Fields.atMost("name", name, TEXT);
    }

    public int checkedRetained() {
        return retained == null ? 0 : Fields.within("retained", retained, -1, RETAINED);
    }
}
