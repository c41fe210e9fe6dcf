// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.store.TwinValue;
import dev.pharos.usp.EndpointId;
import java.sql.SQLException;
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

/// Keeps what parameters were, of those that somebody asked to keep, in the transaction that writes them into the
/// twins: a value that was acknowledged is in both. Which five minutes they are in is noted beside them, for
/// [SeriesStore#roll] to count them there later.
final class SeriesWriter {
    /// The devices that are there, locked, so that none of them goes meanwhile.
    private static final String DEVICES = "select id, no from devices where id = any (:ids) order by no for key share";

    private static final String COPY =
            "copy series (device_no, path_no, time, number, text) from stdin (format binary)";

    /// Written also where it changes nothing: whoever counts them waits so for this transaction.
    private static final String NOTED = """
            on conflict (device_no, time) do update set paths =
                case when series_unrolled.paths = excluded.paths then series_unrolled.paths
                else array(select distinct p from unnest(series_unrolled.paths || excluded.paths) as j (p) order by p) end
            """;

    private static final String NOTE = """
            insert into series_unrolled (device_no, time, paths)
            select device_no, timestamptz 'epoch' + time * interval '1 microsecond', paths::integer[]
            from unnest(:devices, :times, :paths) as u (device_no, time, paths) order by device_no, time
            """ + NOTED;

    /// What a report says is kept each time, anything else where it is another value than before: the one before it
    /// here, else that of the twin.
    private static final String KEEP = """
            with told as (
                select u.device_no, u.path_no, timestamptz 'epoch' + u.time * interval '1 microsecond' as time,
                    left(u.value, :longest) as value, u.number = 1 as numeric,
                    u.report = 1 or coalesce(lag(u.value) over (partition by u.device_no, u.path_no order by u.at),
                        (select t.parameters -> u.name ->> 0 from twin t
                            where t.device_no = u.device_no and t.object_path = u.object))
                        is distinct from u.value as kept
                from unnest(:devices, :numbers, :times, :values, :numeric, :objects, :names, :reports) with ordinality
                        as u (device_no, path_no, time, value, number, object, name, report, at)
            ), added as (
                insert into series (device_no, path_no, time, number, text)
                select device_no, path_no, time, case when numeric then value::numeric end,
                    case when numeric then null else value end
                from told where kept order by device_no, path_no, time
                on conflict do nothing
                returning device_no, path_no, time, number
            )
            insert into series_unrolled (device_no, time, paths)
            select device_no, date_bin('5 minutes', time, timestamptz 'epoch') as begin,
                array_agg(distinct path_no order by path_no)
            from added where number is not null group by device_no, begin order by device_no, begin
            """ + NOTED;

    private final Database database;
    private final KeptParameters parameters;
    private final SeriesKeeping keeping;
    private final TimePartitions samples = TimePartitions.ofSamples();

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
        try {
            return database.inTransaction(handle -> {
                write(handle, kept, true);
                return work.on(handle);
            });
        } catch (RepeatedException repeated) {
            return database.inTransaction(handle -> {
                write(handle, kept, false);
                return work.on(handle);
            });
        }
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

    /// @param fresh whether what is reported may be taken for new, which it hardly ever is not
    /// @throws RepeatedException where it is not, which COPY cannot leave out
    private void write(Handle handle, Map<EndpointId, List<TwinValue>> values, boolean fresh) {
        Map<String, Long> numbers = numbers(handle, values);
        SeriesRows rows = new SeriesRows();
        devices(handle, values.keySet()).forEach((device, deviceNo) -> {
            for (TwinValue value : values.getOrDefault(device, List.of())) {
                Long number = numbers.get(value.path());
                if (number != null) {
                    rows.add(deviceNo, number, value);
                }
            }
        });
        if (rows.isEmpty()) {
            return;
        }
        for (Instant time : rows.times()) {
            samples.ensure(handle, time);
        }
        if (fresh && rows.onlyReported()) {
            copy(handle, rows.inOrder());
        } else {
            rows.bind(handle.createUpdate(KEEP).bind("longest", Limits.SAMPLE_TEXT))
                    .execute();
        }
    }

    private static Map<EndpointId, Long> devices(Handle handle, Set<EndpointId> ids) {
        Map<EndpointId, Long> devices = new LinkedHashMap<>();
        handle.createQuery(DEVICES)
                .bindArray(
                        "ids",
                        String.class,
                        ids.stream().map(EndpointId::toString).toList())
                .map((rows, context) -> Map.entry(EndpointId.of(rows.getString(1)), rows.getLong(2)))
                .forEach(each -> devices.put(each.getKey(), each.getValue()));
        return devices;
    }

    private static void copy(Handle handle, List<SeriesRows.Row> samples) {
        try (BinaryRows rows = new BinaryRows(handle.getConnection(), COPY)) {
            for (SeriesRows.Row sample : samples) {
                sample.write(rows);
            }
            rows.end();
        } catch (SQLException refused) {
            if (RepeatedException.isWhy(refused)) {
                throw new RepeatedException();
            }
            throw Database.storeException(refused);
        }
        SeriesNotes notes = SeriesNotes.of(samples);
        if (!notes.isEmpty()) {
            notes.bind(handle.createUpdate(NOTE)).execute();
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
