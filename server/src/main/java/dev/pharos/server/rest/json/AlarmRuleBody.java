// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.controller.alarm.AlarmCondition;
import dev.pharos.controller.alarm.AlarmRule;
import dev.pharos.controller.alarm.Severity;
import dev.pharos.controller.store.EventKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What somebody wants to be alarmed about: what a device is (`when`, for `forSeconds`), or events that come in numbers
/// (`atLeast`, within `withinSeconds`).
///
/// @param severity `warning`, `minor`, `major` or `critical`
/// @param query for the devices that it is about; all where it is left out
/// @param when a query that a device must meet
/// @param forSeconds for how long without a break, 0 to 604800; at once where it is left out
/// @param kinds of the events; all but alarms where it is left out
/// @param path what the events' path and name, one after the other, begin with
/// @param atLeast how many on one device, 1 to 10000
/// @param withinSeconds in which time, 60 to 86400; an hour where it is left out
/// @param percent of the devices that must be concerned, 1 to 100, for one alarm for all of them; one for each device
///     where it is left out
public record AlarmRuleBody(
        @Nullable String severity,
        @Nullable String query,
        @Nullable String when,
        @Nullable Integer forSeconds,
        @Nullable List<@Nullable String> kinds,
        @Nullable String path,
        @Nullable Integer atLeast,
        @Nullable Integer withinSeconds,
        @Nullable Integer percent) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}");
    private static final int TEXT = 2_000;
    private static final int LONGEST_WHILE = 604_800;
    private static final int SHORTEST_WINDOW = 60;
    private static final int LONGEST_WINDOW = 86_400;
    private static final int USUAL_WINDOW = 3_600;
    private static final int MOST_EVENTS = 10_000;

    /// Whether the queries are queries is for others to say.
    public AlarmRule checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new BadRequestException(
                    "name",
                    "must have 1 to 60 letters, digits, blanks, dots, dashes and underscores, a letter or digit first");
        }
        return new AlarmRule(
                name,
                checkedSeverity(),
                Fields.atMost("query", query, TEXT),
                condition(),
                percent == null ? Optional.empty() : Optional.of(Fields.within("percent", percent, 1, 100)));
    }

    private Severity checkedSeverity() {
        return Severity.of(severity == null ? "" : severity)
                .orElseThrow(() -> new BadRequestException(
                        "severity",
                        "must be one of "
                                + Arrays.stream(Severity.values())
                                        .map(Severity::text)
                                        .collect(Collectors.joining(", "))));
    }

    private AlarmCondition condition() {
        String holds = Fields.atMost("when", when, TEXT);
        if (holds.isBlank() == (atLeast == null)) {
            throw new BadRequestException("when", "must be said, or atLeast, and not both");
        }
        if (atLeast == null) {
            return new AlarmCondition.Holds(
                    holds,
                    Duration.ofSeconds(
                            Fields.within("forSeconds", forSeconds == null ? 0 : forSeconds, 0, LONGEST_WHILE)));
        }
        Set<EventKind> asked = Fields.kinds("kinds", kinds);
        if (asked.contains(EventKind.ALARM)) {
            throw new BadRequestException("kinds", "must not be alarm: alarms would cause alarms");
        }
        return new AlarmCondition.Happens(
                asked,
                Fields.atMost("path", path, TEXT),
                Fields.within("atLeast", atLeast, 1, MOST_EVENTS),
                Duration.ofSeconds(Fields.within(
                        "withinSeconds",
                        withinSeconds == null ? USUAL_WINDOW : withinSeconds,
                        SHORTEST_WINDOW,
                        LONGEST_WINDOW)));
    }
}
