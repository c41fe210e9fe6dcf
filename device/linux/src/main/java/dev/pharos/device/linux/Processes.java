// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The processes of the host. Their arguments stay unseen, since people put passwords there.
final class Processes {
    /// The kernel counts processor time in hundredths of a second, on every architecture.
    private static final long MILLIS_PER_TICK = 10;

    private static final int STATE = 0;
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;
    private static final int PRIORITY = 15;
    private static final int VIRTUAL_SIZE = 20;
    private static final long LOWEST_PRIORITY = 99;

    private final HostFiles files;
    private final Recent<Optional<Stat>> recent = new Recent<>(this::stat);
    /// The commands of processes that were there at the last survey and the one before.
    private Map<Long, Known> known = Map.of();

    private int surveys;

    /// @param settled whether it was the same at two surveys: a process that is new may still become another program
    private record Known(String command, boolean settled) {}

    Processes(HostFiles files) {
        this.files = files;
    }

    /// What `/proc/<pid>/stat` says.
    ///
    /// @param fields those behind the name, from the state on
    record Stat(String command, List<String> fields) {
        long number(int field) {
            return field < fields.size() ? HostFiles.parse(fields.get(field)).orElse(0) : 0;
        }
    }

    /// The processes with the lowest ids, as rows. A process that had its command at two surveys is not read again
    /// before
    /// [Limits#WHOLE_SURVEY], since an idle host has hundreds of them that never change.
    List<RowSync.Wanted> rows() {
        boolean whole = surveys++ % Limits.WHOLE_SURVEY == 0;
        Map<Long, Known> now = new HashMap<>();
        List<Long> ids = new ArrayList<>();
        for (String name : files.names("/proc", "[0-9]*", Integer.MAX_VALUE)) {
            HostFiles.parse(name).ifPresent(ids::add);
        }
        ids.sort(Comparator.naturalOrder());
        List<RowSync.Wanted> rows = new ArrayList<>();
        for (long id : ids) {
            if (rows.size() == Limits.PROCESSES) {
                break;
            }
            Known before = known.get(id);
            Optional<String> command = !whole && before != null && before.settled()
                    ? Optional.of(before.command())
                    : stat(Long.toString(id)).map(Stat::command);
            command.ifPresent(name -> {
                now.put(id, new Known(name, before != null && before.command().equals(name)));
                rows.add(new RowSync.Wanted(Map.of("PID", Long.toString(id)), Map.of("Command", name)));
            });
        }
        known = now;
        return rows;
    }

    /// A live parameter of a process, at most [Limits#RECENT] old; one that ended meanwhile uses nothing any more.
    String read(String id, String parameter) {
        Optional<Stat> stat = recent.get(id);
        return switch (parameter) {
            case "Size" ->
                Unsigned.saturated(stat.map(s -> s.number(VIRTUAL_SIZE) >> 10).orElse(0L));
            case "Priority" ->
                Long.toString(Math.clamp(stat.map(s -> s.number(PRIORITY)).orElse(0L), 0L, LOWEST_PRIORITY));
            case "CPUTime" ->
                Unsigned.saturated(stat.map(s -> (s.number(USER_TIME) + s.number(SYSTEM_TIME)) * MILLIS_PER_TICK)
                        .orElse(0L));
            case "State" -> stat.map(s -> state(s.fields().get(STATE))).orElse("Zombie");
            default -> throw new IllegalArgumentException(parameter);
        };
    }

    private Optional<Stat> stat(String id) {
        return files.text("/proc/" + id + "/stat").flatMap(Processes::parse);
    }

    /// The name stands in parentheses and may hold any character, parentheses too.
    static Optional<Stat> parse(String line) {
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        if (open < 0 || close < open || close + 2 >= line.length()) {
            return Optional.empty();
        }
        return Optional.of(new Stat(
                line.substring(open + 1, close),
                List.of(line.substring(close + 2).strip().split(" "))));
    }

    private static String state(String letter) {
        return switch (letter) {
            case "R" -> "Running";
            case "D" -> "Uninterruptible";
            case "T", "t" -> "Stopped";
            case "I" -> "Idle";
            case "Z", "X", "x" -> "Zombie";
            default -> "Sleeping";
        };
    }
}
