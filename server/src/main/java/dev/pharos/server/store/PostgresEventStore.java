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
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The history, in the table `events` and its monthly partitions.
public final class PostgresEventStore implements EventStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, String>> ARGS = new TypeReference<>() {};

    /// One writer at a time, so that events become visible in the order of their numbers: who asks for what
    /// came after a number must never miss one that was given earlier and committed later. It is its turn first,
    /// and it has the numbers then.
    private static final String ONE_WRITER = "select pg_advisory_xact_lock(7261369)";

    /// What is to be known of events before they are written, asked for at once: each statement sees what was committed
    /// before it begins, and so those behind the first what the writer before has committed.
    private static final String TURN = "with turn as materialized (" + ONE_WRITER + ")"
            + " select setval('event_seq', nextval('event_seq') + ?) - ? from turn;"
            + " select key, seq, time from event_keys where key = any (?);"
            + " " + EventOwners.OF_DEVICES;

    private static final String COPY_EVENTS =
            "copy events (seq, time, device, kind, path, name, value, args, subscription_id, text, tenant)"
                    + " from stdin (format binary)";
    private static final String COPY_KEYS = "copy event_keys (key, seq, time) from stdin (format binary)";

    /// Of 16 bytes nobody finds two texts that have the same.
    private static final int KEY_BYTES = 16;

    private static final byte[] NO_ARGS = "{}".getBytes(StandardCharsets.US_ASCII);

    private final Database database;
    private final TimePartitions partitions = TimePartitions.ofEvents();

    public PostgresEventStore(Database database) {
        this.database = database;
    }

    @Override
    public List<Appended> append(List<NewEvent> events) {
        // together for all whose devices tell something
        return events.isEmpty()
                ? List.of()
                : Tenant.ofServer(() -> database.inTransaction(handle -> append(handle, events)));
    }

    private List<Appended> append(Handle handle, List<NewEvent> events) {
        List<Optional<Bytes>> keys =
                events.stream().map(PostgresEventStore::key).toList();
        Turn turn = turn(handle.getConnection(), events, keys);
        long first = turn.first();
        Map<Bytes, Held> held = turn.held();
        Instant expired = events.getLast().event().time().minus(Limits.EVENT_KEYS);
        Map<Bytes, StoredEvent> earlier = new HashMap<>();
        Map<Bytes, StoredEvent> claimed = new LinkedHashMap<>();
        List<StoredEvent> fresh = new ArrayList<>(events.size());
        List<Appended> appended = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            DeviceEvent event = events.get(i).event();
            Optional<Bytes> key = keys.get(i);
            Optional<StoredEvent> before = key.map(claimed::get);
            if (before.isEmpty() && key.isPresent()) {
                Held older = held.get(key.get());
                if (older != null && !older.time().isBefore(expired)) {
                    // the event itself may be past its keeping while its key is not: then what we were told now is
                    // what it was
                    StoredEvent now = new StoredEvent(older.seq(), event);
                    before = Optional.of(earlier.computeIfAbsent(
                            key.get(), _ -> stored(handle, older.seq()).orElse(now)));
                }
            }
            if (before.isPresent()) {
                appended.add(new Appended(before.get(), true));
                continue;
            }
            StoredEvent stored = new StoredEvent(first + i, kept(event));
            partitions.ensure(handle, event.time());
            fresh.add(stored);
            appended.add(new Appended(stored, false));
            key.ifPresent(one -> claimed.put(one, stored));
        }
        copy(handle, fresh, claimed, turn);
        return appended;
    }

    private static Optional<Bytes> key(NewEvent event) {
        return event.onceKey().isEmpty()
                ? Optional.empty()
                : Optional.of(Bytes.adopt(Arrays.copyOf(Storable.hash(event.onceKey()), KEY_BYTES)));
    }

    /// A key that was used, and by which event.
    private record Held(long seq, Instant time) {}

    /// It is the turn of whoever has this: nobody numbers an event meanwhile, or adds a key.
    ///
    /// @param first of the numbers that are for its events
    /// @param held by which of the keys of its events an event was added before
    /// @param owners of the devices of its events
    private record Turn(long first, Map<Bytes, Held> held, EventOwners owners) {}

    private static Turn turn(Connection connection, List<NewEvent> events, List<Optional<Bytes>> keys) {
        int more = events.size() - 1;
        byte[][] asked = keys.stream()
                .flatMap(Optional::stream)
                .distinct()
                .map(Bytes::toByteArray)
                .toArray(byte[][]::new);
        String[] devices = events.stream()
                .flatMap(event -> event.event().device().stream())
                .map(EndpointId::toString)
                .distinct()
                .toArray(String[]::new);
        try (PreparedStatement statement = connection.prepareStatement(TURN)) {
            statement.setLong(1, more);
            statement.setLong(2, more);
            statement.setArray(3, connection.createArrayOf("bytea", asked));
            statement.setArray(4, connection.createArrayOf("text", devices));
            statement.execute();
            ResultSet number = statement.getResultSet();
            number.next();
            long first = number.getLong(1);
            statement.getMoreResults();
            Map<Bytes, Held> held = new HashMap<>();
            for (ResultSet rows = statement.getResultSet(); rows.next(); ) {
                held.put(
                        Bytes.adopt(rows.getBytes(1)),
                        new Held(rows.getLong(2), rows.getTimestamp(3).toInstant()));
            }
            statement.getMoreResults();
            return new Turn(first, held, EventOwners.ofDevices(statement.getResultSet()));
        } catch (SQLException failed) {
            throw Database.storeException(failed);
        }
    }

    private static Optional<StoredEvent> stored(Handle handle, long seq) {
        return handle.createQuery("select * from events where seq = :seq")
                .bind("seq", seq)
                .map((rows, context) -> event(rows))
                .findOne();
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

    /// @param claimed the events that have a key: those keys of them that are held have expired
    private static void copy(Handle handle, List<StoredEvent> fresh, Map<Bytes, StoredEvent> claimed, Turn turn) {
        if (fresh.isEmpty()) {
            return;
        }
        Set<Bytes> again = new HashSet<>(turn.held().keySet());
        again.retainAll(claimed.keySet());
        again.forEach(key -> handle.execute("delete from event_keys where key = ?", key.toByteArray()));
        EventOwners owners = turn.owners();
        owners.look(handle, fresh.stream().map(StoredEvent::event).toList());
        Connection connection = handle.getConnection();
        try {
            try (BinaryRows rows = new BinaryRows(connection, COPY_EVENTS)) {
                for (StoredEvent event : fresh) {
                    write(rows, event, owners.of(event.event()));
                }
                rows.end();
            }
            if (!claimed.isEmpty()) {
                try (BinaryRows rows = new BinaryRows(connection, COPY_KEYS)) {
                    for (Map.Entry<Bytes, StoredEvent> each : claimed.entrySet()) {
                        rows.row(3);
                        rows.bytea(each.getKey().toByteArray());
                        rows.bigint(each.getValue().seq());
                        rows.time(each.getValue().event().time());
                    }
                    rows.end();
                }
            }
        } catch (SQLException refused) {
            throw Database.storeException(refused);
        }
    }

    private static void write(BinaryRows rows, StoredEvent stored, Tenant owner) throws SQLException {
        DeviceEvent event = stored.event();
        rows.row(11);
        rows.bigint(stored.seq());
        rows.time(event.time());
        if (event.device().isPresent()) {
            rows.text(event.device().get().toString());
        } else {
            rows.none();
        }
        rows.text(event.kind().name());
        rows.text(event.path());
        rows.text(event.name());
        rows.text(event.value());
        rows.jsonb(event.args().isEmpty() ? NO_ARGS : JSON.writeValueAsBytes(event.args()));
        rows.text(event.subscriptionId());
        rows.text(event.text());
        rows.smallint(owner.number());
    }

    @Override
    public List<StoredEvent> newest(Optional<EndpointId> device, long beforeSeq, int limit) {
        return select("seq < :seq", " order by seq desc", device, beforeSeq, limit);
    }

    @Override
    public List<StoredEvent> after(long seq, Optional<EndpointId> device, int limit) {
        return select("seq > :seq", " order by seq", device, seq, limit);
    }

    /// Continues a `where` for who is not of the first tenant: theirs are few among many, and found by an index of
    /// their own,
    /// which the policy of the table alone does not lead to.
    static String ofOthers() {
        return Tenant.current().filter(tenant -> !tenant.equals(Tenant.MAIN)).isPresent() ? " and tenant <> 0" : "";
    }

    private List<StoredEvent> select(String position, String order, Optional<EndpointId> device, long seq, int limit) {
        Sight.Clause seen = Sight.clause();
        String where =
                (device.isPresent() ? position + " and device = :device" : position) + ofOthers() + seen.over("device");
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
