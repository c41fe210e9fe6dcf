// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.server.postgres.ForeignPostgres;
import dev.pharos.usp.EndpointId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A PostgreSQL that somebody else runs, in place of the embedded one.
final class ExternalDatabaseTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private ServerOptions options(String database) {
        ServerOptions options = TestServer.options(folder.resolve("server"));
        options.kept.database = database;
        return options;
    }

    @Test
    void everything_is_kept_in_it_and_a_second_start_goes_on_with_it() throws Exception {
        EndpointId id = EndpointId.of("proto::kept%2Felsewhere");
        String device = "/api/v1/devices/" + Rest.segment(id);
        try (ForeignPostgres postgres = new ForeignPostgres(folder)) {
            String token;
            try (TestServer server = TestServer.with(options(postgres.url()));
                    HomeGateway gateway = new HomeGateway(id, server.ws())) {
                Rest rest = server.rest();
                assertThat(gateway.id()).isEqualTo(id);
                await().atMost(PATIENCE)
                        .until(() ->
                                rest.get(device + "/events").response().body().contains("onboarded"));
                assertThat(rest.send("PATCH", device, "{\"tags\":[\"attic\"]}").status())
                        .isEqualTo(200);
                token = String.valueOf(rest.headers().get("Authorization"));
                assertThat(folder.resolve("server/postgres/data")).doesNotExist();
            }
            try (Connection connection = postgres.connect();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select id from devices")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo(id.toString());
                assertThat(row.next()).isFalse();
            }
            try (TestServer server = TestServer.with(options(postgres.url()))) {
                Rest rest = server.rest();
                assertThat(rest.headers()).containsEntry("Authorization", token);
                assertThat(rest.get(device).json().get("tags").get(0).stringValue())
                        .isEqualTo("attic");
                assertThat(rest.get(device).json().get("online").booleanValue()).isFalse();
                assertThat(rest.get(device + "/twin?path=Device.DeviceInfo.")
                                .response()
                                .body())
                        .contains("Device.DeviceInfo.SerialNumber");
                assertThat(rest.get(device + "/events").response().body()).contains("onboarded");
            }
        }
    }

    @Test
    void a_wrong_password_stops_the_start_and_is_not_shown() throws Exception {
        try (ForeignPostgres postgres = new ForeignPostgres(folder)) {
            assertThatThrownBy(() -> RunningServer.start(options(postgres.urlWithWrongPassword())))
                    .isInstanceOfSatisfying(
                            StartException.class,
                            refused -> assertThat(refused)
                                    .hasMessageContaining("password authentication failed")
                                    .hasMessageNotContaining("wrong"));
        }
    }
}
