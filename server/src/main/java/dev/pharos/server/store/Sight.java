// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.query.Condition;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/// Which devices whoever asks may see. It holds for everything that is done on the thread that does it for them: what
/// stores find there is in sight, by the conditions of their statements, and no caller can leave that out. Where nobody
/// set it, as in all that the server does by itself, everything is.
///
/// @param devices those that may be seen, without groups
/// @param who asks, as jobs name who made them
public record Sight(Condition devices, String who) {
    private static final ScopedValue<Sight> CURRENT = ScopedValue.newInstance();

    /// Nothing is in sight: of a query that cannot be read any more.
    public static final Condition NOTHING = new Condition.Any(List.of());

    /// Of this thread; empty where all devices may be seen.
    public static Optional<Sight> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /// Does something within this sight.
    public <R, X extends Throwable> R within(ScopedValue.CallableOp<? extends R, X> work) throws X {
        return ScopedValue.where(CURRENT, this).call(work);
    }

    /// Those of a condition that are in sight.
    static Condition of(Condition wanted) {
        return current()
                .<Condition>map(sight -> new Condition.All(List.of(sight.devices(), wanted)))
                .orElse(wanted);
    }

    /// What keeps a statement to what is in sight.
    static Clause clause() {
        return new Clause(current().map(sight -> ConditionSql.of(sight.devices(), "sight")), current());
    }

    /// Of one statement.
    record Clause(Optional<ConditionSql> condition, Optional<Sight> sight) {
        /// Continues a `where`, for a column that has Endpoint IDs; empty where everything is in sight.
        String over(String column) {
            return condition
                    .map(meant -> " and " + column + " in (select id from devices where " + meant.text() + ")")
                    .orElse("");
        }

        /// Continues a `where` over the table `devices`.
        String devices() {
            return condition.map(meant -> " and " + meant.text()).orElse("");
        }

        /// Continues a `where` over the table `jobs`, named so: jobs of one's own, and those with a device in sight.
        String jobs() {
            return condition.isEmpty()
                    ? ""
                    : " and (jobs.created_by = :sight_who or exists (select 1 from job_targets t where t.job = jobs.id"
                            + over("t.device") + "))";
        }

        <S extends SqlStatement<S>> S bind(S statement) {
            condition.ifPresent(meant -> meant.bind(statement));
            return statement;
        }

        /// For a statement with [#jobs()].
        <S extends SqlStatement<S>> S bindJobs(S statement) {
            sight.ifPresent(each -> statement.bind("sight_who", Storable.text(each.who())));
            return bind(statement);
        }
    }
}
