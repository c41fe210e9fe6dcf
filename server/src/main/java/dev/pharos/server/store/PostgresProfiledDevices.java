// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.profile.Facts;
import dev.pharos.controller.profile.Known;
import dev.pharos.controller.profile.Lookout;
import dev.pharos.controller.profile.ProfiledDevice;
import dev.pharos.controller.profile.ProfiledDevices;
import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.controller.store.DeviceIdentity;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Devices beside their profiles, from `devices` and `twin`: conditions are evaluated and values picked in SQL, so that
/// what comes over is what profiles name and no more.
public final class PostgresProfiledDevices implements ProfiledDevices {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// A fourth element beside value, time and source marks a secret.
    private static final String ENTRY = "(t.parameters -> n.name)";

    private static final String COLUMNS = "no, id, status, transport, manufacturer, oui, model_name, product_class,"
            + " serial_number, hardware_version, software_version, model_hash,"
            + " onboarded or (transport = 'cwmp' and parameter_count > 0) as whole, tags,"
            + " (select jsonb_object_agg(a.name, a.value)::text from device_attributes a"
            + " where a.device_no = devices.no) as attributes";

    private final Database database;

    public PostgresProfiledDevices(Database database) {
        this.database = database;
    }

    @Override
    public Optional<ProfiledDevice> find(EndpointId device, Lookout lookout) {
        return among(List.of(device), lookout).stream().findFirst();
    }

    @Override
    public List<ProfiledDevice> among(Collection<EndpointId> devices, Lookout lookout) {
        if (devices.isEmpty()) {
            return List.of();
        }
        return database.with(handle -> {
            List<Row> rows = new Selection(lookout)
                    .on(handle)
                    .bindArray(
                            "ids",
                            String.class,
                            devices.stream().map(EndpointId::toString).toList())
                    .map((found, context) -> row(found, applying(found, lookout)))
                    .list();
            return known(handle, rows, lookout);
        });
    }

    /// Who is meant is asked once for each profile, which reads a fraction of what asking for some devices at a time
    /// reads.
    @Override
    public void forEach(Lookout lookout, Consumer<List<ProfiledDevice>> some) {
        Map<String, long[]> applying = database.with(handle -> applying(handle, lookout));
        long[] meant = lookout.meant().stream()
                .flatMapToLong(name -> Arrays.stream(applying.getOrDefault(name, new long[0])))
                .sorted()
                .distinct()
                .toArray();
        for (int from = 0; from < meant.length; from += Limits.PROFILED) {
            long[] numbers = Arrays.copyOfRange(meant, from, Math.min(from + Limits.PROFILED, meant.length));
            some.accept(database.with(handle -> {
                List<Row> rows = handle.createQuery("select " + COLUMNS
                                + " from devices where approved and no = any (:numbers) order by no")
                        .bindArray(
                                "numbers",
                                Long.class,
                                Arrays.stream(numbers).boxed().toList())
                        .map((found, context) -> row(found, names(applying, found.getLong("no"))))
                        .list();
                return known(handle, rows, lookout);
            }));
        }
    }

    /// The numbers of the devices to which each profile applies, in order.
    private static Map<String, long[]> applying(Handle handle, Lookout lookout) {
        Map<String, long[]> applying = new HashMap<>();
        for (Lookout.Meant each : lookout.profiles()) {
            ConditionSql condition = ConditionSql.of(Sight.of(each.condition()));
            Query query = handle.createQuery("select no from devices where approved and " + condition.text());
            condition.bind(query);
            applying.put(
                    each.name(),
                    query.mapTo(Long.class).stream()
                            .mapToLong(no -> no)
                            .sorted()
                            .toArray());
        }
        return applying;
    }

    private static Set<String> names(Map<String, long[]> applying, long device) {
        Set<String> names = new HashSet<>();
        applying.forEach((name, numbers) -> {
            if (Arrays.binarySearch(numbers, device) >= 0) {
                names.add(name);
            }
        });
        return names;
    }

    /// @param whole whether the device was read whole, so that what its twin has not is not there
    private record Row(
            long no,
            Facts facts,
            boolean online,
            String transport,
            String model,
            boolean whole,
            Set<String> applying) {}

    /// Those of some devices to which one of the profiles that are meant applies, with which of all apply.
    private static final class Selection {
        private final List<ConditionSql> conditions = new ArrayList<>();
        private final String text;

        Selection(Lookout lookout) {
            List<String> columns = new ArrayList<>();
            List<String> meant = new ArrayList<>();
            for (Lookout.Meant each : lookout.profiles()) {
                ConditionSql condition = ConditionSql.of(each.condition(), "c" + conditions.size() + "_");
                boolean only = lookout.meant().equals(Set.of(each.name()));
                // whoever is found meets it: a condition over parameters is not evaluated twice
                columns.add("(" + (only ? "true" : condition.text()) + ") as applies" + conditions.size());
                if (lookout.meant().contains(each.name())) {
                    meant.add("(" + condition.text() + ")");
                }
                conditions.add(condition);
            }
            text = "select " + COLUMNS + (columns.isEmpty() ? "" : ", " + String.join(", ", columns))
                    + " from devices where approved and id = any (:ids) and ("
                    + (meant.isEmpty() ? "false" : String.join(" or ", meant)) + ") order by no";
        }

        Query on(Handle handle) {
            Query query = handle.createQuery(text);
            conditions.forEach(condition -> condition.bind(query));
            return query;
        }
    }

    private static Set<String> applying(ResultSet rows, Lookout lookout) throws SQLException {
        Set<String> applying = new HashSet<>();
        for (int i = 0; i < lookout.profiles().size(); i++) {
            if (rows.getBoolean("applies" + i)) {
                applying.add(lookout.profiles().get(i).name());
            }
        }
        return applying;
    }

    private static Row row(ResultSet rows, Set<String> applying) throws SQLException {
        DeviceIdentity identity = new DeviceIdentity(
                rows.getString("manufacturer"),
                rows.getString("oui"),
                rows.getString("model_name"),
                rows.getString("product_class"),
                rows.getString("serial_number"),
                rows.getString("hardware_version"),
                rows.getString("software_version"));
        Facts facts = new Facts(
                EndpointId.of(rows.getString("id")),
                identity,
                List.of((String[]) rows.getArray("tags").getArray()),
                attributes(rows.getString("attributes")));
        return new Row(
                rows.getLong("no"),
                facts,
                !rows.getString("status").equals("OFFLINE"),
                rows.getString("transport"),
                rows.getString("model_hash"),
                rows.getBoolean("whole"),
                applying);
    }

    static Map<String, String> attributes(@Nullable String json) {
        Map<String, String> attributes = new TreeMap<>();
        if (json != null) {
            JSON.readTree(json)
                    .properties()
                    .forEach(entry ->
                            attributes.put(entry.getKey(), entry.getValue().stringValue()));
        }
        return attributes;
    }

    private static List<ProfiledDevice> known(Handle handle, List<Row> rows, Lookout lookout) {
        List<Long> numbers = rows.stream().map(Row::no).toList();
        Map<Long, SortedMap<String, String>> values = new HashMap<>();
        single(handle, numbers, lookout, values);
        Map<String, List<String>> tables = new LinkedHashMap<>();
        for (ParameterPattern read : lookout.reads()) {
            if (!read.single()) {
                tables.computeIfAbsent(read.object(), _ -> new ArrayList<>()).add(read.parameter());
            }
        }
        tables.forEach((object, names) -> tabular(handle, numbers, object, names, values));
        Map<Long, Map<String, Bytes>> marks = marks(handle, numbers);
        return rows.stream()
                .map(row -> new ProfiledDevice(
                        row.facts(),
                        row.online(),
                        row.transport(),
                        row.model(),
                        row.applying(),
                        new Known(
                                values.getOrDefault(row.no(), new TreeMap<>()),
                                marks.getOrDefault(row.no(), Map.of()),
                                row.whole())))
                .toList();
    }

    private static void single(
            Handle handle, List<Long> numbers, Lookout lookout, Map<Long, SortedMap<String, String>> values) {
        List<ParameterPattern> single =
                lookout.reads().stream().filter(ParameterPattern::single).toList();
        if (single.isEmpty()) {
            return;
        }
        Query query = handle.createQuery("select t.device_no, t.object_path || n.name as path, " + ENTRY
                        + " ->> 0 as value from unnest(:objects, :names) as n (object, name)"
                        + " join twin t on t.object_path = n.object and t.device_no = any (:numbers)"
                        // says once more which parts of the table are read
                        + " where t.object_path = any (:objects) and jsonb_array_length(" + ENTRY + ") = 3")
                .bindArray(
                        "objects",
                        String.class,
                        single.stream().map(ParameterPattern::object).toList())
                .bindArray(
                        "names",
                        String.class,
                        single.stream().map(ParameterPattern::parameter).toList());
        collect(query.bindArray("numbers", Long.class, numbers), values);
    }

    private static void tabular(
            Handle handle,
            List<Long> numbers,
            String object,
            List<String> names,
            Map<Long, SortedMap<String, String>> values) {
        ObjectsSql objects = ObjectsSql.of(new ParameterPattern(object, names.getFirst()), "t.object_path", "");
        Query query = handle.createQuery("select t.device_no, t.object_path || n.name as path, " + ENTRY
                        + " ->> 0 as value from twin t cross join unnest(:names) as n (name)"
                        + " where t.device_no = any (:numbers) and " + objects.text() + " and jsonb_array_length("
                        + ENTRY
                        + ") = 3")
                .bindArray("names", String.class, names);
        objects.bind(query);
        collect(query.bindArray("numbers", Long.class, numbers), values);
    }

    private static void collect(Query query, Map<Long, SortedMap<String, String>> values) {
        query.map((rows, context) -> {
                    values.computeIfAbsent(rows.getLong(1), _ -> new TreeMap<>())
                            .put(rows.getString(2), rows.getString(3));
                    return true;
                })
                .forEach(_ -> {});
    }

    private static Map<Long, Map<String, Bytes>> marks(Handle handle, List<Long> numbers) {
        Map<Long, Map<String, Bytes>> marks = new HashMap<>();
        handle.createQuery("select device_no, path, mark from profile_secrets where device_no = any (:numbers)")
                .bindArray("numbers", Long.class, numbers)
                .map((rows, context) -> {
                    marks.computeIfAbsent(rows.getLong(1), _ -> new HashMap<>())
                            .put(rows.getString(2), Bytes.adopt(rows.getBytes(3)));
                    return true;
                })
                .forEach(_ -> {});
        return marks;
    }
}
