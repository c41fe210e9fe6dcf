// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import dev.pharos.server.postgres.EmbeddedPostgres;
import dev.pharos.server.store.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// Devices that are known and not there: the rows that a server would have of them, 300 parameters each, in the data
/// folder of a server that is stopped.
final class PaperFleet {
    static final int PARAMETERS = 300;

    /// Ten parameters each.
    private static final String OBJECTS = "array['Device.DeviceInfo.', 'Device.Time.', 'Device.WiFi.Radio.1.',"
            + " 'Device.WiFi.Radio.2.', 'Device.WiFi.Radio.3.', 'Device.WiFi.SSID.1.', 'Device.WiFi.SSID.2.',"
            + " 'Device.WiFi.SSID.3.', 'Device.WiFi.SSID.4.', 'Device.NAT.PortMapping.1.',"
            + " 'Device.NAT.PortMapping.2.', 'Device.NAT.PortMapping.3.']"
            + " || array(select 'Device.Other.' || i || '.' from generate_series(1, 18) i)";

    private PaperFleet() {}

    /// The Endpoint ID of the device with this number, from 1.
    static String id(int number) {
        return "proto::paper-" + number;
    }

    /// Adds the devices from one number to another.
    ///
    /// @param data the server's
    static void add(Path data, int from, int to) throws IOException, SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data);
                Database schema = Database.open(postgres.dataSource());
                Connection connection = postgres.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into devices (id, approved, verified, status, status_reason, transport, address,"
                    + " manufacturer, oui, model_name, product_class, serial_number, hardware_version, software_version,"
                    + " first_seen, last_seen, protocol_versions, model_hash, parameter_count, onboarded, tags,"
                    + " search_text) select 'proto::paper-' || i, true, true, 'OFFLINE', '', 'websocket', '', 'Acme', '',"
                    + " 'Box', '', 'SN' || i, '', '1', now(), now(), '', '', " + PARAMETERS
                    + ", true, '{}', '' from generate_series(" + from + ", " + to + ") i");
            statement.execute("insert into twin (device_no, object_path, parameters) select d.no, o.path,"
                    + " (select jsonb_object_agg('P' || p, jsonb_build_array('v' || (d.no + p) % 50, 1764000000000,"
                    + " 'ONBOARDING')) from generate_series(1, 10) p) from devices d, unnest(" + OBJECTS
                    + ") as o (path) where not exists (select 1 from twin t where t.device_no = d.no)"
                    + " order by d.no, o.path");
            statement.execute("vacuum analyze");
            if (!schema.answers()) {
                throw new IOException("PostgreSQL does not answer after it took the devices");
            }
        }
    }
}
