// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.store;

import dev.pharos.bench.measure.Benchmark;
import dev.pharos.bench.measure.Outcome;
import dev.pharos.bench.measure.Rounds;
import dev.pharos.bench.measure.Scratch;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.server.postgres.EmbeddedPostgres;
import dev.pharos.server.store.BinaryRows;
import dev.pharos.server.store.Database;
import dev.pharos.server.store.PostgresTwinStore;
import dev.pharos.usp.EndpointId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/// Parameters a second that our store of twins keeps, against a bare COPY BINARY of the same parameters into a table of
/// one row for each, with its primary key. Both durable, both into tables that are empty, each by one connection.
public final class StoreWrite implements Benchmark {
    private static final int DEVICES = 10_000;
    private static final int OBJECTS = 10;
    private static final int PARAMETERS = 10;
    private static final int DEVICES_AT_ONCE = 20;
    private static final long ROWS = (long) DEVICES * OBJECTS * PARAMETERS;
    private static final double TARGET = 0.6;
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private static final String TABLE = """
            create table if not exists bench_rows (
                device_no bigint not null,
                path      text collate "C" not null,
                value     text not null,
                time      bigint not null,
                source    text not null,
                secured   boolean not null,
                primary key (device_no, path)
            )
            """;
    private static final String COPY =
            "copy bench_rows (device_no, path, value, time, source, secured) from stdin (format binary)";

    @Override
    public String name() {
        return "store-write";
    }

    @Override
    public String definition() {
        return "a million parameters of " + DEVICES + " devices into the store of twins, " + DEVICES_AT_ONCE
                + " devices in a call / COPY BINARY of a row for each into a table with its primary key, one COPY";
    }

    @Override
    public Outcome run() throws Exception {
        try (Scratch folder = Scratch.open();
                EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.path());
                Database database = Database.open(postgres.dataSource())) {
            DataSource source = postgres.dataSource();
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(TABLE);
                statement.execute("insert into devices (id, approved, verified, status, status_reason, transport,"
                        + " address, manufacturer, oui, model_name, product_class, serial_number, hardware_version,"
                        + " software_version, first_seen, last_seen, protocol_versions, model_hash, parameter_count,"
                        + " onboarded, tags, search_text) select 'proto::bench-' || i, true, true, 'ONLINE', '', '',"
                        + " '', '', '', '', '', '', '', '', now(), now(), '', '', 0, true, '{}', ''"
                        + " from generate_series(0, " + (DEVICES - 1) + ") i");
                statement.execute("analyze devices");
            }
            PostgresTwinStore twins = new PostgresTwinStore(database);
            return new Rounds(1, 5, Duration.ofMinutes(10))
                    .compare(() -> ours(source, twins), () -> bare(source), TARGET, false, "parameters/s");
        }
    }

    private static double ours(DataSource source, PostgresTwinStore twins) throws SQLException {
        empty(source);
        long begin = System.nanoTime();
        for (int first = 0; first < DEVICES; first += DEVICES_AT_ONCE) {
            Map<EndpointId, List<TwinValue>> learnt = new LinkedHashMap<>();
            for (int device = first; device < first + DEVICES_AT_ONCE; device++) {
                List<TwinValue> values = new ArrayList<>(OBJECTS * PARAMETERS);
                for (int i = 0; i < OBJECTS * PARAMETERS; i++) {
                    values.add(new TwinValue(path(i), value(device, i), false, TIME, TwinValue.Source.ONBOARDING));
                }
                learnt.put(EndpointId.of("proto::bench-" + device), values);
            }
            twins.putAll(learnt);
        }
        double rate = ROWS * 1e9 / (System.nanoTime() - begin);
        check(source, "select count(*) from twin, jsonb_object_keys(parameters)");
        return rate;
    }

    private static double bare(DataSource source) throws SQLException {
        empty(source);
        long begin = System.nanoTime();
        try (Connection connection = source.getConnection();
                BinaryRows rows = new BinaryRows(connection, COPY)) {
            for (int device = 0; device < DEVICES; device++) {
                for (int i = 0; i < OBJECTS * PARAMETERS; i++) {
                    rows.row(6);
                    rows.bigint(device);
                    rows.text(path(i));
                    rows.text(value(device, i));
                    rows.bigint(TIME.toEpochMilli());
                    rows.text(TwinValue.Source.ONBOARDING.name());
                    rows.bool(false);
                }
            }
            rows.end();
        }
        double rate = ROWS * 1e9 / (System.nanoTime() - begin);
        check(source, "select count(*) from bench_rows");
        return rate;
    }

    private static String path(int i) {
        return "Device.Bench.Object." + i / PARAMETERS + ".Parameter" + i % PARAMETERS;
    }

    private static String value(int device, int i) {
        return "value " + (device * 31 + i) % 1_000;
    }

    /// Both tables.
    private static void empty(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("truncate twin");
            statement.execute("truncate bench_rows");
        }
    }

    private static void check(DataSource source, String count) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(count)) {
            rows.next();
            if (rows.getLong(1) != ROWS) {
                throw new IllegalStateException("instead of " + ROWS + " parameters there are " + rows.getLong(1));
            }
        }
    }
}
