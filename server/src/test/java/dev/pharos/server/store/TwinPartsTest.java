// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.query.Condition;
import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.controller.query.TextComparison;
import dev.pharos.controller.query.ValueTest;
import dev.pharos.controller.store.DeviceQuery;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.Test;

/// The twins lie in parts, by the path of the object.
final class TwinPartsTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00.123Z");

    /// The last schema that kept them in one table.
    private static final int BEFORE = 23;

    @Test
    void a_database_from_before_keeps_every_value_and_finds_devices_by_them() {
        DataSource source = TestDatabase.empty("twins_before");
        EndpointId one = EndpointId.of("proto::one");
        EndpointId other = EndpointId.of("proto::other");
        try (Database before = Database.openAt(source, BEFORE)) {
            fill(before, one, "36");
            fill(before, other, "48");
        }
        try (Database now = Database.open(source)) {
            PostgresTwinStore twins = new PostgresTwinStore(now);
            PostgresDeviceStore devices = new PostgresDeviceStore(now);
            assertThat(twins.list(one, "", 1_000)).containsExactlyInAnyOrderElementsOf(values("36"));
            assertThat(devices.list(new DeviceQuery(channel("*", "48"), DeviceQuery.Sort.ID, false, 10, ""))
                            .items())
                    .extracting(DeviceRecord::id)
                    .containsExactly(other);
            assertThat(parts(now)).hasSizeGreaterThan(40).doesNotHaveDuplicates();
            devices.delete(other);
            assertThat(rows(now)).isEqualTo(100);
        }
    }

    @Test
    void a_query_over_one_object_reads_one_part() {
        ConditionSql meant = ConditionSql.of(channel("7", "36"));
        List<String> plan = TestDatabase.database().with(handle -> {
            Query query = handle.createQuery("explain select count(*) from devices where " + meant.text());
            meant.bind(query);
            return query.mapTo(String.class).list();
        });
        assertThat(plan.stream().filter(line -> line.contains(" on twin_"))).hasSize(1);
    }

    private static Condition channel(String radio, String value) {
        return new Condition.ParameterIs(
                new ParameterPattern("Device.WiFi.Radio." + radio + ".", "Channel"),
                new ValueTest.Text(TextComparison.IS, value));
    }

    /// A device with a hundred objects, as it was written then.
    private static void fill(Database before, EndpointId device, String channel) {
        before.with(handle -> handle.execute(
                "insert into devices (id, approved, verified, status, status_reason, transport, address, manufacturer, oui,"
                        + " model_name, product_class, serial_number, hardware_version, software_version, first_seen, last_seen,"
                        + " protocol_versions, model_hash, parameter_count, onboarded, tags, search_text)"
                        + " values (?, true, false, 'OFFLINE', '', '', '', '', '', '', '', '', '', '', now(), now(),"
                        + " '', '', 200, true, '{}', '')",
                device.toString()));
        before.with(handle -> handle.execute(
                "insert into twin (device_no, object_path, parameters)"
                        + " select d.no, 'Device.WiFi.Radio.' || i || '.', jsonb_build_object("
                        + " 'Channel', jsonb_build_array(?::text, ?::bigint, 'GET'),"
                        + " 'Password', jsonb_build_array('', ?::bigint, 'SET', true))"
                        + " from devices d, generate_series(1, 100) i where d.id = ?",
                channel,
                NOW.toEpochMilli(),
                NOW.toEpochMilli(),
                device.toString()));
    }

    private static List<TwinValue> values(String channel) {
        return IntStream.rangeClosed(1, 100)
                .mapToObj(i -> "Device.WiFi.Radio." + i + ".")
                .flatMap(radio -> Stream.of(
                        new TwinValue(radio + "Channel", channel, false, NOW, TwinValue.Source.GET),
                        new TwinValue(radio + "Password", "", true, NOW, TwinValue.Source.SET)))
                .toList();
    }

    private static List<String> parts(Database database) {
        return database.with(handle -> handle.createQuery("select distinct tableoid::regclass::text from twin")
                .mapTo(String.class)
                .list());
    }

    private static int rows(Database database) {
        return database.with(handle -> handle.createQuery("select count(*) from twin")
                .mapTo(Integer.class)
                .one());
    }
}
