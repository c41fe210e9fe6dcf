// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.alarm.Alarm;
import dev.pharos.controller.alarm.AlarmRule;
import dev.pharos.controller.alarm.Severity;
import dev.pharos.controller.query.Condition;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.server.store.AlarmRuleStore.StoredRule;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Frozen;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Alarms, open and cleared, and what people did with them.
public final class AlarmStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, String>> ARGS = new TypeReference<>() {};
    private static final int NEWS = 500;
    private static final String TELL = "insert into alarm_news (time, alarm, what, subject, args, text)"
            + " select :now, id, :what, subject, jsonb_build_object('rule', rule_name, 'severity', lower(severity),"
            + " 'by', :by::text), text from changed";

    private final Database database;

    public AlarmStore(Database database) {
        this.database = database;
    }

    /// What somebody has to say of an alarm.
    public record Note(Instant time, String by, String text) {}

    /// Which alarms.
    ///
    /// @param open only these that are not cleared, or only these that are; else both
    /// @param device only its; empty for those of all
    /// @param rule only of this rule; empty for all
    /// @param severity this, or worse
    /// @param before only older ones than this; [Long#MAX_VALUE] for the newest
    public record Search(Optional<Boolean> open, String device, String rule, Severity severity, long before) {}

    /// Looks whom a rule concerns, if it is time.
    ///
    /// @return whether it was looked
    public boolean look(StoredRule rule, Condition devices, Optional<Condition> holds, Instant now) {
        return database.inTransaction(handle -> new AlarmLook(handle, rule, devices, holds, now).look());
    }

    /// Whom a rule would concern now. Nothing is done, and how long it has been so is not looked at.
    ///
    /// @param devices of the rule, with their groups
    /// @param holds the rule's condition, where it is a query
    public Concerned concerned(AlarmRule rule, Condition devices, Optional<Condition> holds, Instant now) {
        AlarmMatch match = new AlarmMatch(rule, devices, holds, now);
        return database.with(handle -> match.bind(handle.createQuery("with m as (" + match.ids() + ") select "
                        + match.count() + " as devices, (select count(*) from m) as concerned,"
                        + " array(select id from m order by id limit " + Limits.ALARMS_SHOWN + ") as first"))
                .map((rows, context) ->
                        new Concerned(rows.getLong("devices"), rows.getLong("concerned"), List.of((String[])
                                rows.getArray("first").getArray())))
                .one());
    }

    /// @param devices that a rule is about
    /// @param concerned on which its condition holds
    /// @param first some of them
    public record Concerned(long devices, long concerned, List<String> first) {
        public Concerned {
            first = Frozen.list(first);
        }
    }

    static String args(String rule, Severity severity) {
        return JSON.writeValueAsString(Map.of("rule", rule, "severity", severity.text()));
    }

    /// Newest first.
    public List<Alarm> list(Search search, int limit) {
        List<String> worse = java.util.Arrays.stream(Severity.values())
                .filter(each -> each.compareTo(search.severity()) >= 0)
                .map(Enum::name)
                .toList();
        Sight.Clause seen = Sight.clause();
        return database.with(handle -> {
            Query query = seen.bind(handle.createQuery("select * from alarms where id < :before"
                            + " and severity = any (:severities)" + seen.over("subject")
                            + search.open()
                                    .map(open -> open ? " and cleared is null" : " and cleared is not null")
                                    .orElse("")
                            + (search.device().isEmpty() ? "" : " and subject = :device")
                            + (search.rule().isEmpty() ? "" : " and rule_name = :rule")
                            + " order by id desc limit :limit"))
                    .bind("before", search.before())
                    .bindArray("severities", String.class, worse)
                    .bind("device", Storable.text(search.device()))
                    .bind("rule", Storable.text(search.rule()))
                    .bind("limit", limit);
            return query.map((rows, context) -> alarm(rows)).list();
        });
    }

    public Optional<Alarm> find(long id) {
        Sight.Clause seen = Sight.clause();
        return database.with(
                handle -> seen.bind(handle.createQuery("select * from alarms where id = :id" + seen.over("subject")))
                        .bind("id", id)
                        .map((rows, context) -> alarm(rows))
                        .findOne());
    }

    /// How many of a rule are open.
    public long open(long rule) {
        return database.with(
                handle -> handle.createQuery("select count(*) from alarms where rule = :rule and cleared is null")
                        .bind("rule", rule)
                        .mapTo(Long.class)
                        .one());
    }

    /// Oldest first.
    public List<Note> notes(long alarm) {
        return database.with(handle -> handle.createQuery(
                        "select * from alarm_notes where alarm = :alarm order by time")
                .bind("alarm", alarm)
                .map((rows, context) -> new Note(
                        rows.getTimestamp("time").toInstant(), rows.getString("by_whom"), rows.getString("text")))
                .list());
    }

    /// @return whether it is kept; not where there are as many as may be
    public boolean note(long alarm, Note note) {
        return database.with(handle -> handle.execute(
                        "insert into alarm_notes (alarm, time, by_whom, text) select ?, ?, ?, ?"
                                + " where (select count(*) from alarm_notes where alarm = ?) < ?",
                        alarm,
                        Storable.time(note.time()),
                        Storable.text(note.by()),
                        Storable.text(note.text()),
                        alarm,
                        Limits.ALARM_NOTES)
                > 0);
    }

    /// @param assignee empty for nobody
    /// @return whether it is open
    public boolean assign(long alarm, String assignee, Instant now, String by) {
        return changed(
                "assignee = :assignee",
                assignee.isEmpty() ? "unassigned" : "assigned",
                alarm,
                now,
                by,
                update -> update.bind("assignee", Storable.text(assignee)));
    }

    /// @param until empty to hear of it again
    /// @return whether it is open
    public boolean mute(long alarm, Optional<Instant> until, Instant now, String by) {
        return changed(
                "muted_until = :until",
                until.isPresent() ? "muted" : "unmuted",
                alarm,
                now,
                by,
                update -> update.bind("until", until.map(Storable::time).orElse(null)));
    }

    /// By a person: it comes again when the condition has ended in between, and not before.
    ///
    /// @return whether it was open
    public boolean clear(long alarm, Instant now, String by) {
        return database.inTransaction(handle -> {
            handle.execute(
                    "update alarm_watch w set settled = true from alarms a where a.id = ? and a.cleared is null"
                            + " and w.rule = a.rule and w.subject = a.subject",
                    alarm);
            return clear(handle, "id = :id", now, by).bind("id", alarm).execute() > 0;
        });
    }

    static Update clear(Handle handle, String which, Instant now, String by) {
        return tell(handle, "cleared = :now, cleared_by = :by", which, "cleared", now, by);
    }

    private boolean changed(String set, String what, long alarm, Instant now, String by, Consumer<Update> bound) {
        return database.with(handle -> {
            Update update = tell(handle, set, "id = :id", what, now, by).bind("id", alarm);
            bound.accept(update);
            return update.execute() > 0;
        });
    }

    private static Update tell(Handle handle, String set, String which, String what, Instant now, String by) {
        return handle.createUpdate("with changed as (update alarms set " + set + " where cleared is null and " + which
                        + " returning *) " + TELL)
                .bind("now", Storable.time(now))
                .bind("what", what)
                .bind("by", Storable.text(by));
    }

    /// Tells the history what it has not been told yet: each at least once, and once only by its key.
    ///
    /// @param keep returns when the events are kept
    /// @return whether there may be more
    public boolean tell(Consumer<List<NewEvent>> keep) {
        record News(long id, NewEvent event) {}
        List<News> news = database.with(handle -> handle.createQuery("select * from alarm_news order by id limit :most")
                .bind("most", NEWS)
                .map((rows, context) -> new News(rows.getLong("id"), event(rows)))
                .list());
        if (!news.isEmpty()) {
            keep.accept(news.stream().map(News::event).toList());
            database.with(handle -> handle.createUpdate("delete from alarm_news where id = any (:ids)")
                    .bindArray("ids", Long.class, news.stream().map(News::id).toList())
                    .execute());
        }
        return news.size() == NEWS;
    }

    private static NewEvent event(ResultSet rows) throws SQLException {
        String subject = rows.getString("subject");
        String what = rows.getString("what");
        Map<String, String> args = new LinkedHashMap<>(JSON.readValue(rows.getString("args"), ARGS));
        String severity = args.getOrDefault("severity", "");
        String by = args.getOrDefault("by", "");
        args.put("alarm", Long.toString(rows.getLong("alarm")));
        return new NewEvent(
                new DeviceEvent(
                        rows.getTimestamp("time").toInstant(),
                        subject.isEmpty() ? Optional.empty() : Optional.of(EndpointId.of(subject)),
                        EventKind.ALARM,
                        "",
                        what,
                        severity,
                        args,
                        "",
                        "alarm " + rows.getLong("alarm") + " is " + what + (by.isEmpty() ? "" : " by " + by) + ", "
                                + severity + ": " + rows.getString("text")),
                "alarm news " + rows.getLong("id"));
    }

    /// Forgets alarms that were cleared before.
    public void deleteBefore(Instant time) {
        database.with(handle -> handle.execute("delete from alarms where cleared < ?", Storable.time(time)));
    }

    private static Alarm alarm(ResultSet rows) throws SQLException {
        String subject = rows.getString("subject");
        return new Alarm(
                rows.getLong("id"),
                rows.getString("rule_name"),
                Severity.valueOf(rows.getString("severity")),
                subject.isEmpty() ? Optional.empty() : Optional.of(EndpointId.of(subject)),
                rows.getString("text"),
                rows.getTimestamp("raised").toInstant(),
                rows.getString("assignee"),
                Optional.ofNullable(rows.getTimestamp("muted_until")).map(Timestamp::toInstant),
                Optional.ofNullable(rows.getTimestamp("cleared")).map(Timestamp::toInstant),
                rows.getString("cleared_by"));
    }
}
