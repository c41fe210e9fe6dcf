// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.health.Health;
import dev.pharos.controller.health.HealthFacts;
import dev.pharos.controller.health.HealthRules;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/// What the health of devices is judged by, and how it is kept for queries.
public final class HealthStore {
    private static final Duration DAY = Duration.ofDays(1);

    /// Of several servers one looks at the fleet.
    private static final String ONE_LOOKS = "select pg_try_advisory_xact_lock(7261372)";

    /// Devices that may be asked and were read: of others nothing is known that could be judged.
    private static final String JUDGED = "approved and onboarded";

    private static final String OBJECTS = Health.SOURCES.stream()
            .map(source -> source.replace(".", "\\.").replace("*", "[0-9]+"))
            .collect(Collectors.joining("|", "^(", ")$"));

    private static final String VALUES = "select device_no, object_path, parameters from twin"
            + " where device_no = any (:nos) and object_path ~ :objects";

    /// With the condition of the index `events_fleet`, word for word.
    private static final String HAPPENINGS = """
            select device, count(*) filter (where name = 'Boot!') as starts, count(*) filter (where kind = 'OFFLINE') as losses
            from events
            where time >= :day and (kind in ('ONLINE', 'OFFLINE', 'REFUSED') or name = 'Boot!') and device = any (:ids)
            group by device
            """;

    private static final String ALARMS = """
            select subject, count(*) as open from alarms
            where cleared is null and subject = any (:ids) and (muted_until is null or muted_until < :now)
            group by subject
            """;

    /// What changes of a device at this moment is left for the next look: nobody waits for this, and this for nobody.
    private static final String KEEP = """
            with free as (select no from devices where no = any (:nos) order by no for no key update skip locked)
            update devices set health = judged.score
            from unnest(:nos, :scores) as judged (no, score)
            where devices.no = judged.no and devices.no in (select no from free) and devices.health is distinct from judged.score
            """;

    private static final String UNKNOWN = """
            with free as (select no from devices where health is not null and not (approved and onboarded)
                          order by no for no key update skip locked)
            update devices set health = null where no in (select no from free)
            """;

    private final Database database;

    public HealthStore(Database database) {
        this.database = database;
    }

    private record Numbered(long no, DeviceRecord device) {}

    /// What is known of a device now; empty where it was not read yet, or waits for approval.
    ///
    /// @throws StoreException where the database cannot be reached
    public Optional<HealthFacts> facts(EndpointId id, Instant now) {
        return database.with(handle -> {
            List<Numbered> devices = handle.createQuery("select * from devices where id = :id and " + JUDGED)
                    .bind("id", id.toString())
                    .map((rows, context) -> new Numbered(rows.getLong("no"), PostgresDeviceStore.device(rows)))
                    .list();
            return facts(handle, devices, now).values().stream().findFirst();
        });
    }

    /// Judges the next devices in the order in which they came, and keeps what changed.
    ///
    /// @param after the number of the last one that was judged; 0 at the beginning
    /// @return the same for the next call; empty where there are no more, or another server looks
    /// @throws StoreException where the database cannot be reached
    public OptionalLong look(long after, Instant now) {
        return database.inTransaction(handle -> {
            if (!handle.createQuery(ONE_LOOKS).mapTo(Boolean.class).one()) {
                return OptionalLong.empty();
            }
            if (after == 0) {
                handle.execute(UNKNOWN);
            }
            List<Numbered> devices = handle.createQuery(
                            "select * from devices where no > :after and " + JUDGED + " order by no limit :most")
                    .bind("after", after)
                    .bind("most", Limits.HEALTH_AT_ONCE)
                    .map((rows, context) -> new Numbered(rows.getLong("no"), PostgresDeviceStore.device(rows)))
                    .list();
            keep(handle, facts(handle, devices, now));
            return devices.size() < Limits.HEALTH_AT_ONCE
                    ? OptionalLong.empty()
                    : OptionalLong.of(devices.getLast().no());
        });
    }

    private static void keep(Handle handle, Map<Long, HealthFacts> facts) {
        List<Long> nos = new ArrayList<>();
        List<Integer> scores = new ArrayList<>();
        facts.forEach((no, known) -> {
            nos.add(no);
            scores.add(HealthRules.judge(known).score());
        });
        if (!nos.isEmpty()) {
            Update update = handle.createUpdate(KEEP);
            update.bindArray("nos", Long.class, nos)
                    .bindArray("scores", Integer.class, scores)
                    .execute();
        }
    }

    private static Map<Long, HealthFacts> facts(Handle handle, List<Numbered> devices, Instant now) {
        if (devices.isEmpty()) {
            return Map.of();
        }
        List<Long> nos = devices.stream().map(Numbered::no).toList();
        List<String> ids =
                devices.stream().map(each -> each.device().id().toString()).toList();
        Map<Long, List<TwinValue>> values = values(handle, nos);
        Map<String, int[]> happenings = happenings(handle, ids, now);
        Map<String, Integer> alarms = alarms(handle, ids, now);
        Map<Long, HealthFacts> facts = new HashMap<>();
        for (Numbered each : devices) {
            String id = each.device().id().toString();
            int[] happened = happenings.getOrDefault(id, new int[2]);
            facts.put(
                    each.no(),
                    new HealthFacts(
                            each.device(),
                            values.getOrDefault(each.no(), List.of()),
                            happened[0],
                            happened[1],
                            alarms.getOrDefault(id, 0)));
        }
        return facts;
    }

    private static Map<Long, List<TwinValue>> values(Handle handle, List<Long> nos) {
        Map<Long, List<TwinValue>> values = new HashMap<>();
        handle.createQuery(VALUES)
                .bindArray("nos", Long.class, nos)
                .bind("objects", OBJECTS)
                .map((rows, context) -> Map.entry(
                        rows.getLong("device_no"),
                        PostgresTwinStore.values(rows.getString("object_path"), rows.getString("parameters"))))
                .forEach(object -> values.computeIfAbsent(object.getKey(), _ -> new ArrayList<>())
                        .addAll(object.getValue()));
        return values;
    }

    /// Starts and losses by device.
    private static Map<String, int[]> happenings(Handle handle, List<String> ids, Instant now) {
        return handle
                .createQuery(HAPPENINGS)
                .bind("day", Storable.time(now.minus(DAY)))
                .bindArray("ids", String.class, ids)
                .map((rows, context) ->
                        Map.entry(rows.getString("device"), new int[] {rows.getInt("starts"), rows.getInt("losses")}))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, Integer> alarms(Handle handle, List<String> ids, Instant now) {
        return handle
                .createQuery(ALARMS)
                .bind("now", Storable.time(now))
                .bindArray("ids", String.class, ids)
                .map((rows, context) -> Map.entry(rows.getString("subject"), rows.getInt("open")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
