// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.alarm.AlarmCondition;
import dev.pharos.controller.alarm.AlarmRule;
import dev.pharos.controller.alarm.Severity;
import dev.pharos.controller.store.EventKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What people want to be alarmed about.
public final class AlarmRuleStore {
    private static final String PUT = """
            insert into alarm_rules (name, severity, devices, holds_query, lasting_s, kinds, path, at_least, within_s, share,
                changed, changed_by)
            select :name, :severity, :devices, :holds, :lasting, :kinds, :path, :least, :within, :share, :changed, :by
            where (select count(*) from alarm_rules where name <> :name) < :most
            on conflict (tenant, name) do update set severity = excluded.severity, devices = excluded.devices,
                holds_query = excluded.holds_query, lasting_s = excluded.lasting_s, kinds = excluded.kinds,
                path = excluded.path, at_least = excluded.at_least, within_s = excluded.within_s, share = excluded.share,
                changed = excluded.changed, changed_by = excluded.changed_by, note = '', next_look = to_timestamp(0)
            """;

    private final Database database;
    private final Owners owners;

    public AlarmRuleStore(Database database) {
        this.database = database;
        this.owners = new Owners(database, "alarm_rules");
    }

    /// Does something for whoever a rule belongs to.
    public void forOwner(StoredRule rule, Runnable work) {
        owners.within(rule.id(), () -> {
            work.run();
            return true;
        });
    }

    /// A rule as it is kept.
    ///
    /// @param note why it is not looked for, or not all of it; empty where all is well
    public record StoredRule(long id, AlarmRule rule, String note, Instant changed, String changedBy) {}

    /// By name.
    public List<StoredRule> all() {
        return database.with(handle -> handle.createQuery("select * from alarm_rules order by name")
                .map((rows, context) -> rule(rows))
                .list());
    }

    public Optional<StoredRule> find(String name) {
        return database.with(handle -> handle.createQuery("select * from alarm_rules where name = :name")
                .bind("name", Storable.text(name))
                .map((rows, context) -> rule(rows))
                .findOne());
    }

    /// In place of the one of this name. What was seen for that does not count for this.
    ///
    /// @return whether it is kept; not where there are as many as may be already
    public boolean put(AlarmRule rule, Instant changed, String by) {
        return database.inTransaction(handle -> {
            handle.execute(
                    "delete from alarm_watch where rule = (select id from alarm_rules where name = ?)",
                    Storable.text(rule.name()));
            Optional<AlarmCondition.Holds> holds =
                    rule.condition() instanceof AlarmCondition.Holds state ? Optional.of(state) : Optional.empty();
            Optional<AlarmCondition.Happens> happens =
                    rule.condition() instanceof AlarmCondition.Happens events ? Optional.of(events) : Optional.empty();
            return handle.createUpdate(PUT)
                            .bind("name", Storable.text(rule.name()))
                            .bind("severity", rule.severity().name())
                            .bind("devices", Storable.text(rule.devices()))
                            .bind(
                                    "holds",
                                    holds.map(AlarmCondition.Holds::query)
                                            .map(Storable::text)
                                            .orElse(null))
                            .bind(
                                    "lasting",
                                    holds.map(state -> state.lasting().toSeconds())
                                            .orElse(0L))
                            .bindArray(
                                    "kinds",
                                    String.class,
                                    happens.map(AlarmCondition.Happens::kinds).orElse(Set.of()).stream()
                                            .map(Enum::name)
                                            .sorted()
                                            .toList())
                            .bind(
                                    "path",
                                    happens.map(events -> Storable.text(events.path()))
                                            .orElse(""))
                            .bind(
                                    "least",
                                    happens.map(AlarmCondition.Happens::atLeast).orElse(null))
                            .bind(
                                    "within",
                                    happens.map(events -> events.within().toSeconds())
                                            .orElse(0L))
                            .bind("share", rule.share().orElse(null))
                            .bind("changed", Storable.time(changed))
                            .bind("by", Storable.text(by))
                            .bind("most", Limits.ALARM_RULES)
                            .execute()
                    > 0;
        });
    }

    /// Its open alarms are cleared.
    ///
    /// @return whether it was there
    public boolean remove(String name, Instant now, String by) {
        return database.inTransaction(handle -> {
            AlarmStore.clear(handle, "rule = (select id from alarm_rules where name = :name)", now, by)
                    .bind("name", Storable.text(name))
                    .execute();
            return handle.execute("delete from alarm_rules where name = ?", Storable.text(name)) > 0;
        });
    }

    /// Says why a rule is not looked for; empty where it is.
    public void note(long id, String note) {
        database.with(handle -> handle.execute(
                "update alarm_rules set note = ? where id = ? and note <> ?",
                Storable.text(note),
                id,
                Storable.text(note)));
    }

    private static StoredRule rule(ResultSet rows) throws SQLException {
        @Nullable String holds = rows.getString("holds_query");
        int share = rows.getInt("share");
        boolean shared = !rows.wasNull();
        AlarmCondition condition = holds == null
                ? new AlarmCondition.Happens(
                        kinds((String[]) rows.getArray("kinds").getArray()),
                        rows.getString("path"),
                        rows.getInt("at_least"),
                        Duration.ofSeconds(rows.getInt("within_s")))
                : new AlarmCondition.Holds(holds, Duration.ofSeconds(rows.getInt("lasting_s")));
        return new StoredRule(
                rows.getLong("id"),
                new AlarmRule(
                        rows.getString("name"),
                        Severity.valueOf(rows.getString("severity")),
                        rows.getString("devices"),
                        condition,
                        shared ? Optional.of(share) : Optional.empty()),
                rows.getString("note"),
                rows.getTimestamp("changed").toInstant(),
                rows.getString("changed_by"));
    }

    private static Set<EventKind> kinds(String[] names) {
        return Arrays.stream(names).map(EventKind::valueOf).collect(Collectors.toSet());
    }
}
