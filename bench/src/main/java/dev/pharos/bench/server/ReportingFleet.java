// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import dev.pharos.controller.store.ModelKey;
import dev.pharos.controller.store.SupportedModel;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.device.simulated.SimulatedGateway;
import dev.pharos.server.store.Database;
import dev.pharos.server.store.PostgresModelStore;
import dev.pharos.server.store.SeriesKeeping;
import dev.pharos.server.store.SeriesStore;
import dev.pharos.usp.message.GetSupportedDmResponse.ObjectAccess;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterAccess;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterValueType;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedObject;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedParameter;
import dev.pharos.usp.message.GetSupportedDmResponse.ValueChangeType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.ds.PGSimpleDataSource;

/// The database of a server to which devices report: their rows, their logins, the data model of a whole gateway, and
/// what was asked to be kept. And the rows that reports left, for a COPY of the same.
final class ReportingFleet implements AutoCloseable {
    static final int DEVICES = 250;

    /// What a report writes into, and beside each a table of the same columns and indexes.
    private static final List<String> TABLES = List.of("series", "series_rolled", "twin");

    private static final String COPIES = "bench_";
    private static final String BINARY = " (format binary)";
    private static final int BUFFER = 1 << 16;

    private final PGSimpleDataSource source;
    private final Database database;
    private final SeriesStore series;
    private final Map<String, byte[]> rows = new LinkedHashMap<>();

    private ReportingFleet(PGSimpleDataSource source) {
        this.source = source;
        this.database = Database.open(source);
        this.series = new SeriesStore(database, SeriesKeeping.DEFAULT);
    }

    /// @param source an empty database
    static ReportingFleet in(PGSimpleDataSource source) throws SQLException {
        ReportingFleet fleet = new ReportingFleet(source);
        SupportedModel model = model();
        new PostgresModelStore(fleet.database).save(new ModelKey("Acme", "Box", "", "1"), model);
        List<String> statements = new ArrayList<>(List.of(
                "insert into devices (id, approved, verified, status, status_reason, transport, address, manufacturer,"
                        + " oui, model_name, product_class, serial_number, hardware_version, software_version,"
                        + " first_seen, last_seen, protocol_versions, model_hash, parameter_count, onboarded, tags,"
                        + " search_text) select 'proto::reporting-' || i, true, true, 'OFFLINE', '', 'websocket', '',"
                        + " 'Acme', '', 'Box', '', 'SN' || i, '', '1', now(), now(), '', '" + model.hash()
                        + "', 0, true, '{}', '' from generate_series(0, " + (DEVICES - 1) + ") i",
                "insert into collector_logins (device_no, hash, created) select no,"
                        + " sha256(convert_to('secret of ' || substr(id, 8), 'UTF8')), now() from devices"));
        for (String counter : DeviceReports.COUNTERS) {
            statements.add("insert into series_kept (pattern, added, added_by) values ('"
                    + DeviceReports.OBJECT.replace("{i}", "*") + counter + "', now(), 'bench')");
        }
        for (String table : TABLES) {
            statements.add("create table " + COPIES + table + " (like " + table + " including indexes)");
        }
        statements.add("analyze devices");
        fleet.execute(statements);
        return fleet;
    }

    /// As the server's option `--database` takes it.
    String url() {
        return source.getURL() + "&user=" + encoded(String.valueOf(source.getUser())) + "&password="
                + encoded(String.valueOf(source.getPassword()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// As a device would have described it.
    private static SupportedModel model() {
        List<SupportedObject> objects = new ArrayList<>();
        for (ObjectDefinition object : SimulatedGateway.supported().objects()) {
            List<SupportedParameter> parameters = object.parameters().stream()
                    .map(parameter -> new SupportedParameter(
                            parameter.name(),
                            ParameterAccess.READ_ONLY,
                            ParameterValueType.STRING,
                            ValueChangeType.ALLOWED))
                    .toList();
            objects.add(new SupportedObject(
                    object.path(),
                    ObjectAccess.READ_ONLY,
                    object.isTable(),
                    List.of(),
                    List.of(),
                    parameters,
                    List.of(),
                    List.of()));
        }
        return SupportedModel.of(objects);
    }

    /// Counts what was reported in its five minutes, which a server does by itself when they are over.
    void roll() {
        series.roll(Instant.now().plus(SeriesStore.ROLLED));
    }

    /// Everything that was reported.
    void forget() throws SQLException {
        execute(List.of("truncate " + String.join(", ", TABLES)));
    }

    void forgetCopies() throws SQLException {
        execute(List.of("truncate " + COPIES + String.join(", " + COPIES, TABLES)));
    }

    /// Keeps the rows that reports left, and sees that nothing is missing.
    void remember(long values) throws SQLException, IOException {
        check("", values);
        try (Connection connection = source.getConnection()) {
            for (String table : TABLES) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                copying(connection).copyOut("copy (select * from " + table + ") to stdout" + BINARY, bytes);
                rows.put(table, bytes.toByteArray());
            }
        }
    }

    /// Writes the rows that were remembered, in one transaction.
    void copyBack() throws SQLException, IOException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            for (String table : TABLES) {
                byte[] remembered = rows.getOrDefault(table, new byte[0]);
                copying(connection)
                        .copyIn(
                                "copy " + COPIES + table + " from stdin" + BINARY,
                                new ByteArrayInputStream(remembered),
                                BUFFER);
            }
            connection.commit();
        }
    }

    void checkCopies(long values) throws SQLException {
        check(COPIES, values);
    }

    private static CopyManager copying(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    private void check(String copies, long values) throws SQLException {
        long last = (long) DEVICES * DeviceReports.VALUES;
        expect("select count(*) from " + copies + "series", values);
        expect("select sum(count) from " + copies + "series_rolled", values);
        expect("select count(*) from " + copies + "twin, jsonb_object_keys(parameters)", last);
    }

    private void expect(String query, long wanted) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            found.next();
            if (found.getLong(1) != wanted) {
                throw new IllegalStateException(query + " finds " + found.getLong(1) + " instead of " + wanted);
            }
        }
    }

    private void execute(List<String> statements) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
