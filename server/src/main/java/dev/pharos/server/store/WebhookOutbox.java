// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.query.Condition;
import dev.pharos.controller.store.StoredEvent;
import dev.pharos.server.store.WebhookStore.StoredWebhook;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/// What webhooks are to be told, and what became of it. It is filled from the history, so that an event that is kept
/// is told, whichever server dies; of several servers one takes each delivery.
public final class WebhookOutbox {
    private final Database database;
    private final Function<StoredEvent, String> body;

    /// @param body what is sent of an event
    public WebhookOutbox(Database database, Function<StoredEvent, String> body) {
        this.database = database;
        this.body = body;
    }

    /// How a delivery stands.
    public enum State {
        WAITING,
        DELIVERED,
        /// Given up.
        DEAD
    }

    /// One event for one webhook.
    ///
    /// @param seq of the event
    /// @param tries that were begun
    /// @param due when it may be tried, where it waits
    /// @param expires when it is given up
    /// @param status of the last answer, where there was one
    /// @param answer how that began, or why there was none
    public record Delivery(
            UUID id,
            long webhook,
            long seq,
            Instant eventTime,
            String body,
            State state,
            int tries,
            Instant due,
            Instant expires,
            Optional<Instant> tried,
            Optional<Integer> status,
            String answer) {}

    /// What a try came to.
    ///
    /// @param state WAITING where it is to be tried again
    /// @param due when
    public record Settlement(State state, Instant due, Instant tried, Optional<Integer> status, String answer) {}

    /// What a try says of the target itself.
    ///
    /// @param error empty where it is well
    /// @param retryAt nothing is sent there before
    public record TargetState(String error, Instant retryAt) {}

    /// Webhooks that have events to look at, or deliveries that are due.
    public List<Long> busy(Instant now) {
        return database.with(handle -> handle.createQuery("""
                        select w.id from webhooks w where not w.paused and (
                            w.position < (select coalesce(max(seq), 0) from events) or w.replay_after is not null
                            or exists (select 1 from webhook_deliveries d
                                where d.webhook = w.id and d.state = 'WAITING' and d.due <= :now))
                        order by w.id
                        """)
                .bind("now", Storable.time(now))
                .mapTo(Long.class)
                .list());
    }

    /// Looks at the next events for a webhook, unless another server does or too many deliveries wait already.
    ///
    /// @param devices whose events count; empty for those of all, and of none
    /// @param expires when they are given up
    /// @return whether there may be more
    public boolean feed(StoredWebhook webhook, Optional<Condition> devices, Instant now, Duration expires) {
        long end = Tenant.ofServer(
                () -> database.with(handle -> handle.createQuery("select coalesce(max(seq), 0) from events")
                        .mapTo(Long.class)
                        .one()));
        return database.inTransaction(
                handle -> new WebhookFeed(handle, webhook, devices, body, now, now.plus(expires), end).next());
    }

    /// Takes deliveries that are due, the oldest first.
    ///
    /// @param until another may take them after this
    public List<Delivery> claim(long webhook, int most, Instant now, Instant until) {
        return database.inTransaction(handle -> {
            // where it is lost, another takes it: no reason to wait for the disk
            handle.execute("set local synchronous_commit = off");
            return handle.createQuery("""
                            update webhook_deliveries d set due = :until, tries = tries + 1
                            from (select id from webhook_deliveries
                                where webhook = :webhook and state = 'WAITING' and due <= :now
                                order by due, seq limit :most for update skip locked) taken
                            where d.id = taken.id returning d.*
                            """)
                    .bind("until", Storable.time(until))
                    .bind("webhook", webhook)
                    .bind("now", Storable.time(now))
                    .bind("most", most)
                    .map((rows, context) -> delivery(rows))
                    .list();
        });
    }

    /// Keeps what a try came to, unless another try of it has begun meanwhile.
    public void settle(Delivery tried, Settlement outcome, TargetState target) {
        database.inTransaction(handle -> {
            Update update = handle.createUpdate("update webhook_deliveries set state = :state, due = :due,"
                            + " tried = :tried, status = :status, answer = :answer"
                            + " where id = :id and tries = :tries and state = 'WAITING'")
                    .bind("state", outcome.state().name())
                    .bind("due", Storable.time(outcome.due()))
                    .bind("tried", Storable.time(outcome.tried()))
                    .bind("status", outcome.status().orElse(null))
                    .bind("answer", Storable.text(outcome.answer()))
                    .bind("id", tried.id())
                    .bind("tries", tried.tries());
            update.execute();
            return target.error().isEmpty()
                    ? handle.execute(
                            "update webhooks set failures = 0, last_error = '', last_success = ?,"
                                    + " retry_at = to_timestamp(0) where id = ? and (failures > 0"
                                    + " or coalesce(last_success < ?, true))",
                            Storable.time(outcome.tried()),
                            tried.webhook(),
                            Storable.time(outcome.tried().minus(Limits.WEBHOOK_SUCCESS)))
                    : handle.execute(
                            "update webhooks set failures = failures + 1, last_error = ?, retry_at = greatest(retry_at, ?)"
                                    + " where id = ?",
                            Storable.text(target.error()),
                            Storable.time(target.retryAt()),
                            tried.webhook());
        });
    }

    /// As if it had not been taken.
    public void release(Delivery taken, Instant now) {
        database.with(handle -> handle.execute(
                "update webhook_deliveries set due = ?, tries = tries - 1 where id = ? and tries = ? and state = 'WAITING'",
                Storable.time(now),
                taken.id(),
                taken.tries()));
    }

    /// Gives up what has had its time, where the webhook is not paused.
    ///
    /// @return how many those are
    public int bury(Instant now) {
        return database.with(handle -> handle.execute(
                "update webhook_deliveries d set state = 'DEAD' from webhooks w where w.id = d.webhook"
                        + " and not w.paused and d.state = 'WAITING' and d.expires <= ? and d.due <= ?",
                Storable.time(now),
                Storable.time(now)));
    }

    /// Forgets what became of deliveries.
    public void forget(Instant deliveredBefore, Instant deadBefore) {
        database.with(handle -> handle.execute(
                "delete from webhook_deliveries where (state = 'DELIVERED' and tried < ?) or (state = 'DEAD' and expires < ?)",
                Storable.time(deliveredBefore),
                Storable.time(deadBefore)));
    }

    /// Newest events first.
    ///
    /// @param state only these
    /// @param before only of older events than this; [Long#MAX_VALUE] for the newest
    public List<Delivery> list(long webhook, Optional<State> state, long before, int limit) {
        return database.with(handle -> handle.createQuery("select * from webhook_deliveries where webhook = :webhook"
                        + " and seq < :before" + (state.isPresent() ? " and state = :state" : "")
                        + " order by seq desc limit :limit")
                .bind("webhook", webhook)
                .bind("before", before)
                .bind("state", state.map(Enum::name).orElse(""))
                .bind("limit", limit)
                .map((rows, context) -> delivery(rows))
                .list());
    }

    /// Sends one again, whatever became of it.
    ///
    /// @return whether it is there
    public boolean again(long webhook, UUID delivery, Instant now, Instant expires) {
        return database.with(handle -> again(handle, "id = :id", webhook, now, expires)
                        .bind("id", delivery)
                        .execute()
                > 0);
    }

    /// Sends again what was given up.
    ///
    /// @return how many those are
    public int deadAgain(long webhook, Instant now, Instant expires) {
        return database.with(
                handle -> again(handle, "state = 'DEAD'", webhook, now, expires).execute());
    }

    private static Update again(Handle handle, String which, long webhook, Instant now, Instant expires) {
        return handle.createUpdate("update webhook_deliveries set state = 'WAITING', due = :now, expires = :expires"
                        + " where webhook = :webhook and " + which)
                .bind("webhook", webhook)
                .bind("now", Storable.time(now))
                .bind("expires", Storable.time(expires));
    }

    /// From now on, the events of a time are put into the outbox once more, those too that were before the webhook.
    ///
    /// @return empty where that is being done for another time; else how many events are looked at
    public Optional<Long> replay(long webhook, Instant from, Instant to) {
        return database.inTransaction(handle -> {
            boolean free = handle.createQuery("select replay_after is null from webhooks where id = :id for update")
                    .bind("id", webhook)
                    .mapTo(Boolean.class)
                    .findOne()
                    .orElse(false);
            if (!free) {
                return Optional.empty();
            }
            return Optional.of(handle.createQuery("""
                            with wanted as (select min(seq) as first, max(seq) as last, count(*) as events from events
                                where time >= :from and time < :to)
                            update webhooks set replay_after = wanted.first - 1, replay_last = wanted.last,
                                replay_from = :from, replay_to = :to from wanted where id = :id returning wanted.events
                            """)
                    .bind("from", Storable.time(from))
                    .bind("to", Storable.time(to))
                    .bind("id", webhook)
                    .mapTo(Long.class)
                    .one());
        });
    }

    private static Delivery delivery(ResultSet rows) throws SQLException {
        int status = rows.getInt("status");
        boolean answered = !rows.wasNull();
        return new Delivery(
                rows.getObject("id", UUID.class),
                rows.getLong("webhook"),
                rows.getLong("seq"),
                rows.getTimestamp("event_time").toInstant(),
                rows.getString("body"),
                State.valueOf(rows.getString("state")),
                rows.getInt("tries"),
                rows.getTimestamp("due").toInstant(),
                rows.getTimestamp("expires").toInstant(),
                Optional.ofNullable(rows.getTimestamp("tried")).map(java.sql.Timestamp::toInstant),
                answered ? Optional.of(status) : Optional.empty(),
                rows.getString("answer"));
    }
}
