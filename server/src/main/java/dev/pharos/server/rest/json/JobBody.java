// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.controller.job.Audience;
import dev.pharos.controller.job.JobPlan;
import dev.pharos.controller.job.JobWork;
import dev.pharos.controller.job.Limits;
import dev.pharos.controller.job.Pace;
import dev.pharos.controller.job.Persistence;
import dev.pharos.controller.job.ServiceWindow;
import dev.pharos.controller.job.Timing;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a job is to be.
///
/// @param name what the first step does where it is left out
/// @param query which devices, as of when the job starts; either this or `devices`
/// @param devices their Endpoint IDs
/// @param steps what is asked of each; either this, `firmware` or `module`
/// @param firmware the number of an image that each is to run
/// @param module what is done with a software module on each
/// @param concurrency devices at work at once
/// @param perMinute devices that begin within any minute, at most; no bound where it is left out
/// @param startAt not before; now where it is left out
/// @param deadline when devices that have not begun are given up; 30 days after the start where it is left out
/// @param retries how often a step is tried again
/// @param backoffSeconds until the first of them, doubled each time
/// @param repeatWhenUncertain whether a command, Add or Delete whose answer was lost is sent again
/// @param allowEmpty whether a query may mean no device
public record JobBody(
        @Nullable String name,
        @Nullable String query,
        @Nullable List<@Nullable String> devices,

        @Nullable List<@Nullable JobStepBody> steps,
        @Nullable Long firmware,
        @Nullable RolloutBody module,

        @Nullable Integer concurrency,
        @Nullable Integer perMinute,
        @Nullable String startAt,
        @Nullable String deadline,
        @Nullable JobWindow window,
        @Nullable Integer retries,
        @Nullable Integer backoffSeconds,
        @Nullable Boolean repeatWhenUncertain,
        @Nullable Boolean allowEmpty) {
    static final int NAME = 200;

    public JobPlan toPlan(Instant now) {
        JobWork work = work();
        return new JobPlan(
                checkedName(work),
                audience(query, devices, Fields.flag(allowEmpty, false)),
                work,
                pace(concurrency, perMinute),
                timing(now),
                persistence());
    }

    /// The same for these devices.
    public JobBody meaning(Audience audience) {
        return audience instanceof Audience.Matching(String other, boolean _)
                ? new JobBody(
                        name,
                        other,
                        devices,
                        steps,
                        firmware,
                        module,
                        concurrency,
                        perMinute,
                        startAt,
                        deadline,
                        window,
                        retries,
                        backoffSeconds,
                        repeatWhenUncertain,
                        allowEmpty)
                : this;
    }

    /// A job of one command on one device.
    public static JobBody of(String device, OperateBody command) {
        JobStepBody step = new JobStepBody(null, null, null, null, command, null);
        return new JobBody(
                null,
                null,
                List.of(device),
                List.of(step),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private JobWork work() {
        if (steps != null && (firmware != null || module != null)) {
            throw new BadRequestException("steps", "must be left out where \"firmware\" or \"module\" says what to do");
        }
        if (firmware != null && module != null) {
            throw new BadRequestException("firmware", "must be left out where \"module\" says what to do");
        }
        if (firmware != null) {
            return new JobWork.Upgrade(firmware, "firmware-" + UUID.randomUUID());
        }
        return module != null
                ? new JobWork.Deploy(0, module.checked(), "modules-" + UUID.randomUUID())
                : new JobWork.Script(JobStepBody.requests("steps", steps, Limits.STEPS));
    }

    private String checkedName(JobWork work) {
        String text = name == null || name.isBlank() ? StepText.of(work).getFirst() : name.strip();
        if (name != null && text.length() > NAME) {
            throw new BadRequestException("name", "must have at most " + NAME + " characters");
        }
        return text.length() > NAME ? text.substring(0, NAME - 1) + "…" : text;
    }

    /// @param query either this or `devices`
    static Audience audience(@Nullable String query, @Nullable List<@Nullable String> devices, boolean mayBeEmpty) {
        if ((query == null) == (devices == null)) {
            throw new BadRequestException("query", "must say which devices are meant, or else \"devices\" must");
        }
        if (query != null) {
            return new Audience.Matching(query.strip(), mayBeEmpty);
        }
        List<EndpointId> ids = new ArrayList<>();
        for (String id : Fields.items("devices", devices)) {
            try {
                ids.add(EndpointId.parse(id));
            } catch (MalformedInputException malformed) {
                throw new BadRequestException("devices[" + ids.size() + "]", malformed.detail());
            }
        }
        if (ids.size() > Limits.NAMED) {
            throw new BadRequestException(
                    "devices", "must be at most " + Limits.NAMED + "; tag them and use a query for more");
        }
        return new Audience.Named(ids);
    }

    static Pace pace(@Nullable Integer concurrency, @Nullable Integer perMinute) {
        return new Pace(
                number("concurrency", concurrency, Limits.DEFAULT_CONCURRENCY, 1, Limits.CONCURRENCY),
                number("perMinute", perMinute, 0, perMinute == null ? 0 : 1, Limits.PER_MINUTE));
    }

    private Persistence persistence() {
        int most = (int) Limits.LONGEST_BACKOFF.toSeconds();
        int otherwise = (int) Limits.DEFAULT_BACKOFF.toSeconds();
        return new Persistence(
                number("retries", retries, 0, 0, Limits.RETRIES),
                Duration.ofSeconds(number("backoffSeconds", backoffSeconds, otherwise, 1, most)),
                Fields.flag(repeatWhenUncertain, false));
    }

    private Timing timing(Instant now) {
        Instant asked = startAt == null ? now : time("startAt", startAt);
        Instant start = asked.isBefore(now) ? now : asked;
        if (start.isAfter(now.plus(Limits.LONGEST_PATIENCE))) {
            throw new BadRequestException("startAt", "must be within a year");
        }
        Instant end = deadline == null ? start.plus(Limits.DEFAULT_PATIENCE) : time("deadline", deadline);
        if (!end.isAfter(start) || end.isAfter(start.plus(Limits.LONGEST_PATIENCE))) {
            throw new BadRequestException("deadline", "must be after the start, and within a year of it");
        }
        if (window == null) {
            return new Timing(start, end, Optional.empty(), Optional.empty());
        }
        ServiceWindow hours = window.checked();
        Optional<ZoneId> zone = window.checkedZone();
        if (!opensAnywhere(hours, start, end)) {
            throw new BadRequestException("window", "never opens between the start and the deadline, " + end);
        }
        return new Timing(start, end, Optional.of(hours), zone);
    }

    /// By any clock on Earth.
    private static boolean opensAnywhere(ServiceWindow hours, Instant start, Instant end) {
        for (int offset = -12; offset <= 14; offset++) {
            Optional<Instant> opening =
                    hours.opening(start, ZoneOffset.ofHours(offset).getRules());
            if (opening.filter(at -> at.isBefore(end)).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static Instant time(String field, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException wrong) {
            throw new BadRequestException(
                    field, "must be a time with its zone, such as 2026-01-31T01:00:00Z or 2026-01-31T01:00:00+01:00");
        }
    }

    static int number(String field, @Nullable Integer value, int otherwise, int least, int most) {
        int number = value == null ? otherwise : value;
        if (number < least || number > most) {
            throw new BadRequestException(field, "must be " + least + " to " + most);
        }
        return number;
    }
}
