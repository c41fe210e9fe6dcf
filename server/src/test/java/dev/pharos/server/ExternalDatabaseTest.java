// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.controller.store.StoreException;
import dev.pharos.server.postgres.ForeignPostgres;
import dev.pharos.server.store.Database;
import dev.pharos.server.store.GroupStore;
import dev.pharos.server.store.GroupStore.SavedGroup;
import dev.pharos.server.store.Tenant;
import dev.pharos.usp.EndpointId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/// A PostgreSQL that somebody else runs, in place of the embedded one.
final class ExternalDatabaseTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private static ForeignPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = new ForeignPostgres(folder);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private ServerOptions options(String database) {
        ServerOptions options = TestServer.options(folder.resolve("server"));
        options.kept.database = database;
        return options;
    }

    @Test
    void everything_is_kept_in_it_and_a_second_start_goes_on_with_it() throws Exception {
        EndpointId id = EndpointId.of("proto::kept%2Felsewhere");
        String device = "/api/v1/devices/" + Rest.segment(id);
        String token;
        try (TestServer server = TestServer.with(options(postgres.url()));
                HomeGateway gateway = new HomeGateway(id, server.ws())) {
            Rest rest = server.rest();
            assertThat(gateway.id()).isEqualTo(id);
            await().atMost(PATIENCE)
                    .until(() -> rest.get(device + "/events").response().body().contains("onboarded"));
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
            assertThat(rest.get(device).json().get("tags").get(0).stringValue()).isEqualTo("attic");
            assertThat(rest.get(device).json().get("online").booleanValue()).isFalse();
            assertThat(rest.get(device + "/twin?path=Device.DeviceInfo.")
                            .response()
                            .body())
                    .contains("Device.DeviceInfo.SerialNumber");
            assertThat(rest.get(device + "/events").response().body()).contains("onboarded");
            anotherTenantsGroupIsNobodysHere(rest);
        }
    }

    /// Although the login is a superuser's, by whom every policy passes.
    private static void anotherTenantsGroupIsNobodysHere(Rest rest) throws Exception {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into tenants (no, name, created, created_by) values (1, 'brand', now(), 'test')");
            statement.execute("insert into device_groups (name, query, description, changed, changed_by, tenant)"
                    + " values ('pilots', 'tag:brand', '', now(), 'test', 1)");
            assertThat(rest.get("/api/v1/groups").response().body()).doesNotContain("pilots");
            assertThat(rest.get("/api/v1/groups/pilots").status()).isEqualTo(404);
            assertThat(rest.send("PUT", "/api/v1/groups/pilots", "{\"query\":\"tag:attic\"}")
                            .status())
                    .isBetween(200, 201);
            assertThat(rest.get("/api/v1/groups/pilots").response().body()).contains("tag:attic");
            try (ResultSet kept = statement.executeQuery("select query from device_groups where tenant = 1")) {
                assertThat(kept.next()).isTrue();
                assertThat(kept.getString(1)).isEqualTo("tag:brand");
            }
        }
    }

    @Test
    void a_login_without_the_role_of_people_has_one_tenant_until_somebody_gives_it_that() throws Exception {
        try (Connection administrator = postgres.connect();
                Statement statement = administrator.createStatement()) {
            statement.execute("create role plain login password 'plain'");
            statement.execute("create database plain owner plain");
            PGSimpleDataSource plain = new PGSimpleDataSource();
            plain.setUrl(postgres.url().replaceFirst("/postgres\\?.*", "/plain?user=plain&password=plain"));
            try (Database database = Database.open(plain)) {
                assertThat(database.keepsTenantsApart()).isFalse();
                assertThat(putGroup(database)).isTrue();
            }
            statement.execute("do 'begin if not exists (select from pg_roles where rolname = ''pharos_people'') then"
                    + " create role pharos_people nologin; end if; end'");
            statement.execute("grant pharos_people to plain");
            try (Database database = Database.open(plain)) {
                assertThat(database.keepsTenantsApart()).isTrue();
                assertThat(putGroup(database)).isTrue();
            }
        }
    }

    @Test
    void the_role_of_people_may_make_temporary_tables_where_not_everybody_may() throws Exception {
        try (Connection administrator = postgres.connect();
                Statement statement = administrator.createStatement()) {
            statement.execute("create database shut");
            statement.execute("revoke temporary on database shut from public");
            PGSimpleDataSource shut = new PGSimpleDataSource();
            shut.setUrl(postgres.url().replaceFirst("/postgres\\?", "/shut?"));
            try (Database database = Database.open(shut)) {
                assertThat(database.keepsTenantsApart()).isTrue();
            }
            try (ResultSet may =
                    statement.executeQuery("select has_database_privilege('pharos_people', 'shut', 'TEMPORARY')")) {
                assertThat(may.next()).isTrue();
                assertThat(may.getBoolean(1)).isTrue();
            }
        }
    }

    @Test
    void a_start_that_would_keep_several_tenants_apart_by_nothing_is_refused() throws Exception {
        try (Connection administrator = postgres.connect();
                Statement statement = administrator.createStatement()) {
            statement.execute("create role bare login password 'bare'");
            statement.execute("create database bare owner bare");
            PGSimpleDataSource bare = new PGSimpleDataSource();
            bare.setUrl(postgres.url().replaceFirst("/postgres\\?.*", "/bare?user=bare&password=bare"));
            Database.open(bare).close();
            try (Connection own = bare.getConnection();
                    Statement second = own.createStatement()) {
                second.execute(
                        "insert into tenants (no, name, created, created_by) values (1, 'brand', now(), 'test')");
            }
            assertThatThrownBy(() -> Database.open(bare))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("there are several tenants")
                    .hasMessageContaining("pharos_people");
        }
    }

    private static boolean putGroup(Database database) {
        GroupStore groups = new GroupStore(database);
        return Tenant.MAIN.within(() -> groups.put(new SavedGroup("attic", "tag:attic", "", Instant.EPOCH, "anna"))
                && groups.find("attic").isPresent());
    }

    @Test
    void a_wrong_password_stops_the_start_and_is_not_shown() {
        assertThatThrownBy(() -> RunningServer.start(options(postgres.urlWithWrongPassword())))
                .isInstanceOfSatisfying(
                        StartException.class,
                        refused -> assertThat(refused)
                                .hasMessageContaining("password authentication failed")
                                .hasMessageNotContaining("wrong"));
    }
}
