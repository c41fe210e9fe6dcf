// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.alarm.AlarmCondition;
import dev.pharos.controller.alarm.AlarmRule;
import dev.pharos.controller.query.Condition;
import dev.pharos.server.store.AlarmRuleStore.StoredRule;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/// Looks once whom a rule's condition concerns, in one transaction that holds the rule's row: of several servers one
/// looks. What begins is raised, what is over is cleared, and what is to be told of it stands in `alarm_news`.
///
/// @param devices of the rule, with their groups
/// @param holds the rule's condition, where it is a query
record AlarmLook(Handle handle, StoredRule stored, Condition devices, Optional<Condition> holds, Instant now) {
    private static final String WATCH = """
            insert into alarm_watch (rule, subject, since) select :rule, subject, :now from concerned
            on conflict (rule, subject) do nothing
            """;
    private static final String FORGET = """
            delete from alarm_watch w where w.rule = :rule and not exists (select 1 from concerned c where c.subject = w.subject)
            """;
    private static final String RAISE = """
            with due as (
                select w.subject from alarm_watch w where w.rule = :rule and not w.settled and w.since <= :since
                    and not exists (select 1 from alarms a where a.rule = :rule and a.subject = w.subject and a.cleared is null)
                order by w.since, w.subject limit :most),
            raised as (
                insert into alarms (rule, rule_name, severity, subject, text, raised, muted_until)
                select :rule, :name, :severity, subject, :text, :now,
                    (select max(b.muted_until) from alarms b
                        where b.rule = :rule and b.subject = due.subject and b.muted_until > :now)
                from due returning *)
            insert into alarm_news (time, alarm, what, subject, args, text)
            select :now, id, 'raised', subject, :args::jsonb, text from raised where muted_until is null
            """;
    private static final String CLEAR = """
            with over as (
                update alarms a set cleared = :now where a.rule = :rule and a.cleared is null
                    and not exists (select 1 from alarm_watch w where w.rule = :rule and w.subject = a.subject) returning *)
            insert into alarm_news (time, alarm, what, subject, args, text)
            select :now, id, 'cleared', subject, :args::jsonb, text from over where muted_until is null or muted_until <= :now
            """;

    /// @return whether it was looked: not where another server does, or has a moment ago
    boolean look() {
        boolean ours = handle.createQuery(
                        "select 1 from alarm_rules where id = :rule and next_look <= :now and changed = :changed"
                                + " for update skip locked")
                .bind("rule", stored.id())
                .bind("now", Storable.time(now))
                .bind("changed", Storable.time(stored.changed()))
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
        if (!ours) {
            return false;
        }
        handle.execute("create temporary table if not exists concerned (subject text collate \"C\" primary key)"
                + " on commit delete rows");
        concern();
        bound(FORGET).execute();
        bound(WATCH).execute();
        AlarmRule rule = stored.rule();
        Instant since = rule.condition() instanceof AlarmCondition.Holds state ? now.minus(state.lasting()) : now;
        int open = handle.createQuery("select count(*) from alarms where rule = :rule and cleared is null")
                .bind("rule", stored.id())
                .mapTo(Integer.class)
                .one();
        bound(CLEAR).execute();
        bound(RAISE)
                .bind("since", Storable.time(since))
                .bind("most", Math.max(0, Math.min(Limits.ALARMS_AT_ONCE, Limits.ALARMS_OF_RULE - open)))
                .execute();
        handle.execute(
                "update alarm_rules set next_look = ?, note = ? where id = ?",
                Storable.time(now.plus(Limits.ALARM_LOOK)),
                open >= Limits.ALARMS_OF_RULE ? "it concerns more devices than it may have alarms: " + open : "",
                stored.id());
        return true;
    }

    private void concern() {
        AlarmMatch match = new AlarmMatch(stored.rule(), devices, holds, now);
        Update update = handle.createUpdate("insert into concerned "
                + (stored.rule().share().isEmpty()
                        ? match.ids()
                        : "select '' where (select count(*) from (" + match.ids()
                                + ") m) * 100 >= :share * greatest(1, " + match.count() + ")"));
        match.bind(update);
        stored.rule().share().ifPresent(percent -> update.bind("share", percent));
        update.execute();
    }

    private Update bound(String sql) {
        AlarmRule rule = stored.rule();
        return handle.createUpdate(sql)
                .bind("rule", stored.id())
                .bind("now", Storable.time(now))
                .bind("name", rule.name())
                .bind("severity", rule.severity().name())
                .bind("text", rule.sentence())
                .bind("args", AlarmStore.args(rule.name(), rule.severity()));
    }
}
