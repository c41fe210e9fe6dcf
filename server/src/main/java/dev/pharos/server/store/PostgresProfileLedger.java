// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.profile.ProfileLedger;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The ledger in the tables `profile_work`, `profile_changes` and `profile_secrets`.
public final class PostgresProfileLedger implements ProfileLedger {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Database database;

    public PostgresProfileLedger(Database database) {
        this.database = database;
    }

    @Override
    public boolean take(EndpointId device, String owner, Instant now, Instant until) {
        return database.with(handle -> handle.execute(
                        "insert into profile_work as w (device, owner, until) values (?, ?, ?)"
                                + " on conflict (device) do update set owner = excluded.owner, until = excluded.until"
                                + " where w.owner = excluded.owner or w.until < ?",
                        device.toString(),
                        owner,
                        Storable.time(until),
                        Storable.time(now))
                > 0);
    }

    @Override
    public void letGo(EndpointId device, String owner) {
        database.with(handle ->
                handle.execute("delete from profile_work where device = ? and owner = ?", device.toString(), owner));
    }

    @Override
    public void note(long job, EndpointId device, Collection<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        database.inTransaction(handle -> {
            PreparedBatch batch = handle.prepareBatch(
                    "insert into profile_changes (job, device, path, before, after, secret, key) select :job, :device,"
                            + " :path, cast(:before as text), :after, :secret, cast(:key as text)"
                            + " where exists (select 1 from jobs where id = :job)"
                            + " on conflict (job, device, path) do update set after = excluded.after");
            for (Change change : changes) {
                batch.bind("job", job).bind("device", device.toString()).bind("path", Storable.text(change.path()));
                switch (change) {
                    case Change.Written(String _, Optional<String> before, String after, boolean secret) ->
                        batch.bind("before", before.map(Storable::text).orElse(null))
                                .bind("after", Storable.text(after))
                                .bind("secret", secret)
                                .bind("key", (String) null);
                    case Change.Added(String object, SortedMap<String, String> key) ->
                        batch.bind("before", (String) null)
                                .bind("after", Storable.text(object))
                                .bind("secret", false)
                                .bind("key", json(key));
                }
                batch.add();
            }
            return batch.execute();
        });
    }

    private static String json(SortedMap<String, String> key) {
        ObjectNode node = JSON.createObjectNode();
        key.forEach((name, value) -> node.put(name, Storable.text(value)));
        return JSON.writeValueAsString(node);
    }

    @Override
    public List<Change> changes(long job, EndpointId device) {
        return database.with(handle -> handle.createQuery(
                        "select * from profile_changes where job = :job and device = :device order by path")
                .bind("job", job)
                .bind("device", device.toString())
                .map((rows, context) -> change(rows))
                .list());
    }

    private static Change change(ResultSet rows) throws SQLException {
        @Nullable String key = rows.getString("key");
        if (key == null) {
            return new Change.Written(
                    rows.getString("path"),
                    Optional.ofNullable(rows.getString("before")),
                    rows.getString("after"),
                    rows.getBoolean("secret"));
        }
        SortedMap<String, String> keys = new TreeMap<>();
        JSON.readTree(key)
                .properties()
                .forEach(entry -> keys.put(entry.getKey(), entry.getValue().stringValue()));
        return new Change.Added(rows.getString("after"), keys);
    }

    @Override
    public void wrote(EndpointId device, Map<String, Bytes> marks) {
        Map<String, Bytes> ordered = new TreeMap<>(marks);
        database.with(handle -> handle.createUpdate("insert into profile_secrets (device_no, path, mark)"
                        + " select d.no, m.path, decode(m.mark, 'hex') from devices d, unnest(:paths, :marks) as m (path, mark)"
                        + " where d.id = :id on conflict (device_no, path) do update set mark = excluded.mark")
                .bind("id", device.toString())
                .bindArray("paths", String.class, List.copyOf(ordered.keySet()))
                .bindArray(
                        "marks",
                        String.class,
                        ordered.values().stream().map(Bytes::toHex).toList())
                .execute());
    }

    @Override
    public void forget(EndpointId device, Collection<String> paths) {
        database.with(handle -> handle.createUpdate("delete from profile_secrets where path = any (:paths)"
                        + " and device_no = (select no from devices where id = :id)")
                .bind("id", device.toString())
                .bindArray("paths", String.class, List.copyOf(paths))
                .execute());
    }
}
