// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.usp.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Who did what: every change that came through the REST interface. Each entry is sealed with the hash of
/// all before it ([AuditSeal]), so that none can be changed or taken out unnoticed. Each tenant has a chain
/// of its own, which it can verify although it sees no other's.
///
/// Entries that come at the same time are written in one transaction: one after the other, each would wait for the
/// disk.
public final class AuditStore {
    private static final long LOCK = 0x5048_4152_4155_4449L;

    private final Database database;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    public AuditStore(Database database) {
        this.database = database;
    }

    /// @param device empty where the action was on no device
    public record Entry(Instant time, String user, String action, String device, String detail) {}

    /// An entry as it is kept.
    ///
    /// @param seq grows with every entry; numbers may be left out
    /// @param hash seals this entry and all before it
    public record Sealed(long seq, Entry entry, Bytes hash) {}

    /// What is looked for; an empty text means any.
    ///
    /// @param action its beginning
    /// @param text anywhere in the detail, whatever the case
    /// @param since inclusive
    /// @param until exclusive
    public record Search(
            String user, String device, String action, String text, Optional<Instant> since, Optional<Instant> until) {
        public static final Search ALL = new Search("", "", "", "", Optional.empty(), Optional.empty());
    }

    private static final class Waiting {
        private final Entry entry;
        private final Tenant tenant;
        private @Nullable RuntimeException failure;
        private boolean done;

        Waiting(Entry entry, Tenant tenant) {
            this.entry = entry;
            this.tenant = tenant;
        }
    }

    /// Returns when the entry would survive a crash. It belongs to the tenant for whom this thread works, else to
    /// [Tenant#MAIN].
    public void add(Entry entry) {
        Waiting own = new Waiting(storable(entry), Tenant.current().orElse(Tenant.MAIN));
        synchronized (waiting) {
            waiting.add(own);
        }
        // whoever comes to the lock first writes for all who wait for it
        turn.lock();
        try {
            while (!own.done) {
                writeAll();
            }
        } finally {
            turn.unlock();
        }
        if (own.failure != null) {
            throw own.failure;
        }
    }

    private static Entry storable(Entry entry) {
        String detail = Storable.text(entry.detail());
        return new Entry(
                entry.time().truncatedTo(ChronoUnit.MICROS),
                Storable.text(entry.user()),
                entry.action(),
                Storable.text(entry.device()),
                detail.length() > Limits.AUDIT_DETAIL ? detail.substring(0, Limits.AUDIT_DETAIL) + "…" : detail);
    }

    private void writeAll() {
        List<Waiting> batch = new ArrayList<>();
        synchronized (waiting) {
            while (!waiting.isEmpty() && batch.size() < Limits.AUDIT_BATCH) {
                batch.add(waiting.poll());
            }
        }
        try {
            Tenant.ofServer(() -> database.inTransaction(handle -> write(handle, batch)));
        } catch (RuntimeException failed) {
            batch.forEach(each -> each.failure = failed);
        } finally {
            batch.forEach(each -> each.done = true);
        }
    }

    private static int write(Handle handle, List<Waiting> batch) {
        // other servers append to the same chains
        handle.execute("select pg_advisory_xact_lock(?)", LOCK);
        Map<Tenant, Bytes> chains = new HashMap<>();
        PreparedBatch insert = handle.prepareBatch("""
                insert into audit (seq, time, user_name, action, device, detail, hash, tenant) overriding system value
                values (:seq, :time, :user, :action, :device, :detail, :hash, :tenant)
                """);
        List<Long> numbers = handle.createQuery(
                        "select nextval(pg_get_serial_sequence('audit', 'seq')) from generate_series(1, :n)")
                .bind("n", batch.size())
                .mapTo(Long.class)
                .list();
        for (int i = 0; i < batch.size(); i++) {
            Entry entry = batch.get(i).entry;
            Tenant tenant = batch.get(i).tenant;
            Bytes before = chains.computeIfAbsent(tenant, whose -> end(handle, whose));
            Bytes hash = AuditSeal.of(before, numbers.get(i), entry);
            chains.put(tenant, hash);
            insert.bind("seq", numbers.get(i))
                    .bind("time", Storable.time(entry.time()))
                    .bind("user", entry.user())
                    .bind("action", entry.action())
                    .bind("device", entry.device())
                    .bind("detail", entry.detail())
                    .bind("hash", hash.toByteArray())
                    .bind("tenant", tenant.number())
                    .add();
        }
        return insert.execute().length;
    }

    /// Where the chain of a tenant ends.
    private static Bytes end(Handle handle, Tenant tenant) {
        return handle.createQuery("select hash from audit where tenant = :tenant order by seq desc limit 1")
                .bind("tenant", tenant.number())
                .map((rows, context) -> Bytes.adopt(rows.getBytes(1)))
                .findOne()
                .orElse(AuditSeal.NONE);
    }

    /// Newest first.
    ///
    /// @param before only older ones than this number; [Long#MAX_VALUE] for the newest
    public List<Sealed> newest(Search search, long before, int limit) {
        return found(search, "seq < :bound", "desc", before, limit);
    }

    /// Oldest first.
    ///
    /// @param after only newer ones than this number; 0 for the oldest
    public List<Sealed> oldest(Search search, long after, int limit) {
        return found(search, "seq > :bound", "asc", after, limit);
    }

    private List<Sealed> found(Search search, String bound, String order, long seq, int limit) {
        List<String> conditions = new ArrayList<>(List.of(bound));
        Map<String, Object> values = new HashMap<>(Map.of("bound", seq, "limit", limit));
        if (!search.user().isEmpty()) {
            conditions.add("user_name = :user");
            values.put("user", Storable.text(search.user()));
        }
        if (!search.device().isEmpty()) {
            conditions.add("device = :device");
            values.put("device", Storable.text(search.device()));
        }
        if (!search.action().isEmpty()) {
            conditions.add("starts_with(action, :action)");
            values.put("action", Storable.text(search.action()));
        }
        if (!search.text().isEmpty()) {
            conditions.add("strpos(lower(detail), lower(:text)) > 0");
            values.put("text", Storable.text(search.text()));
        }
        search.since().ifPresent(since -> {
            conditions.add("time >= :since");
            values.put("since", Storable.time(since));
        });
        search.until().ifPresent(until -> {
            conditions.add("time < :until");
            values.put("until", Storable.time(until));
        });
        String sql = "select * from audit where " + String.join(" and ", conditions) + " order by seq " + order
                + " limit :limit";
        return database.with(handle -> {
            Query query = handle.createQuery(sql).bindMap(values);
            return query.map((rows, context) -> sealed(rows)).list();
        });
    }

    private static Sealed sealed(ResultSet rows) throws SQLException {
        return new Sealed(
                rows.getLong("seq"),
                new Entry(
                        rows.getTimestamp("time").toInstant(),
                        rows.getString("user_name"),
                        rows.getString("action"),
                        rows.getString("device"),
                        rows.getString("detail")),
                Bytes.adopt(rows.getBytes("hash")));
    }
}
