// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

final class EmbeddedPostgresTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void what_was_stored_is_there_after_a_second_start() throws Exception {
        PostgresTemplate.empty(folder);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            run(postgres, "create table kept (value text)");
            run(postgres, "insert into kept values ('yes')");
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            assertThat(ask(postgres, "select value from kept")).isEqualTo("yes");
        }
    }

    @Test
    void it_is_durable_checked_passworded_and_not_on_the_network() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            assertThat(ask(postgres, "show fsync")).isEqualTo("on");
            assertThat(ask(postgres, "show synchronous_commit")).isEqualTo("on");
            assertThat(ask(postgres, "show full_page_writes")).isEqualTo("on");
            assertThat(ask(postgres, "show data_checksums")).isEqualTo("on");
            assertThat(ask(postgres, "show listen_addresses")).isEmpty();
            assertThat(ask(postgres, "select rolsuper::text from pg_roles where rolname = current_user"))
                    .isEqualTo("false");
            PGSimpleDataSource wrong = postgres.dataSource();
            wrong.setPassword("guess");
            assertThatThrownBy(wrong::getConnection)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("postgres/credentials"))))
                .isEqualTo("rw-------");
        assertThat(Files.readString(folder.resolve("postgres/data/pg_hba.conf")))
                .doesNotContainPattern("(?m)^[^#].*trust");
    }

    @Test
    void the_process_does_not_run_as_root() throws Exception {
        PostgresTemplate.empty(folder);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            Object uid =
                    Files.getAttribute(Path.of("/proc/" + postgres.processId().orElseThrow()), "unix:uid");
            assertThat(uid).isNotEqualTo(0);
        }
    }

    @Test
    void it_comes_back_by_itself_when_it_is_killed() throws Exception {
        PostgresTemplate.empty(folder);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            run(postgres, "create table kept (value text)");
            run(postgres, "insert into kept values ('yes')");
            long first = postgres.processId().orElseThrow();
            Postmaster.signal("KILL", first);
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> ask(postgres, "select value from kept").equals("yes")
                            && postgres.processId().orElseThrow() != first);
        }
    }

    @Test
    void it_ends_with_a_server_that_is_killed() throws Exception {
        PostgresTemplate.empty(folder);
        Process server = serverProcess();
        long postmaster = Postmaster.of(data()).orElseThrow().pid();
        server.destroyForcibly().waitFor();
        await().atMost(PATIENCE).until(() -> !new Postmaster(postmaster, true).serves(data()));
    }

    @Test
    void an_orphan_of_a_killed_server_is_ended_and_its_data_used() throws Exception {
        PostgresTemplate.empty(folder);
        Process server = serverProcess();
        Postmaster orphan = Postmaster.of(data()).orElseThrow();
        List<ProcessHandle> keepers = server.descendants()
                .filter(process -> !process.info().command().orElse("").endsWith("/postgres"))
                .toList();
        server.destroyForcibly().waitFor();
        keepers.forEach(ProcessHandle::destroyForcibly);
        try (EmbeddedPostgres second = EmbeddedPostgres.start(folder)) {
            assertThat(second.processId()).isPresent().get().isNotEqualTo(orphan.pid());
            assertThat(ask(second, "select 'yes'")).isEqualTo("yes");
        }
    }

    @Test
    void a_stale_process_id_of_another_program_is_no_obstacle() throws Exception {
        PostgresTemplate.empty(folder);
        Path pidFile = folder.resolve("postgres/data/postmaster.pid");
        Files.writeString(pidFile, "1\n" + folder + "\n1\n5432\n\n\n0 0\nready   \n");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            assertThat(ask(postgres, "select 'yes'")).isEqualTo("yes");
        }
    }

    @Test
    void a_damaged_data_folder_is_an_error_that_says_what_is_damaged() throws Exception {
        PostgresTemplate.empty(folder);
        Files.writeString(folder.resolve("postgres/data/global/pg_control"), "garbage");
        assertThatThrownBy(() -> EmbeddedPostgres.start(folder))
                .isInstanceOf(PostgresException.class)
                .hasMessageContaining("does not start on")
                .hasMessageContaining("global/pg_control");
    }

    @Test
    void a_data_folder_of_another_version_is_refused_with_both_versions() throws Exception {
        PostgresTemplate.empty(folder);
        Files.writeString(folder.resolve("postgres/data/PG_VERSION"), "9\n");
        assertThatThrownBy(() -> EmbeddedPostgres.start(folder))
                .isInstanceOf(PostgresException.class)
                .hasMessageContaining("PostgreSQL 9")
                .hasMessageContaining("PostgreSQL 18");
    }

    @Test
    void lost_credentials_are_an_error_and_not_a_new_password() throws Exception {
        PostgresTemplate.empty(folder);
        Files.delete(folder.resolve("postgres/credentials"));
        assertThatThrownBy(() -> EmbeddedPostgres.start(folder))
                .isInstanceOf(PostgresException.class)
                .hasMessageContaining("credentials");
    }

    @Test
    void a_very_long_folder_name_still_gets_its_socket() throws Exception {
        Path deep = folder.resolve("x".repeat(120));
        Files.createDirectories(deep);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(PostgresTemplate.programs(deep))) {
            assertThat(ask(postgres, "select 'yes'")).isEqualTo("yes");
        }
    }

    @Test
    void a_start_that_was_cut_off_while_initialising_begins_anew() throws Exception {
        PostgresTemplate.empty(folder);
        Path data = folder.resolve("postgres/data");
        Files.move(data, folder.resolve("postgres/data.new"), StandardCopyOption.ATOMIC_MOVE);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            assertThat(ask(postgres, "select 'yes'")).isEqualTo("yes");
        }
        try (Stream<Path> left = Files.list(folder.resolve("postgres"))) {
            assertThat(left.map(path -> path.getFileName().toString())).doesNotContain("data.new");
        }
    }

    private Path data() {
        return folder.resolve("postgres/data");
    }

    /// Another JVM with a PostgreSQL in our folder, ready.
    private Process serverProcess() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PostgresProcess.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("ready");
        return process;
    }

    private static void run(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
