// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.store.TwinValue;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/// Keeps what parameters were, of those that somebody asked to keep, in the transaction that writes them into the
/// twins: a value that was acknowledged is in both.
final class SeriesWriter {
    /// Numbers count in their five minutes as well, once for each time.
    private static final String KEEP = """
            , added as (
                insert into series (device_no, path_no, time, number, text)
                select no, path_no, time, case when numeric then value::numeric end, case when numeric then null else value end
                from told where kept order by no, path_no, time
                on conflict do nothing
                returning device_no, path_no, time, number
            )
            insert into series_rolled (device_no, path_no, time, low, high, total, count)
            select device_no, path_no, date_bin('5 minutes', time, timestamptz 'epoch') as begin,
                min(number), max(number), sum(number), count(*)
            from added where number is not null group by device_no, path_no, begin order by device_no, path_no, begin
            on conflict (device_no, path_no, time) do update set
                low = least(series_rolled.low, excluded.low), high = greatest(series_rolled.high, excluded.high),
                total = series_rolled.total + excluded.total, count = series_rolled.count + excluded.count
            """;

    /// The devices, locked, and what a row says; what is still to come says which of it is kept.
    private static final String TOLD = """
            with devices_told as (
                select d.no, w.place from unnest(:devices) with ordinality as w (id, place) join devices d on d.id = w.id
                order by d.no for key share of d
            ), told as (
                select d.no, u.path_no, timestamptz 'epoch' + u.time * interval '1 microsecond' as time,
                    left(u.value, :longest) as value, u.number = 1 as numeric,
            """;

    /// Each value of a report is kept, changed or not.
    private static final String REPORTED = TOLD + """
                    true as kept
                from devices_told d join unnest(:places, :numbers, :times, :values, :numeric)
                    as u (place, path_no, time, value, number) on u.place = d.place
            )
            """ + KEEP;

    /// What a report says is kept each time, anything else where it is another value than before: the one before it
    /// here, else that of the twin.
    private static final String MIXED = TOLD + """
                    u.report = 1 or coalesce(lag(u.value) over (partition by d.no, u.path_no order by u.at),
                        (select t.parameters -> u.name ->> 0 from twin t
                            where t.device_no = d.no and t.object_path = u.object)) is distinct from u.value as kept
                from devices_told d
                    join unnest(:places, :numbers, :times, :values, :numeric, :objects, :names, :reports) with ordinality
                        as u (place, path_no, time, value, number, object, name, report, at) on u.place = d.place
            )
            """ + KEEP;

    private final Database database;
    private final KeptParameters parameters;
    private final SeriesKeeping keeping;
    private final TimePartitions samples = TimePartitions.ofSamples();
    private final TimePartitions rolled = TimePartitions.ofRolledSamples();

    /// The numbers of paths, of those that a committed transaction saw.
    private final Map<String, Long> known = new ConcurrentHashMap<>();

    SeriesWriter(Database database, SeriesStore series) {
        this.database = database;
        this.parameters = new KeptParameters(series);
        this.keeping = series.keeping();
    }

    /// Does `work` in one transaction with keeping those of the values that are to be kept; by itself where none is.
    <T> T with(Map<EndpointId, ? extends Collection<TwinValue>> values, Database.Work<T> work) {
        Map<EndpointId, List<TwinValue>> kept = kept(values);
        if (kept.isEmpty()) {
            return database.with(work);
        }
        return database.inTransaction(handle -> {
            write(handle, kept);
            return work.on(handle);
        });
    }

    private Map<EndpointId, List<TwinValue>> kept(Map<EndpointId, ? extends Collection<TwinValue>> values) {
        Instant oldest = Instant.now().minus(keeping.samples());
        Map<EndpointId, List<TwinValue>> kept = new LinkedHashMap<>();
        values.forEach((device, told) -> {
            List<TwinValue> some = told.stream()
                    .filter(parameters::has)
                    .filter(value -> value.time().isAfter(oldest))
                    .toList();
            if (!some.isEmpty()) {
                kept.put(device, some);
            }
        });
        return kept;
    }

    private void write(Handle handle, Map<EndpointId, List<TwinValue>> values) {
        Map<String, Long> numbers = numbers(handle, values);
        SeriesRows rows = new SeriesRows();
        values.forEach((device, some) -> {
            rows.of(device);
            for (TwinValue value : some) {
                Long number = numbers.get(value.path());
                if (number != null) {
                    rows.add(number, value);
                }
            }
        });
        for (Instant time : rows.times()) {
            samples.ensure(handle, time);
            rolled.ensure(handle, time);
        }
        if (!rows.isEmpty()) {
            Update update =
                    handle.createUpdate(rows.onlyReported() ? REPORTED : MIXED).bind("longest", Limits.SAMPLE_TEXT);
            rows.bind(update).execute();
        }
    }

    /// By path; without those for which there is no room, since a device may make up as many as it likes.
    private Map<String, Long> numbers(Handle handle, Map<EndpointId, List<TwinValue>> values) {
        Map<String, Long> numbers = new HashMap<>();
        Set<String> unknown = new HashSet<>();
        values.values()
                .forEach(some -> some.forEach(value -> {
                    Long number = known.get(value.path());
                    if (number == null) {
                        unknown.add(value.path());
                    } else {
                        numbers.put(value.path(), number);
                    }
                }));
        if (!unknown.isEmpty()) {
            Map<String, Long> found = learn(handle, List.copyOf(new TreeSet<>(unknown)));
            numbers.putAll(found);
            handle.afterCommit(() -> known.putAll(found));
        }
        return numbers;
    }

    private static Map<String, Long> learn(Handle handle, List<String> paths) {
        handle.createUpdate("insert into series_paths (path) select p from unnest(:paths) as u (p)"
                        + " where (select count(*) from series_paths) < :most"
                        + " and not exists (select 1 from series_paths where path = p) order by p"
                        + " on conflict (path) do nothing")
                .bindArray("paths", String.class, paths)
                .bind("most", Limits.SERIES_PATHS)
                .execute();
        Map<String, Long> found = new HashMap<>();
        handle.createQuery("select path, no from series_paths where path = any (:paths)")
                .bindArray("paths", String.class, paths)
                .map((rows, context) -> Map.entry(rows.getString("path"), rows.getLong("no")))
                .forEach(each -> found.put(each.getKey(), each.getValue()));
        return found;
    }
}
