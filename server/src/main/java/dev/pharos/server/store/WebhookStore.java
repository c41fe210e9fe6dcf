// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.store.EventKind;
import dev.pharos.usp.Bytes;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Other systems that are told of events, and how they stand. What they are still to be told is in the
/// [WebhookOutbox].
public final class WebhookStore {
    /// The counts stop where a person no longer cares how many more there are.
    private static final String ALL = """
            select w.*,
                (select count(*) from (select 1 from webhook_deliveries d
                    where d.webhook = w.id and d.state = 'WAITING' limit 100001) x) as waiting,
                (select count(*) from (select 1 from webhook_deliveries d
                    where d.webhook = w.id and d.state = 'DEAD' limit 100001) x) as dead
            from webhooks w
            """;

    private static final String UNCOUNTED = "select w.*, 0 as waiting, 0 as dead from webhooks w ";

    private final Database database;
    private final Owners owners;

    public WebhookStore(Database database) {
        this.database = database;
        this.owners = new Owners(database, "webhooks");
    }

    /// Does something for whoever a webhook belongs to.
    public <T> T forOwner(StoredWebhook webhook, Supplier<T> work) {
        return owners.within(webhook.id(), work);
    }

    /// Who is told of what.
    ///
    /// @param kinds of events; empty for all
    /// @param query for devices, as it was written; empty for all, and for events of no device
    /// @param path what the event's path and name, one after the other, begin with
    /// @param insecure whether plain HTTP to other hosts was asked for
    public record Subscription(
            String name, String url, Set<EventKind> kinds, String query, String path, boolean insecure) {
        public Subscription {
            kinds = Set.copyOf(kinds);
        }
    }

    /// From what its secrets are derived.
    ///
    /// @param old signs beside the other until a moment, after it was replaced
    public record Salts(Bytes current, Optional<Bytes> old, Optional<Instant> oldUntil) {}

    /// How deliveries go lately.
    ///
    /// @param failures since the last success, of the target itself
    /// @param retryAt not before
    /// @param lastError empty after a success
    /// @param waiting deliveries, counted to 100,001
    /// @param dead deliveries that were given up, counted alike
    public record Health(
            int failures, Instant retryAt, String lastError, Optional<Instant> lastSuccess, long waiting, long dead) {}

    /// A webhook as it is kept.
    ///
    /// @param note why it is paused, where somebody or something said so
    /// @param replaying whether events of a time that is past are still being put into the outbox
    public record StoredWebhook(
            long id,
            Subscription subscription,
            boolean paused,
            String note,
            boolean replaying,
            Salts salts,
            Health health,
            Instant created,
            String createdBy) {
        public String name() {
            return subscription.name();
        }
    }

    /// By name.
    public List<StoredWebhook> all() {
        return database.with(handle -> handle.createQuery(ALL + "order by w.name")
                .map((rows, context) -> webhook(rows))
                .list());
    }

    /// Those that are told now, without counts, which cost more the more waits.
    public List<StoredWebhook> active() {
        return database.with(handle -> handle.createQuery(UNCOUNTED + "where not w.paused order by w.id")
                .map((rows, context) -> webhook(rows))
                .list());
    }

    public Optional<StoredWebhook> find(String name) {
        return database.with(handle -> handle.createQuery(ALL + "where w.name = :name")
                .bind("name", Storable.text(name))
                .map((rows, context) -> webhook(rows))
                .findOne());
    }

    /// It is told of what happens from now on.
    ///
    /// @return whether it is kept; not where there is one of this name, or as many as may be
    public boolean add(Subscription made, Bytes salt, Instant created, String createdBy) {
        return database.with(handle -> handle.createUpdate("""
                                insert into webhooks (name, url, kinds, query, path, insecure, created, created_by, salt, position)
                                select :name, :url, :kinds, :query, :path, :insecure, :created, :by, :salt,
                                    (select coalesce(max(seq), 0) from events)
                                where (select count(*) from webhooks) < :most
                                on conflict (tenant, name) do nothing
                                """)
                        .bind("name", Storable.text(made.name()))
                        .bind("url", Storable.text(made.url()))
                        .bindArray(
                                "kinds",
                                String.class,
                                made.kinds().stream().map(Enum::name).sorted().toList())
                        .bind("query", Storable.text(made.query()))
                        .bind("path", Storable.text(made.path()))
                        .bind("insecure", made.insecure())
                        .bind("created", Storable.time(created))
                        .bind("by", Storable.text(createdBy))
                        .bind("salt", salt.toByteArray())
                        .bind("most", Limits.WEBHOOKS)
                        .execute()
                > 0);
    }

    /// With everything that was to be delivered.
    ///
    /// @return whether it was there
    public boolean remove(String name) {
        return database.with(handle -> handle.execute("delete from webhooks where name = ?", Storable.text(name)) > 0);
    }

    /// Nothing is sent, and nothing gets into the outbox, until it goes on.
    public void pause(long id, String note) {
        database.with(handle ->
                handle.execute("update webhooks set paused = true, note = ? where id = ?", Storable.text(note), id));
    }

    /// Goes on where it was paused.
    ///
    /// @param skip whether what happened meanwhile is left out
    /// @param expires until when what waits has time from now on
    public void resume(long id, boolean skip, Instant expires) {
        database.inTransaction(handle -> {
            handle.execute("select 1 from webhooks where id = ? for update", id);
            if (skip) {
                handle.execute(
                        "update webhooks set position = greatest(position, (select coalesce(max(seq), 0) from events))"
                                + " where id = ? and paused",
                        id);
            }
            handle.execute(
                    "update webhook_deliveries set expires = greatest(expires, ?) where webhook = ? and state = 'WAITING'",
                    Storable.time(expires),
                    id);
            return handle.execute(
                    "update webhooks set paused = false, note = '', failures = 0, retry_at = to_timestamp(0) where id = ?",
                    id);
        });
    }

    /// @param oldUntil until when the secret of before signs too
    public void rotate(long id, Bytes salt, Instant oldUntil) {
        database.with(handle -> handle.execute(
                "update webhooks set old_salt = salt, old_until = ?, salt = ? where id = ?",
                Storable.time(oldUntil),
                salt.toByteArray(),
                id));
    }

    private static StoredWebhook webhook(ResultSet rows) throws SQLException {
        return new StoredWebhook(
                rows.getLong("id"),
                new Subscription(
                        rows.getString("name"),
                        rows.getString("url"),
                        kinds(rows.getArray("kinds")),
                        rows.getString("query"),
                        rows.getString("path"),
                        rows.getBoolean("insecure")),
                rows.getBoolean("paused"),
                rows.getString("note"),
                rows.getObject("replay_after") != null,
                new Salts(
                        Bytes.adopt(rows.getBytes("salt")),
                        Optional.ofNullable(rows.getBytes("old_salt")).map(Bytes::adopt),
                        time(rows.getTimestamp("old_until"))),
                new Health(
                        rows.getInt("failures"),
                        rows.getTimestamp("retry_at").toInstant(),
                        rows.getString("last_error"),
                        time(rows.getTimestamp("last_success")),
                        rows.getLong("waiting"),
                        rows.getLong("dead")),
                rows.getTimestamp("created").toInstant(),
                rows.getString("created_by"));
    }

    /// Kinds that this version knows: an older server beside a newer one sends fewer.
    private static Set<EventKind> kinds(Array stored) throws SQLException {
        Set<String> names = Set.copyOf(Arrays.asList((String[]) stored.getArray()));
        Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
        for (EventKind kind : EventKind.values()) {
            if (names.contains(kind.name())) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    private static Optional<Instant> time(@Nullable Timestamp stored) {
        return Optional.ofNullable(stored).map(Timestamp::toInstant);
    }
}
