// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.migration.Migration;
import dev.pharos.controller.migration.MigrationPlan;
import dev.pharos.controller.migration.MigrationState;
import dev.pharos.controller.migration.MigrationStore;
import dev.pharos.usp.EndpointId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Migrations in the table `device_migrations`.
public final class PostgresMigrationStore implements MigrationStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SELECT =
            "select d.id, m.body from device_migrations m join devices d on d.no = m.device_no ";

    private final Database database;

    public PostgresMigrationStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean begin(Migration migration) {
        return database.with(handle -> handle.createUpdate("""
                                insert into device_migrations as m (device_no, state, open, steps, begun, body)
                                select no, :state, true, 1, :begun, cast(:body as jsonb) from devices where id = :id
                                on conflict (device_no) do update set state = excluded.state, open = true, steps = 1,
                                    begun = excluded.begun, body = excluded.body
                                where m.state in ('failed', 'returned')
                                """)
                        .bind("state", migration.state().text())
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
                                    body = cast(:body as jsonb)
                                from devices d where d.no = m.device_no and d.id = :id and m.steps = :before
                                    and m.state = :was
                                """)
                        .bind("state", to.state().text())
                        .bind("open", !to.state().isEnd())
                        .bind("steps", to.steps().size())
                        .bind("body", json(to))
                        .bind("id", Storable.text(to.device().toString()))
                        .bind("before", from.steps().size())
                        .bind("was", from.state().text())
                        .execute()
                > 0);
    }

    private static String json(Migration migration) {
        ObjectNode json = JSON.createObjectNode();
        MigrationPlan plan = migration.plan();
        DoorJson.write(plan.door(), json.putObject("door"));
        json.put("keepCwmp", plan.keepCwmp());
        json.put("settle", plan.settle().toSeconds());
        json.put("by", plan.by());
        json.put("cameFrom", plan.cameFrom());
        json.put("calledBack", migration.calledBack());
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
        MigrationPlan plan = new MigrationPlan(
                DoorJson.read(json.get("door")),
                json.get("keepCwmp").booleanValue(),
                Duration.ofSeconds(json.get("settle").longValue()),
                json.get("by").stringValue(),
                json.get("cameFrom").stringValue());
        return new Migration(
                EndpointId.of(rows.getString("id")),
                plan,
                steps,
                seen,
                json.get("calledBack").booleanValue());
    }
}
