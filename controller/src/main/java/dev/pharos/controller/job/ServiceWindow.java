// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Hours in which devices may be disturbed, by their own clocks: `01:00-05:00`.
///
/// @param from inclusive
/// @param to exclusive; before `from` where it is on the next day
/// @param days on which it begins
public record ServiceWindow(LocalTime from, LocalTime to, Set<DayOfWeek> days) {
    /// A window of one day in the week may fall into the hour that clocks leave out, and be in a week only.
    private static final int DAYS_AHEAD = 15;

    public ServiceWindow {
        days = days.isEmpty() ? Set.of() : Set.copyOf(days);
        if (from.equals(to) || days.isEmpty()) {
            throw new IllegalArgumentException("a window has a beginning, another end, and a day");
        }
    }

    public static ServiceWindow daily(LocalTime from, LocalTime to) {
        return new ServiceWindow(from, to, EnumSet.allOf(DayOfWeek.class));
    }

    /// Whether it is open by a clock that shows this.
    public boolean isOpen(LocalDateTime local) {
        LocalTime time = local.toLocalTime();
        DayOfWeek day = local.getDayOfWeek();
        if (from.isBefore(to)) {
            return !time.isBefore(from) && time.isBefore(to) && days.contains(day);
        }
        return time.isBefore(to) ? days.contains(day.minus(1)) : !time.isBefore(from) && days.contains(day);
    }

    /// When it is open the next time, which may be `at`.
    ///
    /// @param zone of the device's clock
    /// @return empty where it never is
    public Optional<Instant> opening(Instant at, ZoneRules zone) {
        if (isOpen(local(at, zone))) {
            return Optional.of(at);
        }
        List<Instant> possible = new ArrayList<>();
        LocalDate today = local(at, zone).toLocalDate();
        for (int day = -1; day <= DAYS_AHEAD; day++) {
            begins(today.plusDays(day).atTime(from), zone, possible);
        }
        Instant end = at.atOffset(ZoneOffset.UTC).plusDays(DAYS_AHEAD).toInstant();
        ZoneOffsetTransition change = zone.nextTransition(at);
        while (change != null && change.getInstant().isBefore(end)) {
            possible.add(change.getInstant());
            change = zone.nextTransition(change.getInstant());
        }
        return possible.stream()
                .filter(each -> each.isAfter(at) && isOpen(local(each, zone)))
                .min(Instant::compareTo);
    }

    /// When it closes that is open at `at`.
    ///
    /// @param zone of the device's clock
    /// @return empty where it is not open, or does not close
    public Optional<Instant> closing(Instant at, ZoneRules zone) {
        if (!isOpen(local(at, zone))) {
            return Optional.empty();
        }
        List<Instant> possible = new ArrayList<>();
        LocalDate today = local(at, zone).toLocalDate();
        for (int day = 0; day <= 2; day++) {
            begins(today.plusDays(day).atTime(to), zone, possible);
        }
        ZoneOffsetTransition change = zone.nextTransition(at);
        if (change != null) {
            possible.add(change.getInstant());
        }
        return possible.stream()
                .filter(each -> each.isAfter(at) && !isOpen(local(each, zone)))
                .min(Instant::compareTo);
    }

    private static void begins(LocalDateTime local, ZoneRules zone, List<Instant> possible) {
        for (ZoneOffset offset : zone.getValidOffsets(local)) {
            possible.add(local.toInstant(offset));
        }
    }

    private static LocalDateTime local(Instant at, ZoneRules zone) {
        return LocalDateTime.ofInstant(at, zone.getOffset(at));
    }

    @Override
    public String toString() {
        String hours = from + "-" + to;
        return days.size() == DayOfWeek.values().length
                ? hours
                : hours + " on "
                        + EnumSet.copyOf(days).stream()
                                .map(day -> day.name().charAt(0)
                                        + day.name().substring(1, 3).toLowerCase(java.util.Locale.ROOT))
                                .collect(Collectors.joining(", "));
    }
}
