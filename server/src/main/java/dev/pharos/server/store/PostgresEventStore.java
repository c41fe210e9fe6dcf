// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.store.Appended;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.EventStore;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.controller.store.StoredEvent;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The history, in the table `events` and its monthly partitions.
public final class PostgresEventStore implements EventStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, String>> ARGS = new TypeReference<>() {};

    /// One writer at a time, so that events become visible in the order of their numbers: a reader that asks for what
    /// came after a number must never miss one that was given earlier and committed later.
    private static final String ONE_WRITER = "select pg_advisory_xact_lock(7261369)";

    private static final String CLAIM_KEYS = """
            insert into event_keys (key, seq, time)
            select decode(hex, 'hex'), seq, time from unnest(:keys, :seqs, :times) as given (hex, seq, time)
            on conflict (key) do update set seq = excluded.seq, time = excluded.time where event_keys.time < :expired
            returning key
            """;
    /// All of a batch in one statement: a row for each would be a round through the planner for each.
    private static final String INSERT = """
            insert into events (seq, time, device, kind, path, name, value, args, subscription_id, text)
            select seq, time, device, kind, path, name, value, args::jsonb, subscription, text
            from unnest(:seqs, :times, :devices, :kinds, :paths, :names, :values, :args, :subscriptions, :texts)
                as given (seq, time, device, kind, path, name, value, args, subscription, text)
            """;

    private final Database database;
    private final TimePartitions partitions = TimePartitions.ofEvents();

    public PostgresEventStore(Database database) {
        this.database = database;
    }

    @Override
    public List<Appended> append(List<NewEvent> events) {
        return events.isEmpty() ? List.of() : database.inTransaction(handle -> append(handle, events));
    }

    private List<Appended> append(Handle handle, List<NewEvent> events) {
        handle.execute(ONE_WRITER);
        List<Long> seqs = handle.createQuery("select nextval('event_seq') from generate_series(1, :count)")
                .bind("count", events.size())
                .mapTo(Long.class)
                .list();
        Map<Bytes, Integer> firstOfKey = new LinkedHashMap<>();
        for (int i = 0; i < events.size(); i++) {
            if (!events.get(i).onceKey().isEmpty()) {
                firstOfKey.putIfAbsent(key(events.get(i)), i);
            }
        }
        Set<Bytes> claimed = claim(handle, firstOfKey, events, seqs);
        Map<Bytes, StoredEvent> earlier = earlier(handle, firstOfKey.keySet(), claimed);
        List<StoredEvent> fresh = new ArrayList<>(events.size());
        List<Appended> appended = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            NewEvent event = events.get(i);
            @Nullable Bytes key = event.onceKey().isEmpty() ? null : key(event);
            if (key == null || (claimed.contains(key) && Integer.valueOf(i).equals(firstOfKey.get(key)))) {
                StoredEvent stored = new StoredEvent(seqs.get(i), kept(event.event()));
                partitions.ensure(handle, event.event().time());
                fresh.add(stored);
                appended.add(new Appended(stored, false));
                if (key != null) {
                    earlier.put(key, stored);
                }
            } else {
                StoredEvent before = earlier.get(key);
                // the event itself may be past its keeping while its key is not: then what we were told now is what it
                // was
                appended.add(new Appended(before != null ? before : new StoredEvent(seqs.get(i), event.event()), true));
            }
        }
        if (!fresh.isEmpty()) {
            insert(handle, fresh);
        }
        return appended;
    }

    private static Bytes key(NewEvent event) {
        return Bytes.adopt(Storable.hash(event.onceKey()));
    }

    private static Set<Bytes> claim(
            Handle handle, Map<Bytes, Integer> firstOfKey, List<NewEvent> events, List<Long> seqs) {
        if (firstOfKey.isEmpty()) {
            return Set.of();
        }
        Instant newest = events.getLast().event().time();
        List<String> keys = firstOfKey.keySet().stream().map(Bytes::toHex).toList();
        List<Long> keySeqs = firstOfKey.values().stream().map(seqs::get).toList();
        List<Timestamp> times = firstOfKey.values().stream()
                .map(i -> Storable.time(events.get(i).event().time()))
                .toList();
        return new HashSet<>(handle.createQuery(CLAIM_KEYS)
                .bindArray("keys", String.class, keys)
                .bindArray("seqs", Long.class, keySeqs)
                .bindArray("times", Timestamp.class, times)
                .bind("expired", Storable.time(newest.minus(Limits.EVENT_KEYS)))
                .map((rows, context) -> Bytes.adopt(rows.getBytes(1)))
                .list());
    }

    private static Map<Bytes, StoredEvent> earlier(Handle handle, Set<Bytes> asked, Set<Bytes> claimed) {
        Map<Bytes, StoredEvent> earlier = new HashMap<>();
        for (Bytes key : asked) {
            if (!claimed.contains(key)) {
                handle.createQuery("select e.* from events e join event_keys k on k.seq = e.seq where k.key = :key")
                        .bind("key", key.toByteArray())
                        .map((rows, context) -> event(rows))
                        .findOne()
                        .ifPresent(event -> earlier.put(key, event));
            }
        }
        return earlier;
    }

    /// As it will read when it comes out again.
    private static DeviceEvent kept(DeviceEvent event) {
        return new DeviceEvent(
                event.time().truncatedTo(ChronoUnit.MICROS),
                event.device(),
                event.kind(),
                Storable.text(event.path()),
                Storable.text(event.name()),
                Storable.text(event.value()),
                storable(event.args()),
                Storable.text(event.subscriptionId()),
                Storable.text(event.text()));
    }

    private static Map<String, String> storable(Map<String, String> args) {
        Map<String, String> storable = new LinkedHashMap<>();
        args.forEach((name, value) -> storable.put(Storable.text(name), Storable.text(value)));
        return storable;
    }

    private static void insert(Handle handle, List<StoredEvent> fresh) {
        List<DeviceEvent> events = fresh.stream().map(StoredEvent::event).toList();
        Update insert = handle.createUpdate(INSERT)
                .bindArray(
                        "seqs", Long.class, fresh.stream().map(StoredEvent::seq).toList())
                .bindArray(
                        "times",
                        Timestamp.class,
                        events.stream()
                                .map(event -> Storable.time(event.time()))
                                .toList());
        bind(
                insert,
                "devices",
                events,
                event -> event.device().map(EndpointId::toString).orElse(null));
        bind(insert, "kinds", events, event -> event.kind().name());
        bind(insert, "paths", events, DeviceEvent::path);
        bind(insert, "names", events, DeviceEvent::name);
        bind(insert, "values", events, DeviceEvent::value);
        bind(insert, "args", events, event -> JSON.writeValueAsString(event.args()));
        bind(insert, "subscriptions", events, DeviceEvent::subscriptionId);
        bind(insert, "texts", events, DeviceEvent::text);
        insert.execute();
    }

    private static void bind(
            Update insert, String column, List<DeviceEvent> events, Function<DeviceEvent, @Nullable String> value) {
        @Nullable String[] values = events.stream().map(value).toArray(String[]::new);
        insert.bindArray(column, String.class, (Object[]) values);
    }

    @Override
    public List<StoredEvent> newest(Optional<EndpointId> device, long beforeSeq, int limit) {
        return select("seq < :seq", " order by seq desc", device, beforeSeq, limit);
    }

    @Override
    public List<StoredEvent> after(long seq, Optional<EndpointId> device, int limit) {
        return select("seq > :seq", " order by seq", device, seq, limit);
    }

    private List<StoredEvent> select(String position, String order, Optional<EndpointId> device, long seq, int limit) {
        Sight.Clause seen = Sight.clause();
        String where = (device.isPresent() ? position + " and device = :device" : position) + seen.over("device");
        return database.with(handle -> {
            Query query = seen.bind(handle.createQuery("select * from events where " + where + order + " limit :limit"))
                    .bind("seq", seq)
                    .bind("limit", limit);
            device.ifPresent(id -> query.bind("device", id.toString()));
            return query.map((rows, context) -> event(rows)).list();
        });
    }

    @Override
    public long countSince(Instant since, Set<EventKind> kinds) {
        Sight.Clause seen = Sight.clause();
        return database.with(handle -> seen.bind(
                        handle.createQuery("select count(*) from events where time >= :since and kind = any(:kinds)"
                                + seen.over("device")))
                .bind("since", Storable.time(since))
                .bindArray("kinds", String.class, kinds.stream().map(Enum::name).toList())
                .mapTo(Long.class)
                .one());
    }

    @Override
    public void deleteBefore(Instant time) {
        database.inTransaction(handle -> {
            handle.execute(ONE_WRITER);
            partitions.dropBefore(handle, time);
            handle.execute("delete from events where time < ?", Storable.time(time));
            return handle.execute(
                    "delete from event_keys where time < ?",
                    Storable.time(Instant.now().minus(Limits.EVENT_KEYS)));
        });
    }

    /// Of a row with all columns.
    static StoredEvent event(ResultSet rows) throws SQLException {
        @Nullable String device = rows.getString("device");
        return new StoredEvent(
                rows.getLong("seq"),
                new DeviceEvent(
                        rows.getTimestamp("time").toInstant(),
                        Optional.ofNullable(device).map(EndpointId::of),
                        EventKind.valueOf(rows.getString("kind")),
                        rows.getString("path"),
                        rows.getString("name"),
                        rows.getString("value"),
                        JSON.readValue(rows.getString("args"), ARGS),
                        rows.getString("subscription_id"),
                        rows.getString("text")));
    }
}
