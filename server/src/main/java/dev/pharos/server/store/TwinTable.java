// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.query.ParameterPattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A few parameters of many devices, as their twins know them: the columns of a table. Secrets stand in none. What a
/// device answered a moment ago may not be here yet.
public final class TwinTable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Database database;

    public TwinTable(Database database) {
        this.database = database;
    }

    /// One value that is known.
    ///
    /// @param time when it was learnt
    public record Known(String path, String value, Instant time) {}

    /// What one device has of one parameter: a value for each row that is known.
    ///
    /// @param values in the order of their rows, [Limits#CELL_VALUES] at most
    /// @param more whether it has more
    public record Cell(List<Known> values, boolean more) {
        public Cell {
            values = List.copyOf(values);
        }
    }

    /// @param devices their Endpoint IDs
    /// @return for each device in sight that has any the cells of the parameters of which it has some
    public Map<String, Map<ParameterPattern, Cell>> of(
            Collection<String> devices, Collection<ParameterPattern> parameters) {
        Map<String, Map<ParameterPattern, Cell>> table = new HashMap<>();
        if (devices.isEmpty() || parameters.isEmpty()) {
            return table;
        }
        List<String> ids = List.copyOf(devices);
        database.with(handle -> {
            for (ParameterPattern parameter : parameters) {
                column(handle, ids, parameter).forEach((id, known) -> {
                    boolean more = known.size() > Limits.CELL_VALUES;
                    List<Known> shown = more ? known.subList(0, Limits.CELL_VALUES) : known;
                    table.computeIfAbsent(id, _ -> new HashMap<>()).put(parameter, new Cell(shown, more));
                });
            }
            return table.size();
        });
        return table;
    }

    private static Map<String, List<Known>> column(Handle handle, List<String> ids, ParameterPattern parameter) {
        ObjectsSql objects = ObjectsSql.of(parameter, "t.object_path", "");
        Sight.Clause sight = Sight.clause();
        // a fourth element beside value, time and source marks a secret
        Query query = handle.createQuery("select devices.id, r.object_path, r.entry from devices cross join lateral ("
                + "select t.object_path, (t.parameters -> :parameter::text)::text as entry from twin t"
                + " where t.device_no = devices.no and " + objects.text()
                + " and jsonb_array_length(t.parameters -> :parameter::text) = 3"
                + " order by length(t.object_path), t.object_path limit :most) r"
                + " where devices.id = any(:ids)" + sight.devices()
                + " order by devices.id, length(r.object_path), r.object_path");
        objects.bind(query);
        sight.bind(query);
        Map<String, List<Known>> column = new HashMap<>();
        query.bind("parameter", parameter.parameter())
                .bindArray("ids", String.class, ids)
                .bind("most", Limits.CELL_VALUES + 1)
                .map((rows, context) -> Map.entry(
                        rows.getString("id"),
                        known(rows.getString("object_path") + parameter.parameter(), rows.getString("entry"))))
                .forEach(value -> column.computeIfAbsent(value.getKey(), _ -> new ArrayList<>())
                        .add(value.getValue()));
        return column;
    }

    private static Known known(String path, String entry) {
        JsonNode array = JSON.readTree(entry);
        return new Known(
                path,
                array.get(0).stringValue(),
                Instant.ofEpochMilli(array.get(1).longValue()));
    }
}
