// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.controller.job.ServiceWindow;
import dev.pharos.controller.job.Timing;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Hours in which a job may begin with a device, by the device's clock.
///
/// @param from `01:00`, inclusive
/// @param to `05:00`, exclusive; on the next day where it comes before `from`
/// @param days on which it begins, `mon` to `sun`; every day where they are left out
/// @param zone of devices that do not say theirs, `Europe/Berlin`; the server's where it is left out
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobWindow(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String from,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String to,

        @Nullable List<@Nullable String> days,
        @Nullable String zone) {

    static @Nullable JobWindow of(Timing timing) {
        return timing.window()
                .map(window -> new JobWindow(
                        window.from().toString(),
                        window.to().toString(),
                        window.days().stream().sorted().map(JobWindow::word).toList(),
                        timing.zone().map(ZoneId::getId).orElse(null)))
                .orElse(null);
    }

    private static String word(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    ServiceWindow checked() {
        LocalTime begin = time("window.from", from);
        LocalTime end = time("window.to", to);
        if (begin.equals(end)) {
            throw new BadRequestException("window", "never opens: it ends when it begins");
        }
        EnumSet<DayOfWeek> on = EnumSet.noneOf(DayOfWeek.class);
        for (String day : Fields.itemsOrNone("window.days", days)) {
            on.add(day(day));
        }
        if (days != null && on.isEmpty()) {
            throw new BadRequestException("window.days", "has no day, so that the window never opens");
        }
        return new ServiceWindow(begin, end, on.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : on);
    }

    Optional<ZoneId> checkedZone() {
        try {
            return Optional.ofNullable(zone).map(ZoneId::of);
        } catch (DateTimeException unknown) {
            throw new BadRequestException("window.zone", "is no time zone; it looks like Europe/Berlin");
        }
    }

    private static LocalTime time(String field, @Nullable String text) {
        try {
            return LocalTime.parse(Fields.text(field, text));
        } catch (DateTimeParseException wrong) {
            throw new BadRequestException(field, "must be a time of day, such as 01:00");
        }
    }

    private static DayOfWeek day(String text) {
        return Arrays.stream(DayOfWeek.values())
                .filter(each -> word(each).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () -> new BadRequestException("window.days", "must be of mon, tue, wed, thu, fri, sat, sun"));
    }
}
