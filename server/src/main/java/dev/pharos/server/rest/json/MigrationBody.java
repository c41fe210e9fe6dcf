// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.controller.job.Crossing;
import dev.pharos.controller.migration.Limits;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a device is to be moved from TR-069 to USP.
///
/// @param to by which transport it is to come, `ws` where it is left out; encrypted where the server listens so
/// @param keepCwmp whether TR-069 stays as the reserve, with a session a day, instead of being switched off
/// @param settle for how many seconds USP has to hold before the device counts as moved, 60 where it is left out
/// @param byNetwork whether the network tells it the way, as by DHCP: nothing is written to it for that, and it is
///     waited for
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MigrationBody(
        @Schema(allowableValues = {"ws", "mqtt", "stomp"}) @Nullable
        String to,

        @Nullable Boolean keepCwmp,
        @Nullable Integer settle,
        @Nullable Boolean byNetwork) {

    private static final Set<String> TRANSPORTS = Set.of("ws", "mqtt", "stomp");

    static MigrationBody of(Crossing crossing) {
        return new MigrationBody(
                crossing.transport(),
                crossing.keepCwmp(),
                (int) crossing.settle().toSeconds(),
                crossing.byNetwork());
    }

    private String transport() {
        String wanted = to == null ? "ws" : to;
        if (!TRANSPORTS.contains(wanted)) {
            throw new BadRequestException("to", "must be ws, mqtt or stomp: " + wanted);
        }
        return wanted;
    }

    /// @param longest that USP may have to hold
    public Crossing checked(Duration longest) {
        Duration wait = settle == null ? Limits.USUAL_SETTLE : Duration.ofSeconds(settle);
        if (wait.isNegative() || wait.compareTo(longest) > 0) {
            throw new BadRequestException("settle", "must be 0 to " + longest.toSeconds() + " seconds");
        }
        return new Crossing(transport(), Fields.flag(keepCwmp, false), wait, Fields.flag(byNetwork, false));
    }
}
