// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.acs.Errand;
import dev.pharos.controller.acs.ErrandStore;
import dev.pharos.controller.acs.StoredErrand;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Errands for devices of TR-069 in the table `cwmp_errands`.
public final class PostgresErrandStore implements ErrandStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Database database;

    public PostgresErrandStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<StoredErrand> add(EndpointId device, Errand errand, Instant asked, int most) {
        return database.with(handle -> handle.createQuery("""
                        insert into cwmp_errands (device_no, asked, body)
                        select no, :asked, cast(:body as jsonb) from devices where id = :id
                            and (select count(*) from cwmp_errands where device_no = devices.no) < :most
                        returning seq
                        """)
                .bind("asked", Storable.time(asked))
                .bind("body", Storable.text(JSON.writeValueAsString(json(errand))))
                .bind("id", Storable.text(device.toString()))
                .bind("most", most)
                .mapTo(Long.class)
                .findOne()
                .map(seq -> new StoredErrand(seq, device, errand, asked, 0)));
    }

    @Override
    public List<StoredErrand> of(EndpointId device) {
        return database.with(handle -> handle.createQuery("select e.seq, e.asked, e.attempts, e.body"
                        + " from cwmp_errands e join devices d on d.no = e.device_no where d.id = :id order by e.seq")
                .bind("id", Storable.text(device.toString()))
                .map((rows, context) -> new StoredErrand(
                        rows.getLong("seq"),
                        device,
                        errand(JSON.readTree(rows.getString("body"))),
                        rows.getTimestamp("asked").toInstant(),
                        rows.getInt("attempts")))
                .list());
    }

    @Override
    public void attempted(StoredErrand errand) {
        database.with(handle ->
                handle.execute("update cwmp_errands set attempts = attempts + 1 where seq = ?", errand.seq()));
    }

    @Override
    public void done(StoredErrand errand) {
        database.with(handle -> handle.execute("delete from cwmp_errands where seq = ?", errand.seq()));
    }

    /// A list of pairs, since JSON in PostgreSQL keeps no order of names.
    private static ObjectNode json(Errand errand) {
        ObjectNode json = JSON.createObjectNode();
        switch (errand) {
            case Errand.SetValues(Map<String, String> values) -> {
                ArrayNode pairs = json.putArray("set");
                values.forEach((path, value) -> pairs.addArray().add(path).add(value));
            }
            case Errand.ReadValues(List<String> paths) -> {
                ArrayNode read = json.putArray("read");
                paths.forEach(read::add);
            }
        }
        return json;
    }

    private static Errand errand(JsonNode json) {
        if (json.has("set")) {
            Map<String, String> values = new LinkedHashMap<>();
            json.get("set")
                    .forEach(pair ->
                            values.put(pair.get(0).stringValue(), pair.get(1).stringValue()));
            return new Errand.SetValues(values);
        }
        List<String> paths = new ArrayList<>();
        json.path("read").forEach(path -> paths.add(path.stringValue()));
        return new Errand.ReadValues(paths);
    }
}
