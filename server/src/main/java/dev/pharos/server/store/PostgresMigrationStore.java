// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.acs.UspDoor;
import dev.pharos.controller.job.Crossing;
import dev.pharos.controller.migration.Migration;
import dev.pharos.controller.migration.MigrationFunnel;
import dev.pharos.controller.migration.MigrationPlace;
import dev.pharos.controller.migration.MigrationPlan;
import dev.pharos.controller.migration.MigrationState;
import dev.pharos.controller.migration.MigrationStore;
import dev.pharos.controller.migration.ReturnReason;
import dev.pharos.usp.EndpointId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Migrations in the table `device_migrations`.
public final class PostgresMigrationStore implements MigrationStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SELECT =
            "select d.id, m.campaign, m.reason, m.body from device_migrations m join devices d on d.no = m.device_no ";

    /// Where a device of a campaign is, by `u`, what its wave's job says of it, and `m`, its migration for the
    /// campaign.
    static final String PLACE = """
            coalesce(m.state, case
                when u.state = 'DONE' then 'already'
                when u.state = 'CANCELLED' or (u.state = 'FAILED' and (u.tries = 0 or u.why = 'it did not return before the deadline'))
                    then 'absent'
                when u.state in ('FAILED', 'UNCERTAIN') then 'unable'
                else 'waiting' end)""";

    private final Database database;

    public PostgresMigrationStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean begin(Migration migration) {
        return database.with(handle -> handle.createUpdate("""
                                insert into device_migrations as m (device_no, state, open, steps, begun, campaign, reached, body)
                                select no, :state, true, 1, :begun, cast(:campaign as bigint), :reached, cast(:body as jsonb)
                                from devices where id = :id
                                on conflict (device_no) do update set state = excluded.state, open = true, steps = 1,
                                    begun = excluded.begun, campaign = excluded.campaign, reached = excluded.reached, reason = '',
                                    body = excluded.body
                                where m.state in ('failed', 'returned')
                                """)
                        .bind("state", migration.state().text())
                        .bindBySqlType("campaign", campaign(migration.plan()), Types.BIGINT)
                        .bind("reached", migration.reached().text())
                        .bind("begun", Storable.time(migration.last().time()))
                        .bind("body", json(migration))
                        .bind("id", Storable.text(migration.device().toString()))
                        .execute()
                > 0);
    }

    @Override
    public Optional<Migration> find(EndpointId device) {
        return database.with(handle -> handle.createQuery(SELECT + "where d.id = :id")
                .bind("id", Storable.text(device.toString()))
                .map((rows, context) -> read(rows))
                .findOne());
    }

    @Override
    public List<Migration> open(int most) {
        return database.with(handle -> handle.createQuery(SELECT + "where m.open order by m.begun limit :most")
                .bind("most", most)
                .map((rows, context) -> read(rows))
                .list());
    }

    @Override
    public Map<MigrationState, Long> counts() {
        Map<MigrationState, Long> counts = new EnumMap<>(MigrationState.class);
        Sight.Clause seen = Sight.clause();
        database.with(handle -> seen.bind(handle.createQuery("select m.state, count(*) as n from device_migrations m"
                                + " join devices d on d.no = m.device_no where true" + seen.over("d.id")
                                + " group by m.state"))
                        .map((rows, context) ->
                                Map.entry(MigrationState.of(rows.getString("state")), rows.getLong("n")))
                        .list())
                .forEach(each -> counts.put(each.getKey(), each.getValue()));
        return counts;
    }

    @Override
    public boolean move(Migration from, Migration to) {
        return database.with(handle -> handle.createUpdate("""
                                update device_migrations m set state = :state, open = :open, steps = :steps,
                                    reached = :reached, reason = :reason,
                                    body = cast(:body as jsonb)
                                from devices d where d.no = m.device_no and d.id = :id and m.steps = :before
                                    and m.state = :was
                                """)
                        .bind("state", to.state().text())
                        .bind("open", !to.state().isEnd())
                        .bind("steps", to.steps().size())
                        .bind("reached", to.reached().text())
                        .bind("reason", to.reason().map(ReturnReason::text).orElse(""))
                        .bind("body", json(to))
                        .bind("id", Storable.text(to.device().toString()))
                        .bind("before", from.steps().size())
                        .bind("was", from.state().text())
                        .execute()
                > 0);
    }

    @Override
    public boolean isAwaited(long campaign, EndpointId device) {
        return database.with(handle -> handle.createQuery("""
                        select exists (select 1 from job_targets t join jobs j on j.id = t.job where j.campaign = :campaign
                            and %s and t.device = :device and t.state in ('WAITING', 'OFFLINE', 'RUNNING'))
                        """.formatted(JobRows.FORTH))
                .bind("campaign", campaign)
                .bind("device", Storable.text(device.toString()))
                .mapTo(Boolean.class)
                .one());
    }

    @Override
    public MigrationFunnel funnel(long campaign) {
        return MigrationFunnel.of(database.with(handle -> handle.createQuery("""
                        select %1$s as place, coalesce(m.reached, '') as reached,
                            case when m.state is not null then m.reason when %1$s = 'unable' then u.why else '' end as reason, count(*) as n
                        from campaign_devices c
                        left join (select t.device, t.state, t.tries, t.why from job_targets t join jobs j on j.id = t.job
                            where j.campaign = :campaign and %2$s) u on u.device = c.device
                        left join devices d on d.id = c.device
                        left join device_migrations m on m.device_no = d.no and m.campaign = c.campaign
                        where c.campaign = :campaign group by 1, 2, 3
                        """.formatted(PLACE, JobRows.FORTH))
                .bind("campaign", campaign)
                .map((rows, context) -> new MigrationFunnel.Part(
                        MigrationPlace.of(rows.getString("place")),
                        rows.getString("reached"),
                        rows.getString("reason"),
                        rows.getLong("n")))
                .list()));
    }

    private static @Nullable Long campaign(MigrationPlan plan) {
        return plan.campaign().isPresent() ? (Long) plan.campaign().getAsLong() : null;
    }

    private static OptionalLong campaign(ResultSet rows) throws SQLException {
        long campaign = rows.getLong("campaign");
        return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(campaign);
    }

    private static String json(Migration migration) {
        ObjectNode json = JSON.createObjectNode();
        MigrationPlan plan = migration.plan();
        DoorJson.write(plan.door(), json.putObject("door"));
        json.put("keepCwmp", plan.keepCwmp());
        json.put("settle", plan.settle().toSeconds());
        json.put("byNetwork", plan.byNetwork());
        json.put("by", plan.by());
        json.put("cameFrom", plan.cameFrom());
        ArrayNode steps = json.putArray("steps");
        migration
                .steps()
                .forEach(step -> steps.addObject()
                        .put("state", step.state().text())
                        .put("time", step.time().toString())
                        .put("text", step.text()));
        ObjectNode seen = json.putObject("seen");
        migration.seen().forEach(seen::put);
        return Storable.text(JSON.writeValueAsString(json)).replace("\\u0000", "\\ufffd");
    }

    private static Migration read(ResultSet rows) throws SQLException {
        JsonNode json = JSON.readTree(rows.getString("body"));
        List<Migration.Step> steps = new ArrayList<>();
        json.get("steps")
                .forEach(step -> steps.add(new Migration.Step(
                        MigrationState.of(step.get("state").stringValue()),
                        Instant.parse(step.get("time").stringValue()),
                        step.get("text").stringValue())));
        Map<String, String> seen = new TreeMap<>();
        json.get("seen")
                .properties()
                .forEach(each -> seen.put(each.getKey(), each.getValue().stringValue()));
        String reason = rows.getString("reason");
        UspDoor door = DoorJson.read(json.get("door"));
        MigrationPlan plan = new MigrationPlan(
                door,
                new Crossing(
                        door.transport(),
                        json.get("keepCwmp").booleanValue(),
                        Duration.ofSeconds(json.get("settle").longValue()),
                        json.path("byNetwork").asBoolean(false)),
                json.get("by").stringValue(),
                campaign(rows),
                json.get("cameFrom").stringValue());
        return new Migration(
                EndpointId.of(rows.getString("id")),
                plan,
                steps,
                seen,
                reason.isEmpty() ? Optional.empty() : Optional.of(ReturnReason.of(reason)));
    }
}
