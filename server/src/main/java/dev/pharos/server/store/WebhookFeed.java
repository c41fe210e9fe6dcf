// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.query.Condition;
import dev.pharos.controller.store.StoredEvent;
import dev.pharos.server.store.WebhookStore.StoredWebhook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/// Puts the next events for one webhook into its outbox, in one transaction that holds its row: what was looked at
/// and what came of it are kept together.
///
/// @param devices whose events count; empty for all
/// @param body what is sent of an event
/// @param end the number of the last event of all tenants, as of before: what lies between is another's
record WebhookFeed(
        Handle handle,
        StoredWebhook webhook,
        Optional<Condition> devices,
        Function<StoredEvent, String> body,
        Instant now,
        Instant expires,
        long end) {
    private static final String ADD =
            "insert into webhook_deliveries (webhook, seq, event_time, body, state, created, due, expires)"
                    + " values (:webhook, :seq, :time, :body, 'WAITING', :now, :now, :expires)"
                    + " on conflict (webhook, seq) do ";
    private static final String ONCE = ADD + "nothing";
    private static final String AGAIN = ADD + "update set state = 'WAITING', due = :now, expires = :expires"
            + " where webhook_deliveries.state <> 'WAITING'";

    private record Span(long after, long last, Optional<Instant> from, Optional<Instant> to) {}

    private record Standing(long position, Optional<Span> replay) {}

    private record Looked(StoredEvent event, boolean wanted) {}

    /// @return whether there may be more
    boolean next() {
        Optional<Standing> standing = handle.createQuery(
                        "select * from webhooks where id = :id and not paused for update skip locked")
                .bind("id", webhook.id())
                .map((rows, context) -> new Standing(
                        rows.getLong("position"),
                        rows.getObject("replay_after") == null
                                ? Optional.empty()
                                : Optional.of(new Span(
                                        rows.getLong("replay_after"),
                                        rows.getLong("replay_last"),
                                        Optional.of(
                                                rows.getTimestamp("replay_from").toInstant()),
                                        Optional.of(
                                                rows.getTimestamp("replay_to").toInstant())))))
                .findOne();
        int room = standing.isEmpty() ? 0 : Math.min(Limits.WEBHOOK_WAITING - waiting(), Limits.WEBHOOK_EVENTS);
        if (standing.isEmpty() || room <= 0) {
            return false;
        }
        boolean more =
                live(new Span(standing.get().position(), Long.MAX_VALUE, Optional.empty(), Optional.empty()), room);
        return standing.get().replay().map(span -> replay(span, room)).orElse(false) || more;
    }

    private int waiting() {
        return handle.createQuery("select count(*) from (select 1 from webhook_deliveries"
                        + " where webhook = :webhook and state = 'WAITING' limit :most) x")
                .bind("webhook", webhook.id())
                .bind("most", Limits.WEBHOOK_WAITING)
                .mapTo(Integer.class)
                .one();
    }

    private boolean live(Span span, int most) {
        List<Looked> looked = look(span, most);
        add(looked, ONCE);
        long last = looked.isEmpty() ? span.after() : looked.getLast().event().seq();
        long position = looked.size() < most ? Math.max(last, end) : last;
        if (position > span.after()) {
            handle.execute("update webhooks set position = ? where id = ?", position, webhook.id());
        }
        return looked.size() == most;
    }

    private boolean replay(Span span, int most) {
        List<Looked> looked = look(span, most);
        add(looked, AGAIN);
        boolean more = looked.size() == most;
        if (more) {
            handle.execute(
                    "update webhooks set replay_after = ? where id = ?",
                    looked.getLast().event().seq(),
                    webhook.id());
        } else {
            handle.execute(
                    "update webhooks set replay_after = null, replay_last = null, replay_from = null, replay_to = null"
                            + " where id = ?",
                    webhook.id());
        }
        return more;
    }

    private List<Looked> look(Span span, int most) {
        List<String> wanted = new ArrayList<>();
        Optional<ConditionSql> condition = devices.map(each -> ConditionSql.of(each, "q"));
        if (!webhook.subscription().kinds().isEmpty()) {
            wanted.add("e.kind = any (:kinds)");
        }
        if (!webhook.subscription().path().isEmpty()) {
            wanted.add("starts_with(e.path || e.name, :path)");
        }
        condition.ifPresent(
                sql -> wanted.add("coalesce(e.device in (select id from devices where " + sql.text() + "), false)"));
        span.from().ifPresent(_ -> wanted.add("e.time >= :from and e.time < :to"));
        Query query = handle.createQuery("select e.*, " + (wanted.isEmpty() ? "true" : String.join(" and ", wanted))
                        + " as wanted from (select * from events where seq > :after and seq <= :last"
                        + PostgresEventStore.ofOthers()
                        + " order by seq limit :most) e order by e.seq")
                .bind("after", span.after())
                .bind("last", span.last())
                .bind("most", most)
                .bind("path", webhook.subscription().path())
                .bindArray(
                        "kinds",
                        String.class,
                        webhook.subscription().kinds().stream().map(Enum::name).toList());
        condition.ifPresent(sql -> sql.bind(query));
        span.from().ifPresent(from -> query.bind("from", Storable.time(from)));
        span.to().ifPresent(to -> query.bind("to", Storable.time(to)));
        return query.map((rows, context) -> new Looked(PostgresEventStore.event(rows), rows.getBoolean("wanted")))
                .list();
    }

    private void add(List<Looked> looked, String how) {
        PreparedBatch batch = handle.prepareBatch(how);
        for (Looked each : looked) {
            if (each.wanted()) {
                batch.bind("webhook", webhook.id())
                        .bind("seq", each.event().seq())
                        .bind("time", Storable.time(each.event().event().time()))
                        .bind("body", body.apply(each.event()))
                        .bind("now", Storable.time(now))
                        .bind("expires", Storable.time(expires))
                        .add();
            }
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }
}
