// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.swap.SwapPlan;
import dev.pharos.controller.swap.SwapPlan.Action;
import dev.pharos.server.swap.SwapDesk.Begun;
import dev.pharos.server.swap.SwapDesk.Planned;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a new router gets of the one whose place it takes, setting by setting.
///
/// @param detail as one sentence
/// @param tags that the new router gets
/// @param attributes the names of those that it gets
/// @param job that sets it; not there in a plan, nor where nothing is to be set
/// @param recorded whether tags and attributes went over, and the old router is retired
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SwapView(
        Side from,
        Side to,
        String detail,
        Counts counts,
        List<Line> settings,
        List<String> tags,
        List<String> attributes,
        @Nullable Long job,
        boolean recorded) {

    /// @param lastSeen how old what is known of it may be
    @Schema(name = "SwapSide")
    public record Side(
            String id,
            String manufacturer,
            String modelName,
            String serialNumber,
            String transport,
            boolean online,
            Instant lastSeen) {
        static Side of(DeviceRecord device) {
            return new Side(
                    device.id().toString(),
                    device.identity().manufacturer(),
                    device.identity().modelName(),
                    device.identity().serialNumber(),
                    device.transport(),
                    device.online(),
                    device.lastSeen());
        }
    }

    @Schema(name = "SwapCounts")
    public record Counts(long set, long same, long cannot) {}

    /// @param id the same for the same setting of any two routers
    /// @param name in plain words
    /// @param now what the new router has; not there where it has nothing in that place
    /// @param action `set`, `same` or `cannot`
    /// @param why it is done so, or cannot be; empty where there is nothing to say
    /// @param secret whether no value of it is shown
    @Schema(name = "SwapSetting")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Line(
            String id, String name, Column old, @Nullable Column now, String action, String why, boolean secret) {}

    /// @param time when it was learnt; not there where it is a secret
    @Schema(name = "SwapValue")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Column(
            String path, String value, @Nullable Instant time) {
        static Column of(SwapPlan.Column column) {
            return new Column(column.path(), column.value(), column.time().orElse(null));
        }
    }

    public static SwapView of(Planned planned) {
        return view(planned, null, false);
    }

    public static SwapView of(Begun begun) {
        return view(begun.planned(), begun.job().map(job -> job.id()).orElse(null), begun.recorded());
    }

    private static SwapView view(Planned planned, @Nullable Long job, boolean recorded) {
        SwapPlan plan = planned.plan();
        return new SwapView(
                Side.of(planned.old()),
                Side.of(planned.now()),
                plan.sentence(),
                new Counts(plan.count(Action.SET), plan.count(Action.SAME), plan.count(Action.CANNOT)),
                plan.lines().stream()
                        .map(line -> new Line(
                                line.id(),
                                line.name(),
                                Column.of(line.old()),
                                line.now().map(Column::of).orElse(null),
                                line.action().text(),
                                line.why(),
                                line.secret()))
                        .toList(),
                planned.tags(),
                planned.attributes(),
                job,
                recorded);
    }
}
