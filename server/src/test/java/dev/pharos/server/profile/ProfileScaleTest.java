// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.profile.DeviceLenses;
import dev.pharos.controller.profile.ProfilePlan;
import dev.pharos.controller.query.QueryParser;
import dev.pharos.server.postgres.EmbeddedPostgres;
import dev.pharos.server.store.Database;
import dev.pharos.server.store.PostgresModelStore;
import dev.pharos.server.store.PostgresProfiledDevices;
import dev.pharos.server.store.ServerKeyStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A plan over an inventory of 100,000 devices with 300 parameters each.
@Tag("soak")
final class ProfileScaleTest {
    private static final int DEVICES = Integer.getInteger("pharos.scale.devices", 100_000);
    private static final Duration BOUND = Duration.ofSeconds(60);

    /// Ten parameters each.
    private static final String OBJECTS = "array['Device.DeviceInfo.', 'Device.Time.', 'Device.WiFi.Radio.1.',"
            + " 'Device.WiFi.Radio.2.', 'Device.WiFi.Radio.3.', 'Device.WiFi.SSID.1.', 'Device.WiFi.SSID.2.',"
            + " 'Device.WiFi.SSID.3.', 'Device.WiFi.SSID.4.', 'Device.NAT.PortMapping.1.',"
            + " 'Device.NAT.PortMapping.2.', 'Device.NAT.PortMapping.3.']"
            + " || array(select 'Device.Other.' || i || '.' from generate_series(1, 18) i)";

    @Test
    void a_plan_over_a_hundred_thousand_devices_takes_less_than_a_minute(@TempDir Path folder) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder);
                Database database = Database.open(postgres.dataSource())) {
            try (Connection connection = postgres.dataSource().getConnection()) {
                fill(connection);
            }
            ProfilePlanner planner = new ProfilePlanner(
                    QueryParser::parse,
                    new PostgresProfiledDevices(database),
                    new DeviceLenses(new PostgresModelStore(database), SecretMarks.with(new ServerKeyStore(database))));
            var profiles = ProfileFile.read("""
                            name: scale
                            query: model = Box and Device.WiFi.Radio.*.P1 != none
                            parameters:
                              Device.DeviceInfo.P1: "{serial}"
                              Device.Time.P1: v1
                              Device.Time.P2: v2
                              Device.WiFi.SSID.1.P1: "Home-{serial:last 4}"
                              Device.WiFi.Radio.*.P1: v7
                            rows:
                              - object: Device.NAT.PortMapping.
                                key: {P1: web}
                                values: {P2: "80"}
                            """).stream()
                    .map(ProfileFile.Written::profile)
                    .toList();
            Instant begin = Instant.now();
            ProfilePlan plan = planner.plan(profiles, List.of());
            Duration took = Duration.between(begin, Instant.now());
            System.gc();
            long heap =
                    (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
            System.out.println("soak: a plan over " + DEVICES + " devices of 300 parameters took " + took.toMillis()
                    + " ms; heap after it " + heap + " MiB; " + plan.counts());
            assertThat(plan.counts().devices()).isEqualTo(DEVICES);
            assertThat(plan.counts().change()).isEqualTo(DEVICES);
            assertThat(took).isLessThan(BOUND);
        }
    }

    private static void fill(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("insert into devices (id, approved, verified, status, status_reason, transport, address,"
                    + " manufacturer, oui, model_name, product_class, serial_number, hardware_version, software_version,"
                    + " first_seen, last_seen, protocol_versions, model_hash, parameter_count, onboarded, tags,"
                    + " search_text) select 'proto::scale-' || i, true, true, 'ONLINE', '', 'websocket', '', 'Acme', '',"
                    + " 'Box', '', 'SN' || i, '', '1', now(), now(), '', '', 300, true, '{}', '' from generate_series(1, "
                    + DEVICES + ") i");
            statement.execute("insert into twin (device_no, object_path, parameters) select d.no, o.path,"
                    + " (select jsonb_object_agg('P' || p, jsonb_build_array('v' || (d.no + p) % 50, 1764000000000,"
                    + " 'ONBOARDING')) from generate_series(1, 10) p) from devices d, unnest(" + OBJECTS
                    + ") as o (path) order by d.no, o.path");
            statement.execute("analyze");
        }
    }
}
