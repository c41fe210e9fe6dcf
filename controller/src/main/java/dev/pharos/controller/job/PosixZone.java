// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneRules;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the time zones of devices, which `Device.Time.LocalTimeZone` has as POSIX writes them:
/// `CET-1CEST,M3.5.0,M10.5.0/3`.
public final class PosixZone {
    private static final int LONGEST = 256;
    private static final String NAME = "(?:[A-Za-z]{3,10}|<[A-Za-z0-9+-]{3,10}>)";
    private static final String TIME = "([+-]?\\d{1,3}(?::\\d{2}){0,2})";
    private static final Pattern ZONE = Pattern.compile(
            NAME + TIME + "(?:" + NAME + TIME + "?(?:,([^,/]+)(?:/" + TIME + ")?,([^,/]+)(?:/" + TIME + ")?)?)?");
    private static final Pattern WEEKDAY = Pattern.compile("M(\\d{1,2})\\.([1-5])\\.([0-6])");
    private static final Pattern DATE = Pattern.compile("J(\\d{1,3})");
    private static final int HOUR = 3_600;
    private static final int DAY = 24 * HOUR;

    /// A year before any of which is asked, from which on the rules hold.
    private static final int FIRST_YEAR = 1970;

    /// Without a leap day, which `J` does not count.
    private static final int ORDINARY_YEAR = 2023;

    private PosixZone() {}

    /// @return empty where it is none, or changes at times that are not of that day, which only few do
    public static Optional<ZoneRules> parse(String text) {
        Matcher zone = text.length() > LONGEST ? ZONE.matcher("") : ZONE.matcher(text.strip());
        if (!zone.matches()) {
            return Optional.empty();
        }
        try {
            ZoneOffset standard = west(zone.group(1));
            if (!text.strip().substring(zone.end(1)).isEmpty()) {
                return Optional.of(changing(zone, standard));
            }
            return Optional.of(ZoneRules.of(standard));
        } catch (DateTimeException outOfBounds) {
            return Optional.empty();
        }
    }

    private static ZoneRules changing(Matcher zone, ZoneOffset standard) {
        String own = zone.group(2);
        ZoneOffset summer = own == null ? ZoneOffset.ofTotalSeconds(standard.getTotalSeconds() + HOUR) : west(own);
        // where it does not say, POSIX means the days of the United States
        boolean silent = zone.group(3) == null;
        ZoneOffsetTransitionRule begin =
                new Change(standard, standard, summer).rule(silent ? "M3.2.0" : zone.group(3), zone.group(4));
        ZoneOffsetTransitionRule end =
                new Change(standard, summer, standard).rule(silent ? "M11.1.0" : zone.group(5), zone.group(6));
        List<ZoneOffsetTransitionRule> rules = List.of(begin, end).stream()
                .sorted(Comparator.comparing(rule -> rule.createTransition(FIRST_YEAR)))
                .toList();
        List<ZoneOffsetTransition> first =
                rules.stream().map(rule -> rule.createTransition(FIRST_YEAR)).toList();
        return ZoneRules.of(standard, first.getFirst().getOffsetBefore(), List.of(), first, rules);
    }

    private record Change(ZoneOffset standard, ZoneOffset before, ZoneOffset after) {
        ZoneOffsetTransitionRule rule(String day, @org.jspecify.annotations.Nullable String time) {
            int seconds = time == null ? 2 * HOUR : seconds(time);
            if (seconds < 0 || seconds > DAY) {
                throw new DateTimeException("not a time of that day");
            }
            Matcher weekday = WEEKDAY.matcher(day);
            Matcher date = DATE.matcher(day);
            if (weekday.matches()) {
                int week = Integer.parseInt(weekday.group(2));
                int of = Integer.parseInt(weekday.group(3));
                return rule(
                        Month.of(Integer.parseInt(weekday.group(1))),
                        week == 5 ? -1 : 7 * week - 6,
                        of == 0 ? DayOfWeek.SUNDAY : DayOfWeek.of(of),
                        seconds);
            }
            if (date.matches()) {
                LocalDate of = LocalDate.ofYearDay(ORDINARY_YEAR, Integer.parseInt(date.group(1)));
                return rule(of.getMonth(), of.getDayOfMonth(), null, seconds);
            }
            throw new DateTimeException("not a day that Java's rules can have");
        }

        private ZoneOffsetTransitionRule rule(
                Month month, int day, @org.jspecify.annotations.Nullable DayOfWeek weekday, int seconds) {
            boolean endOfDay = seconds == DAY;
            return ZoneOffsetTransitionRule.of(
                    month,
                    day,
                    weekday,
                    endOfDay ? LocalTime.MIDNIGHT : LocalTime.ofSecondOfDay(seconds),
                    endOfDay,
                    ZoneOffsetTransitionRule.TimeDefinition.WALL,
                    standard,
                    before,
                    after);
        }
    }

    /// POSIX counts to the west.
    private static ZoneOffset west(String time) {
        return ZoneOffset.ofTotalSeconds(-seconds(time));
    }

    private static int seconds(String time) {
        boolean negative = time.startsWith("-");
        int seconds = 0;
        int unit = HOUR;
        for (String part : (time.matches("[+-].*") ? time.substring(1) : time).split(":")) {
            seconds += Integer.parseInt(part) * unit;
            unit /= 60;
        }
        return negative ? -seconds : seconds;
    }
}
