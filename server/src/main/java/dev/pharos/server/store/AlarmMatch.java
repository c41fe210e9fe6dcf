// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.alarm.AlarmCondition;
import dev.pharos.controller.alarm.AlarmRule;
import dev.pharos.controller.query.Condition;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/// The devices on which a rule's condition holds at a moment, as SQL; how long it has held is not looked at.
///
/// @param devices of the rule, with their groups
/// @param holds the rule's condition, where it is a query
record AlarmMatch(AlarmRule rule, Condition devices, Optional<Condition> holds, Instant now) {

    /// A query for their ids, as `id`.
    String ids() {
        String of = audience();
        return held().map(sql -> "select id from devices where " + of + " and " + sql.text())
                .orElseGet(() -> events(of));
    }

    /// How many devices the rule is about, as an expression.
    String count() {
        return "(select count(*) from devices where " + audience() + ")";
    }

    /// What [#ids] and [#count] need.
    <S extends SqlStatement<S>> S bind(S statement) {
        ConditionSql.of(devices, "d").bind(statement);
        held().ifPresent(sql -> sql.bind(statement));
        if (rule.condition() instanceof AlarmCondition.Happens happens) {
            statement
                    .bind("begin", Storable.time(now.minus(happens.within())))
                    .bindArray(
                            "kinds",
                            String.class,
                            happens.kinds().stream().map(Enum::name).toList())
                    .bind("path", happens.path())
                    .bind("least", happens.atLeast());
        }
        return statement;
    }

    private String audience() {
        return ConditionSql.of(devices, "d").text();
    }

    private Optional<ConditionSql> held() {
        return holds.map(each -> ConditionSql.of(each, "h"));
    }

    private String events(String of) {
        boolean all = rule.condition() instanceof AlarmCondition.Happens happens
                && happens.kinds().isEmpty();
        return "select e.device as id from events e where e.time > :begin and "
                + (all ? "e.kind <> 'ALARM'" : "e.kind = any (:kinds)")
                + " and starts_with(e.path || e.name, :path) and e.device in (select id from devices where " + of
                + ") group by e.device having count(*) >= :least";
    }
}
