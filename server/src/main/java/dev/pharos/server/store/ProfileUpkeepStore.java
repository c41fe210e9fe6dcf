// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Which devices are to be looked at for their profiles, and what of them always drifts away again.
public final class ProfileUpkeepStore {
    private final Database database;

    public ProfileUpkeepStore(Database database) {
        this.database = database;
    }

    /// These devices are to be looked at, not before this; who is to be looked at already is so earlier or as before.
    public void due(Collection<EndpointId> devices, Instant when) {
        if (devices.isEmpty()) {
            return;
        }
        Set<String> ids = new TreeSet<>();
        devices.forEach(device -> ids.add(device.toString()));
        database.with(handle -> handle.createUpdate("insert into profile_due (device_no, due)"
                        + " select no, cast(:due as timestamptz) from devices where id = any (:ids) and approved"
                        + " order by no on conflict (device_no) do update"
                        + " set due = least(profile_due.due, excluded.due)")
                .bind("due", Storable.time(when))
                .bindArray("ids", String.class, List.copyOf(ids))
                .execute());
    }

    /// Takes some of those that are due, the longest due first: nobody else gets them. What is not done with them
    /// because the server dies is found again, since they are still not as they should be.
    public List<EndpointId> take(Instant now, int most) {
        return database.with(handle -> handle.createQuery("with gone as (delete from profile_due where device_no in"
                        + " (select device_no from profile_due where due <= :now order by due limit :most"
                        + " for update skip locked) returning device_no)"
                        + " select d.id from gone join devices d on d.no = gone.device_no")
                .bind("now", Storable.time(now))
                .bind("most", most)
                .mapTo(String.class)
                .map(EndpointId::of)
                .list());
    }

    /// On how many devices a job of a profile has changed something.
    public long changedBy(long job) {
        return database.with(
                handle -> handle.createQuery("select count(distinct device) from profile_changes where job = :job")
                        .bind("job", job)
                        .mapTo(Long.class)
                        .one());
    }

    /// How often a parameter was put right lately.
    ///
    /// @param givenUp whether it is left alone
    public record Drift(int times, Instant since, Instant last, boolean givenUp) {}

    /// @param after only what was last put right after this
    /// @return by path
    public Map<String, Drift> drift(EndpointId device, Instant after) {
        Map<String, Drift> found = new HashMap<>();
        database.with(handle -> handle.createQuery(
                        "select p.* from profile_drift p join devices d on d.no = p.device_no"
                                + " where d.id = :id and p.last > :after")
                .bind("id", device.toString())
                .bind("after", Storable.time(after))
                .map((rows, context) -> found.put(
                        rows.getString("path"),
                        new Drift(
                                rows.getInt("times"),
                                rows.getTimestamp("since").toInstant(),
                                rows.getTimestamp("last").toInstant(),
                                rows.getBoolean("given_up"))))
                .list());
        return found;
    }

    /// These were tried to be put right now.
    ///
    /// @param window within which `most` times are too often
    /// @return those of them that are left alone from now on, each told once
    public Set<String> tried(EndpointId device, Collection<String> paths, Instant now, Duration window, int most) {
        if (paths.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(database.with(handle -> handle.createQuery("""
                        insert into profile_drift as p (device_no, path, times, since, last, given_up)
                        select d.no, t.path, 1, :now, :now, false from devices d, unnest(:paths) as t (path) where d.id = :id
                        on conflict (device_no, path) do update set
                            times = case when p.since < :begin then 1 else p.times + 1 end,
                            since = case when p.since < :begin then excluded.since else p.since end,
                            given_up = p.since >= :begin and p.times + 1 >= :most,
                            last = excluded.last
                        returning case when times = :most and given_up then path end
                        """)
                .bind("now", Storable.time(now))
                .bindArray("paths", String.class, List.copyOf(new TreeSet<>(paths)))
                .bind("id", device.toString())
                .bind("begin", Storable.time(now.minus(window)))
                .bind("most", most)
                .mapTo(String.class)
                .filter(path -> path != null)
                .list()));
    }

    /// What was left alone is tried again: somebody has changed what is wanted.
    public void forget(Collection<ParameterPattern> wanted) {
        Set<String> forms = new TreeSet<>();
        for (ParameterPattern pattern : wanted) {
            String object = pattern.expression();
            forms.add(object.substring(0, object.length() - 1) + pattern.parameter() + "$");
            if (pattern.object().endsWith(".*.")) {
                // a row by its keys
                String table = pattern.object().substring(0, pattern.object().length() - 2);
                forms.add("^" + table.replace(".", "\\.") + "\\[");
            }
        }
        database.with(handle -> handle.createUpdate("delete from profile_drift where path ~ any (:forms)")
                .bindArray("forms", String.class, List.copyOf(forms))
                .execute());
    }

    public void deleteBefore(Instant last) {
        database.with(handle -> handle.execute("delete from profile_drift where last < ?", Storable.time(last)));
    }
}
