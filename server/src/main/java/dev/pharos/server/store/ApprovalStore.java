// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/// What waits for a second person, in the table `approvals`, and when one is needed.
public final class ApprovalStore {
    private final Database database;

    public ApprovalStore(Database database) {
        this.database = database;
    }

    /// How something stands that needs a second person.
    public enum State {
        WAITING,
        /// Approved and done, which is one thing.
        DONE,
        REFUSED,
        EXPIRED
    }

    /// When a second person is needed.
    public enum Applies {
        /// As soon as two people are there who could approve.
        AUTO,
        ALWAYS,
        NEVER
    }

    /// @param devices on which one person may change something with one request; what changes more needs a second
    /// @param patience how long something waits for them
    public record Rules(Applies applies, int devices, Duration patience) {}

    /// What somebody asked for.
    ///
    /// @param kind of work
    /// @param work all that it takes to do it
    /// @param what it is, as a sentence for people
    /// @param devices how many it would change
    /// @param steps what would be done with each, without secrets
    /// @param examples ids of some of them
    /// @param behind whose token it was asked by, and who is behind that, see `People`
    public record Asked(
            String kind,
            String work,
            String what,
            long devices,
            List<String> steps,
            List<String> examples,
            String by,
            List<String> behind) {
        public Asked {
            steps = List.copyOf(steps);
            examples = List.copyOf(examples);
            behind = List.copyOf(behind);
        }

        @Override
        public String toString() {
            return "Asked[" + what + "]";
        }
    }

    /// What became of it.
    ///
    /// @param reason why it was refused
    /// @param jobs what was made
    public record Decision(String by, Instant time, String reason, List<Long> jobs) {}

    /// @param expires when it is given up
    /// @param decision empty while it waits
    public record Approval(
            long id, State state, Asked asked, Instant time, Instant expires, Optional<Decision> decision) {}

    /// The same that waits already is not asked twice.
    ///
    /// @param most as many as may wait
    /// @return empty where as many wait as may
    public Optional<Approval> ask(Asked asked, Instant now, Instant expires, int most) {
        byte[] fingerprint = Storable.hash(asked.by(), asked.kind(), asked.work());
        return database.inTransaction(handle -> {
            handle.createUpdate("""
                            insert into approvals (state, kind, work, fingerprint, what, devices, steps, examples, asked_by, behind,
                                asked, expires)
                            select 'WAITING', :kind, :work, :fingerprint, :what, :devices, :steps, :examples, :by, :behind,
                                cast(:now as timestamptz), cast(:expires as timestamptz)
                            where (select count(*) from approvals where state = 'WAITING') < :most
                            on conflict do nothing
                            """)
                    .bind("kind", asked.kind())
                    .bind("work", Storable.text(asked.work()))
                    .bind("fingerprint", fingerprint)
                    .bind("what", Storable.text(asked.what()))
                    .bind("devices", asked.devices())
                    .bindArray("steps", String.class, texts(asked.steps()))
                    .bindArray("examples", String.class, texts(asked.examples()))
                    .bind("by", Storable.text(asked.by()))
                    .bindArray("behind", String.class, texts(asked.behind()))
                    .bind("now", Storable.time(now))
                    .bind("expires", Storable.time(expires))
                    .bind("most", most)
                    .execute();
            return handle.createQuery("select * from approvals where fingerprint = :fingerprint and state = 'WAITING'")
                    .bind("fingerprint", fingerprint)
                    .map((rows, context) -> approval(rows))
                    .findOne();
        });
    }

    private static List<String> texts(List<String> texts) {
        return texts.stream().map(Storable::text).toList();
    }

    /// Whoever sees some devices only finds what they asked for themselves.
    public Optional<Approval> find(long id) {
        return list(id + 1, 1, Optional.empty()).stream()
                .filter(found -> found.id() == id)
                .findFirst();
    }

    /// The newest first, of which the same is so.
    ///
    /// @param before only those with a smaller number
    /// @param only those that stand so; empty for all
    public List<Approval> list(long before, int limit, Optional<State> only) {
        Optional<String> own = Sight.current().map(Sight::who);
        return database.with(handle -> {
            var query = handle.createQuery("select * from approvals where id < :before"
                            + (own.isPresent() ? " and asked_by = :own" : "")
                            + (only.isPresent() ? " and state = :state" : "")
                            + " order by id desc limit :limit")
                    .bind("before", before)
                    .bind("limit", limit);
            own.ifPresent(who -> query.bind("own", Storable.text(who)));
            only.ifPresent(state -> query.bind("state", state.name()));
            return query.map((rows, context) -> approval(rows)).list();
        });
    }

    /// How many wait.
    public long waiting() {
        return database.with(handle -> handle.createQuery("select count(*) from approvals where state = 'WAITING'")
                .mapTo(Long.class)
                .one());
    }

    /// Does what waits, and writes down that it is done, in one transaction: both are so afterwards, or neither, and it
    /// is done once whoever approves, on however many servers.
    ///
    /// @param work on this thread, with the stores of this database; what it throws comes out, and then
    ///     it still waits
    /// @return empty where it does not wait any more, and then nothing was done
    public Optional<Approval> carryOut(long id, String by, Instant now, Supplier<List<Long>> work) {
        return database.inTransaction(handle -> {
            boolean waits = handle.createQuery(
                            "select 1 from approvals where id = :id and state = 'WAITING' and expires > :now for update")
                    .bind("id", id)
                    .bind("now", Storable.time(now))
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent();
            return waits ? decided(handle, id, State.DONE, new Decision(by, now, "", work.get())) : Optional.empty();
        });
    }

    /// @return empty where it does not wait any more
    public Optional<Approval> refuse(long id, String by, String reason, Instant now) {
        return database.with(handle -> decided(handle, id, State.REFUSED, new Decision(by, now, reason, List.of())));
    }

    /// Gives up what has waited long enough.
    ///
    /// @return what was given up
    public List<Approval> expire(Instant now) {
        return database.with(handle -> handle.createQuery("""
                        update approvals set state = 'EXPIRED', work = '', decided = expires
                        where state = 'WAITING' and expires <= :now returning *
                        """)
                .bind("now", Storable.time(now))
                .map((rows, context) -> approval(rows))
                .list());
    }

    public void deleteBefore(Instant decided) {
        database.with(handle -> handle.execute("delete from approvals where decided < ?", Storable.time(decided)));
    }

    private static Optional<Approval> decided(Handle handle, long id, State state, Decision decision) {
        return handle.createQuery("""
                        update approvals set state = :state, work = '', decided_by = :by, decided = :now, reason = :reason, jobs = :jobs
                        where id = :id and state = 'WAITING' returning *
                        """)
                .bind("state", state.name())
                .bind("by", Storable.text(decision.by()))
                .bind("now", Storable.time(decision.time()))
                .bind("reason", Storable.text(decision.reason()))
                .bindArray("jobs", Long.class, decision.jobs())
                .bind("id", id)
                .map((rows, context) -> approval(rows))
                .findOne();
    }

    private static Approval approval(ResultSet rows) throws SQLException {
        Optional<Instant> decided =
                Optional.ofNullable(rows.getTimestamp("decided")).map(Timestamp::toInstant);
        String by = rows.getString("decided_by");
        String reason = rows.getString("reason");
        List<Long> jobs = Arrays.asList((Long[]) rows.getArray("jobs").getArray());
        return new Approval(
                rows.getLong("id"),
                State.valueOf(rows.getString("state")),
                new Asked(
                        rows.getString("kind"),
                        rows.getString("work"),
                        rows.getString("what"),
                        rows.getLong("devices"),
                        texts(rows, "steps"),
                        texts(rows, "examples"),
                        rows.getString("asked_by"),
                        texts(rows, "behind")),
                rows.getTimestamp("asked").toInstant(),
                rows.getTimestamp("expires").toInstant(),
                decided.map(time -> new Decision(by, time, reason, jobs)));
    }

    private static List<String> texts(ResultSet rows, String column) throws SQLException {
        return Arrays.asList((String[]) rows.getArray(column).getArray());
    }

    /// @return empty where nobody has said anything
    public Optional<Rules> rules() {
        return database.with(handle -> handle.createQuery("select * from approval_rules")
                .map((rows, context) -> new Rules(
                        Applies.valueOf(rows.getString("applies")),
                        rows.getInt("devices"),
                        Duration.ofHours(rows.getInt("hours"))))
                .findOne());
    }

    public void put(Rules rules) {
        database.with(handle -> handle.execute("""
                insert into approval_rules (applies, devices, hours) values (?, ?, ?)
                on conflict (tenant) do update set applies = excluded.applies, devices = excluded.devices, hours = excluded.hours
                """, rules.applies().name(), rules.devices(), (int)
                rules.patience().toHours()));
    }
}
