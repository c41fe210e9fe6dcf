// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.controller.policy.Secrets;
import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.KeptSeries;
import dev.pharos.server.rest.json.KeptSeries.KeptParameter;
import dev.pharos.server.rest.json.Series;
import dev.pharos.server.rest.json.Series.SeriesPoint;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.SeriesStore;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// What parameters were over time, and of which that is kept.
@RestController
@Tag(name = "devices")
@Needs(Right.FLEET)
public final class SeriesController {
    private static final String KEPT = "/api/v1/series";
    private static final int ROLLED = Math.toIntExact(SeriesStore.ROLLED.toSeconds());

    private final UspController controller;
    private final SeriesStore series;
    private final Audit audit;
    private final Clock clock;

    public SeriesController(UspController controller, SeriesStore series, Audit audit, Clock clock) {
        this.controller = controller;
        this.series = series;
        this.audit = audit;
        this.clock = clock;
    }

    @Needs(Right.LOOK)
    @Reaches(Reach.NONE)
    @GetMapping(KEPT)
    @Operation(operationId = "listKeptSeries", summary = "The parameters of which every device's values are kept")
    KeptSeries kept() {
        return new KeptSeries(series.kept().stream().map(KeptParameter::of).toList());
    }

    @PutMapping(KEPT + "/{path}")
    @Operation(operationId = "keepSeries", summary = "Keep the values of a parameter of every device from now on")
    KeptParameter keep(@PathVariable String path, Principal user) {
        ParameterPattern meant = pattern(path);
        if (Secrets.isSecret((meant.object() + meant.parameter()).replace("*", "1"))) {
            throw new BadRequestException("path", "is a secret, of which no value is kept");
        }
        SeriesStore.Kept wanted = new SeriesStore.Kept(path, clock.instant(), user.getName());
        if (!series.keep(wanted)) {
            throw new ApiException(
                    409, "Too many parameters", "As many parameters are kept as may be; forget one first.");
        }
        audit.record(user, "keep series", path, "");
        return series.kept().stream()
                .filter(kept -> kept.pattern().equals(path))
                .map(KeptParameter::of)
                .findFirst()
                .orElseGet(() -> KeptParameter.of(wanted));
    }

    @DeleteMapping(KEPT + "/{path}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "forgetSeries",
            summary = "Keep the values of a parameter no longer; those that are there stay until they are old")
    void forget(@PathVariable String path, Principal user) {
        if (!series.forget(path)) {
            throw new ApiException(404, "Not kept", path + " is not kept.");
        }
        audit.record(user, "forget series", path, "");
    }

    /// @param path of one parameter, with instance numbers
    /// @param from an instant; a day before `to` where it is left out
    /// @param to an instant; now where it is left out
    /// @param step seconds: 0 for values as they were told, else a multiple of 300; where it is left out, as fits
    @Needs(Right.LOOK)
    @Reaches(Reach.DEVICE)
    @GetMapping("/api/v1/devices/{id}/series")
    @Operation(operationId = "deviceSeries", summary = "What a parameter of the device was, as far as it is kept")
    Series series(
            @PathVariable EndpointId id,
            @RequestParam String path,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable Integer step) {
        if (!pattern(path).single()) {
            throw new BadRequestException("path", "must name one parameter: instance numbers in place of *");
        }
        if (controller.device(id).isEmpty()) {
            throw ApiException.unknownDevice(id.toString());
        }
        Instant now = clock.instant();
        Instant end = to == null ? now : to;
        Instant begin = from == null ? end.minus(Limits.SERIES_SPAN) : from;
        if (end.isAfter(now.plus(Limits.SERIES_SPAN))) {
            throw new BadRequestException("to", "must not be in the future");
        }
        if (!begin.isBefore(end)) {
            throw new BadRequestException("from", "must be before to");
        }
        if (begin.isBefore(Instant.EPOCH) || begin.isBefore(end.minus(Limits.SERIES_LONGEST))) {
            throw new BadRequestException(
                    "from", "must be at most " + Limits.SERIES_LONGEST.toDays() + " days before to");
        }
        if (step == null) {
            return fitting(
                    id,
                    path,
                    begin,
                    end,
                    begin.isAfter(now.minus(series.keeping().samples())));
        }
        return step == 0
                ? told(id, path, begin, end, Limits.SERIES_POINTS)
                : stepped(id, path, begin, end, checked(step, begin, end));
    }

    /// Values as they were told, or, where they are too many to be looked at or partly past their keeping, steps.
    private Series fitting(EndpointId id, String path, Instant from, Instant to, boolean whole) {
        Series told = told(id, path, from, to, Limits.SERIES_SHOWN);
        if (whole && !told.more()) {
            return told;
        }
        long seconds = Duration.between(from, to).toSeconds();
        Series stepped = stepped(id, path, from, to, Math.toIntExact(least(seconds, Limits.SERIES_SHOWN)));
        // no number was among them
        return stepped.points().isEmpty() ? told : stepped;
    }

    private Series told(EndpointId id, String path, Instant from, Instant to, int most) {
        List<SeriesPoint> points = series.samples(id, path, from, to, most + 1).stream()
                .map(SeriesPoint::of)
                .toList();
        boolean more = points.size() > most;
        return new Series(path, isKept(path), from, to, 0, more ? points.subList(1, points.size()) : points, more);
    }

    private static int checked(int step, Instant from, Instant to) {
        long seconds = Duration.between(from, to).toSeconds();
        if (step < 0 || step % ROLLED != 0) {
            throw new BadRequestException("step", "must be 0 or a multiple of " + ROLLED + " seconds");
        }
        if (seconds / step > Limits.SERIES_POINTS) {
            throw new BadRequestException(
                    "step",
                    "must be " + least(seconds, Limits.SERIES_POINTS)
                            + " seconds or more for this span, of which at most " + Limits.SERIES_POINTS
                            + " points are shown");
        }
        return step;
    }

    private Series stepped(EndpointId id, String path, Instant from, Instant to, int step) {
        List<SeriesPoint> points = series.rolled(id, path, from, to, Duration.ofSeconds(step)).stream()
                .map(SeriesPoint::of)
                .toList();
        return new Series(path, isKept(path), from, to, step, points, false);
    }

    /// The least step that makes so many points of a span.
    private static long least(long seconds, int points) {
        long steps = Math.ceilDiv(seconds, (long) points * ROLLED);
        return Math.max(1, steps) * ROLLED;
    }

    private boolean isKept(String path) {
        int dot = path.lastIndexOf('.') + 1;
        return series.kept().stream()
                .flatMap(kept -> ParameterPattern.of(kept.pattern()).stream())
                .anyMatch(meant -> meant.parameter().equals(path.substring(dot))
                        && path.substring(0, dot).matches(meant.expression()));
    }

    private static ParameterPattern pattern(String path) {
        return ParameterPattern.of(path)
                .orElseThrow(() -> new BadRequestException(
                        "path", "must be the path of a parameter, such as Device.WiFi.Radio.1.Channel"));
    }
}
