// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.TwinStore;
import dev.pharos.controller.store.TwinUpdate;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The twins in the table `twin`, one row for each object. Values of a device that the inventory does not hold are
/// not kept. They are written together for all whose devices tell something, and read for whoever asks.
public final class PostgresTwinStore implements TwinStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Rows in the order of their key, so that two writers never wait for each other crosswise.
    private static final String PUT = """
            insert into twin (device_no, object_path, parameters)
            select d.no, u.path, u.parameters::jsonb
            from (select no, id from devices where id = any(:devices) order by no for key share) d
                join unnest(:ids, :paths, :parameters) as u (id, path, parameters) on u.id = d.id
            order by d.no, u.path
            on conflict (device_no, object_path) do update set parameters = twin.parameters || excluded.parameters
            """;

    /// One statement for all devices: to open the 64 parts of the table costs more than to look into them.
    private static final String FORGET = """
            delete from twin using (
                select d.no, u.path from unnest(:ids, :paths) as u (id, path) join devices d on d.id = u.id
            ) as gone
            where twin.device_no = gone.no and starts_with(twin.object_path, gone.path)
            """;

    private static final String OF_DEVICE = "device_no = (select no from devices where id = :id)";

    private final Database database;
    private final SeriesWriter series;
    private final WritesTogether writes;

    public PostgresTwinStore(Database database) {
        this(database, new SeriesStore(database, SeriesKeeping.DEFAULT));
    }

    /// @param series where what parameters were is kept as well
    public PostgresTwinStore(Database database, SeriesStore series) {
        this.database = database;
        this.series = new SeriesWriter(database, series);
        this.writes = new WritesTogether(values -> database.inTurn(() -> written(values)), Limits.TWIN_WRITERS);
    }

    /// Comes of reports of bulk data and of what devices were told, which are answered after it: together with what
    /// comes of other devices meanwhile.
    @Override
    public void put(EndpointId device, Collection<TwinValue> values) {
        writes.keep(device, values);
    }

    /// Comes of notifications, which are acknowledged after it: all of them in one statement.
    @Override
    public void putAll(Map<EndpointId, List<TwinValue>> values) {
        written(values);
    }

    @Override
    public void replaceUnder(EndpointId device, String objectPath, Collection<TwinValue> values) {
        updateAll(Map.of(device, new TwinUpdate(Set.of(objectPath), List.copyOf(values))));
    }

    @Override
    public void updateAll(Map<EndpointId, TwinUpdate> updates) {
        Map<EndpointId, List<TwinValue>> learnt = new LinkedHashMap<>();
        updates.forEach((device, update) -> learnt.put(device, update.values()));
        Tenant.ofServer(() -> database.inTurn(() -> series.with(
                learnt,
                handle -> handle.inTransaction(same -> {
                    forget(same, updates);
                    return put(same, learnt);
                }))));
    }

    @Override
    public void put(EndpointId device, Collection<TwinValue> values, Collection<TwinValue> past) {
        if (past.isEmpty()) {
            put(device, values);
            return;
        }
        List<TwinValue> all = new ArrayList<>(past);
        all.addAll(values);
        Tenant.ofServer(() ->
                database.inTurn(() -> series.with(Map.of(device, all), handle -> put(handle, Map.of(device, values)))));
    }

    private int written(Map<EndpointId, ? extends Collection<TwinValue>> values) {
        return Tenant.ofServer(() -> series.with(values, handle -> put(handle, values)));
    }

    @Override
    public void removeUnder(EndpointId device, String objectPath) {
        database.with(handle -> removeUnder(handle, device, objectPath));
    }

    private static void forget(Handle handle, Map<EndpointId, TwinUpdate> updates) {
        List<String> ids = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        updates.forEach((device, update) -> update.forgotten().forEach(path -> {
            ids.add(device.toString());
            paths.add(Storable.text(path));
        }));
        if (!ids.isEmpty()) {
            handle.createUpdate(FORGET)
                    .bindArray("ids", String.class, ids)
                    .bindArray("paths", String.class, paths)
                    .execute();
        }
    }

    private static int put(Handle handle, Map<EndpointId, ? extends Collection<TwinValue>> values) {
        List<String> ids = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        List<String> parameters = new ArrayList<>();
        values.forEach((device, learnt) -> objects(learnt).forEach((path, object) -> {
            ids.add(device.toString());
            paths.add(path);
            parameters.add(JSON.writeValueAsString(object));
        }));
        if (ids.isEmpty()) {
            return 0;
        }
        return handle.createUpdate(PUT)
                .bindArray("devices", String.class, List.copyOf(new TreeSet<>(ids)))
                .bindArray("ids", String.class, ids)
                .bindArray("paths", String.class, paths)
                .bindArray("parameters", String.class, parameters)
                .execute();
    }

    private static Map<String, ObjectNode> objects(Collection<TwinValue> values) {
        Map<String, ObjectNode> objects = new TreeMap<>();
        for (TwinValue value : values) {
            String path = Storable.text(value.path());
            int dot = path.lastIndexOf('.') + 1;
            if (dot > 0 && dot <= Limits.OBJECT_PATH) {
                objects.computeIfAbsent(path.substring(0, dot), any -> JSON.createObjectNode())
                        .set(path.substring(dot), entry(value));
            }
        }
        return objects;
    }

    private static int removeUnder(Handle handle, EndpointId device, String objectPath) {
        return handle.createUpdate("delete from twin where " + OF_DEVICE + " and starts_with(object_path, :path)")
                .bind("id", device.toString())
                .bind("path", Storable.text(objectPath))
                .execute();
    }

    @Override
    public List<TwinValue> list(EndpointId device, String prefix, int limit) {
        String wanted = Storable.text(prefix);
        String object = wanted.substring(0, wanted.lastIndexOf('.') + 1);
        List<TwinValue> found = database.with(handle -> handle
                .createQuery("select object_path, parameters::text from twin where " + OF_DEVICE
                        + " and (object_path = :object or starts_with(object_path, :prefix))")
                .bind("id", device.toString())
                .bind("object", object)
                .bind("prefix", wanted)
                .map((rows, context) -> values(rows.getString(1), rows.getString(2)))
                .list()
                .stream()
                .flatMap(List::stream)
                .toList());
        return found.stream()
                .filter(value -> value.path().startsWith(wanted))
                .sorted(Comparator.comparing(TwinValue::path))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<TwinValue> find(EndpointId device, String path) {
        String object = path.substring(0, path.lastIndexOf('.') + 1);
        return database.with(handle -> handle.createQuery(
                                "select parameters::text from twin where " + OF_DEVICE + " and object_path = :object")
                        .bind("id", device.toString())
                        .bind("object", Storable.text(object))
                        .mapTo(String.class)
                        .findOne())
                .flatMap(parameters -> values(object, parameters).stream()
                        .filter(value -> value.path().equals(path))
                        .findFirst());
    }

    @Override
    public int count(EndpointId device) {
        return database.with(handle -> handle.createQuery(
                        "select count(*) from twin, jsonb_object_keys(parameters) where " + OF_DEVICE)
                .bind("id", device.toString())
                .mapTo(Integer.class)
                .one());
    }

    @Override
    public void delete(EndpointId device) {
        database.with(handle -> handle.createUpdate("delete from twin where " + OF_DEVICE)
                .bind("id", device.toString())
                .execute());
    }

    private static ArrayNode entry(TwinValue value) {
        ArrayNode entry = JSON.createArrayNode();
        entry.add(value.secured() ? "" : Storable.text(value.value()));
        entry.add(value.time().toEpochMilli());
        entry.add(value.source().name());
        if (value.secured()) {
            entry.add(true);
        }
        return entry;
    }

    static List<TwinValue> values(String objectPath, String parameters) {
        try {
            JsonNode document = JSON.readTree(parameters);
            List<TwinValue> values = new ArrayList<>(document.size());
            document.properties().forEach(property -> {
                JsonNode entry = property.getValue();
                values.add(new TwinValue(
                        objectPath + property.getKey(),
                        entry.get(0).stringValue(),
                        entry.size() > 3,
                        Instant.ofEpochMilli(entry.get(1).longValue()),
                        TwinValue.Source.valueOf(entry.get(2).stringValue())));
            });
            return values;
        } catch (JacksonException damaged) {
            throw new StoreException("The stored values of " + objectPath + " cannot be read", damaged);
        }
    }
}
