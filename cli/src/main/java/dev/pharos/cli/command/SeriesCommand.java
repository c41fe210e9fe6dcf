// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `pharos series`: what parameters were, and of which that is kept.
@Command(
        name = "series",
        description = "Shows what a parameter of a device was, and says of which parameters that is kept.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  pharos series keep 'Device.WiFi.Radio.*.Stats.Noise'      of every device, from now on",
            "  pharos series                                             what is kept",
            "  pharos series os::0200F0-1 Device.WiFi.Radio.1.Stats.Noise",
            "  pharos series os::0200F0-1 Device.WiFi.Radio.1.Stats.Noise --since 7d --step 1h --table",
            "  pharos series forget 'Device.WiFi.Radio.*.Stats.Noise'",
            "",
            "More: docs/series.md."
        })
public final class SeriesCommand extends ServerCommand implements Callable<Integer> {
    private static final String KEPT = "/series";

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ID",
            description = "Of which device; what is kept where there is none.")
    private @Nullable String device;

    @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", description = "Which parameter.")
    private @Nullable String path;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            converter = Moment.class,
            description = "From this time, or so long ago: 24h (default), 7d.")
    private @Nullable Instant since;

    @Option(
            names = "--until",
            paramLabel = "WHEN",
            converter = Moment.class,
            description = "To this time, or so long ago (default: now).")
    private @Nullable Instant until;

    @Option(
            names = "--step",
            paramLabel = "TIME",
            converter = HowLong.class,
            description = "What one point is of: 5m, 1h, 1d; 0s for values as they were told (default: as fits).")
    private @Nullable Duration step;

    @Option(names = "--table", description = "A line for each point in place of a picture.")
    private boolean table;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        if (device == null) {
            JsonNode kept = client().get(KEPT);
            return print(kept, SeriesText.kept(kept));
        }
        if (path == null) {
            throw wrong("which parameter? Its PATH is missing");
        }
        StringBuilder query = new StringBuilder(
                "/devices/" + RestClient.segment(device) + "/series?path=" + RestClient.segment(path));
        if (since != null) {
            query.append("&from=").append(RestClient.segment(since.toString()));
        }
        if (until != null) {
            query.append("&to=").append(RestClient.segment(until.toString()));
        }
        if (step != null) {
            query.append("&step=").append(step.toSeconds());
        }
        JsonNode series = client().get(query.toString());
        return print(series, table ? SeriesText.table(series) : SeriesText.picture(series));
    }

    @Command(
            name = "keep",
            description = "Keeps the values of a parameter of every device, from now on.",
            mixinStandardHelpOptions = true)
    int keep(
            @Mixin ServerOptions at,
            @Parameters(paramLabel = "PATH", description = "Instance numbers may be *, for every row.") String kept)
            throws DeniedException, UnreachableException {
        JsonNode answer = at.client().put(KEPT + "/" + RestClient.segment(kept), Json.object());
        return print(at, answer, "kept from now on: " + kept);
    }

    @Command(
            name = "forget",
            description = "Keeps them no longer; those that are there stay until they are old.",
            mixinStandardHelpOptions = true)
    int forget(@Mixin ServerOptions at, @Parameters(paramLabel = "PATH") String kept)
            throws DeniedException, UnreachableException {
        at.client().delete(KEPT + "/" + RestClient.segment(kept));
        return print(at, Json.object().put("forgotten", kept), "kept no longer: " + kept);
    }
}
