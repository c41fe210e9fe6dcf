// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.FileServer;
import dev.pharos.testkit.FileServer.Mood;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Deployment units that come, change and go, with a real server and real processes.
final class DeploymentTest {
    private static final String INSTALL = "Device.SoftwareModules.InstallDU()";
    /// That of hello.example.org. in the namespace of domain names.
    private static final String UUID = "f9a5a1a5-0000-5000-8000-000000000000";

    private static final String STAYING = "echo started >>\"$PHAROS_DATA/starts\"; exec sleep 3600\n";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private FileServer server;

    @BeforeEach
    void prepare() throws IOException {
        server = FileServer.of(UnitArchive.of("1.0.0", STAYING).bytes());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private ModulesHost host() throws Exception {
        return new ModulesHost(folder.resolve("modules"));
    }

    private void serve(UnitArchive archive) throws IOException {
        server.becomes(archive.bytes(), "\"2\"");
    }

    private static void refused(int code, String why, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining(why)
                .isInstanceOfSatisfying(
                        UspException.class,
                        failure -> assertThat(failure.code().code()).isEqualTo(code));
    }

    private List<String> left() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("modules"))) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.resolve("modules").relativize(file).toString())
                    .filter(name -> !name.equals("lock") && !name.equals("modules.properties"))
                    .toList();
        }
    }

    @Test
    void a_unit_is_installed_started_stopped_and_uninstalled_without_a_trace() throws Exception {
        try (ModulesHost host = host()) {
            Map<String, String> outputs = host.install(server.url("hello.tar.gz"));
            assertThat(outputs)
                    .containsEntry("Version", "1.0.0")
                    .containsEntry("ExecEnvRef", "Device.SoftwareModules.ExecEnv.1")
                    .containsKey("UUID");
            String unit = host.unit();
            String execution = host.execution();
            assertThat(host.value(unit + "UUID")).isEqualTo(outputs.get("UUID"));
            assertThat(host.value(unit + "Status")).isEqualTo("Installed");
            assertThat(host.value(unit + "ExecutionUnitList") + ".").isEqualTo(execution);
            assertThat(host.told())
                    .containsEntry("UUID", outputs.get("UUID"))
                    .containsEntry("DeploymentUnitRef", unit.substring(0, unit.length() - 1))
                    .containsEntry("Version", "1.0.0")
                    .containsEntry("CurrentState", "Installed")
                    .containsEntry("Resolved", "true")
                    .containsEntry("ExecutionUnitRefList", execution.substring(0, execution.length() - 1))
                    .containsEntry("OperationPerformed", "Install")
                    .containsEntry("Fault.FaultCode", "0")
                    .containsEntry("Fault.FaultString", "");
            assertThat(host.value(execution + "Status")).isEqualTo("Idle");
            assertThat(host.request(execution, "Active")).isEmpty();
            assertThat(host.value(execution + "Status")).isEqualTo("Active");
            assertThat(host.value("Device.SoftwareModules.ExecEnv.1.ActiveExecutionUnits") + ".")
                    .isEqualTo(execution);
            assertThat(Long.parseLong(host.value(execution + "MemoryInUse"))).isPositive();
            assertThat(Long.parseLong(host.value(execution + "DiskSpaceInUse"))).isPositive();
            assertThat(host.model.operate(unit + "Uninstall()", Map.of())).isEmpty();
            assertThat(host.rows("DeploymentUnit")).isEmpty();
            assertThat(host.rows("ExecutionUnit")).isEmpty();
            assertThat(host.told())
                    .containsEntry("CurrentState", "Uninstalled")
                    .containsEntry("OperationPerformed", "Uninstall")
                    .containsEntry("Version", "1.0.0")
                    .containsEntry("Fault.FaultCode", "0");
            assertThat(left()).isEmpty();
            assertThat(ModulesHost.runs(folder.toString())).isFalse();
        }
    }

    @Test
    @Requirement("R-SMM.0")
    void what_is_installed_is_there_after_a_restart_with_its_settings_and_starts_by_itself_where_it_shall()
            throws Exception {
        String unit;
        String execution;
        String uuid;
        try (ModulesHost host = host()) {
            uuid = host.install(server.url("hello.tar.gz"), "EnvVariable.1.Key", "WHO", "EnvVariable.1.Value", "you")
                    .getOrDefault("UUID", "");
            unit = host.unit();
            execution = host.execution();
            host.set(execution + "AutoStart", "true");
            host.set(execution + "AutoRestart.RetryMinimumWaitInterval", "17");
            assertThat(host.value(execution + "Status")).isEqualTo("Idle");
        }
        try (ModulesHost host = host()) {
            assertThat(host.unit()).isEqualTo(unit);
            assertThat(host.execution()).isEqualTo(execution);
            assertThat(host.value(unit + "UUID")).isEqualTo(uuid);
            assertThat(host.value(unit + "URL"))
                    .isEqualTo(server.url("hello.tar.gz").toString());
            assertThat(host.value(execution + "AutoRestart.RetryMinimumWaitInterval"))
                    .isEqualTo("17");
            host.awaitValue(execution + "Status", "Active");
            assertThat(host.events).isEmpty();
        }
        assertThat(ModulesHost.runs("sleep\u00003600"))
                .as("stopped with the agent")
                .isFalse();
        try (ModulesHost host = host()) {
            host.model.operate(unit + "Uninstall()", Map.of());
        }
        try (ModulesHost host = host()) {
            assertThat(host.rows("DeploymentUnit")).isEmpty();
        }
    }

    @Test
    void an_update_stops_what_runs_puts_the_new_version_in_its_place_and_starts_it_again() throws Exception {
        try (ModulesHost host = host()) {
            host.install(server.url("hello.tar.gz"));
            String unit = host.unit();
            String execution = host.execution();
            host.request(execution, "Active");
            host.told();
            serve(UnitArchive.of("1.1.0", "echo new >\"$PHAROS_DATA/new\"; exec sleep 3601\n"));
            host.model.operate(unit + "Update()", Map.of("RetainData", "true"));
            assertThat(host.value(unit + "Version")).isEqualTo("1.1.0");
            assertThat(host.value(execution + "Version")).isEqualTo("1.1.0");
            assertThat(host.value(execution + "Status")).isEqualTo("Active");
            assertThat(host.told())
                    .containsEntry("OperationPerformed", "Update")
                    .containsEntry("CurrentState", "Installed")
                    .containsEntry("Version", "1.1.0")
                    .containsEntry("Fault.FaultCode", "0");
            assertThat(left())
                    .as("one release, and the data of both")
                    .filteredOn(name -> name.endsWith("main.sh"))
                    .hasSize(1);
            assertThat(left()).anyMatch(name -> name.endsWith("/starts")).anyMatch(name -> name.endsWith("/new"));
            serve(UnitArchive.of("1.2.0", STAYING));
            host.model.operate(unit + "Update()", Map.of());
            assertThat(left()).noneMatch(name -> name.endsWith("/new"));
        }
    }

    @Test
    @Requirement("R-SMM.1")
    void an_update_that_fails_leaves_the_old_version_running_and_says_why() throws Exception {
        try (ModulesHost host = host()) {
            host.install(server.url("hello.tar.gz"));
            String unit = host.unit();
            String execution = host.execution();
            host.request(execution, "Active");
            host.told();
            List<String> before = left();
            record Case(UnitArchive archive, int code, String why) {}
            for (Case one : List.of(
                    new Case(UnitArchive.of("1.0.0", STAYING), 7226, "is installed"),
                    new Case(UnitArchive.of("0.9", STAYING), 7002, "older"),
                    new Case(UnitArchive.of("2.0", STAYING).saying("name=other"), 7225, "another unit"),
                    new Case(UnitArchive.of("2.0", STAYING).saying("main.command=gone"), 7035, "main.command"))) {
                serve(one.archive());
                refused(one.code(), one.why(), () -> host.model.operate(unit + "Update()", Map.of()));
                assertThat(host.told())
                        .containsEntry("OperationPerformed", "Update")
                        .containsEntry("CurrentState", "Installed")
                        .containsEntry("Version", "1.0.0")
                        .containsEntry("Fault.FaultCode", Integer.toString(one.code()));
            }
            server.will(new Mood.Refusing(404, "", ""));
            refused(7002, "404", () -> host.model.operate(unit + "Update()", Map.of()));
            host.told();
            assertThat(host.value(unit + "Version")).isEqualTo("1.0.0");
            assertThat(host.value(unit + "Status")).isEqualTo("Installed");
            assertThat(host.value(execution + "Status")).isEqualTo("Active");
            assertThat(left()).containsExactlyInAnyOrderElementsOf(before);
        }
    }

    @Test
    @Requirement("R-SMM.1")
    void a_server_that_stalls_at_99_percent_or_never_gives_the_end_leaves_the_old_version_running() throws Exception {
        try (ModulesHost host = new ModulesHost(
                folder.resolve("modules"), ModulesHost.CGROUPS, Duration.ofHours(23), Duration.ofMillis(700))) {
            host.install(server.url("hello.tar.gz"));
            host.told();
            Map<String, String> _ = host.request(host.execution(), "Active");
            host.awaitValue(host.execution() + "Status", "Active");
            List<String> before = left();
            byte[] next = UnitArchive.of("1.1.0", STAYING)
                    .holding("big", new SecureRandom().generateSeed(4_000))
                    .bytes();
            int almost = next.length * 99 / 100;
            server.becomes(next, "\"2\"");
            Map<String, String> from = Map.of("URL", server.url("hello.tar.gz").toString());
            for (List<Mood> moods : List.<List<Mood>>of(
                    List.of(new Mood.Stalling(almost), new Mood.Stalling(0), new Mood.Stalling(0)),
                    List.of(new Mood.Cutting(almost), new Mood.Cutting(0), new Mood.Cutting(0)))) {
                server.will(moods.toArray(Mood[]::new));
                refused(7033, "", () -> host.model.operate(host.unit() + "Update()", from));
                assertThat(host.told())
                        .containsEntry("CurrentState", "Installed")
                        .containsEntry("Version", "1.0.0")
                        .containsEntry("Fault.FaultCode", "7033");
            }
            assertThat(host.value(host.unit() + "Version")).isEqualTo("1.0.0");
            assertThat(host.value(host.execution() + "Status")).isEqualTo("Active");
            assertThat(left()).containsExactlyInAnyOrderElementsOf(before);
        }
    }

    @Test
    @Requirement("R-SMM.1")
    void an_installation_that_fails_leaves_nothing_but_the_event_that_says_why() throws Exception {
        try (ModulesHost host = host()) {
            serve(UnitArchive.of("1.0.0", STAYING).saying("main.memory=many"));
            refused(7035, "main.memory", () -> host.install(server.url("hello.tar.gz")));
            assertThat(host.told())
                    .containsEntry("CurrentState", "Failed")
                    .containsEntry("DeploymentUnitRef", "")
                    .containsEntry("Resolved", "false")
                    .containsEntry("CompleteTime", "0001-01-01T00:00:00Z")
                    .containsEntry("OperationPerformed", "Install")
                    .containsEntry("Fault.FaultCode", "7035");
            server.becomes("no archive at all".getBytes(StandardCharsets.UTF_8), "\"3\"");
            refused(7035, "neither tar", () -> host.install(server.url("hello.tar.gz")));
            host.told();
            refused(7004, "login", () -> host.model.operate(INSTALL, Map.of("URL", "http://me:it@127.0.0.1/x")));
            host.told();
            refused(7033, "does not listen", () -> host.model.operate(INSTALL, Map.of("URL", "http://127.0.0.1:1/x")));
            host.told();
            refused(
                    7223,
                    "ExecEnv.7",
                    () -> host.install(server.url("x"), "ExecutionEnvRef", "Device.SoftwareModules.ExecEnv.7."));
            host.told();
            refused(7032, "RequiredRoles", () -> host.install(server.url("x"), "RequiredRoles", "Full Access"));
            host.told();
            refused(
                    7004,
                    "version 5",
                    () -> host.install(server.url("x"), "UUID", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"));
            host.told();
            serve(UnitArchive.of("1.0.0", STAYING));
            refused(7004, "UUID", () -> host.install(server.url("x"), "UUID", UUID));
            host.told();
            assertThat(host.rows("DeploymentUnit")).isEmpty();
            assertThat(left()).isEmpty();
        }
    }

    @Test
    void the_same_version_is_installed_once_and_two_versions_side_by_side() throws Exception {
        try (ModulesHost host = host()) {
            String uuid = host.install(server.url("hello.tar.gz")).getOrDefault("UUID", "");
            host.told();
            refused(7226, "1.0.0", () -> host.install(server.url("hello.tar.gz")));
            assertThat(host.told()).containsEntry("Fault.FaultCode", "7226").containsEntry("UUID", uuid);
            serve(UnitArchive.of("2.0.0", STAYING));
            assertThat(host.install(server.url("hello.tar.gz"), "UUID", uuid)).containsEntry("UUID", uuid);
            assertThat(host.rows("DeploymentUnit")).hasSize(2);
        }
    }

    @Test
    void data_outlives_a_unit_where_that_is_wanted_and_is_there_for_the_next() throws Exception {
        try (ModulesHost host = host()) {
            host.install(server.url("hello.tar.gz"));
            host.request(host.execution(), "Active");
            await().atMost(ModulesHost.PATIENCE)
                    .until(() -> left().stream().anyMatch(name -> name.endsWith("/starts")));
            host.model.operate(host.unit() + "Uninstall()", Map.of("RetainData", "true"));
            assertThat(left()).singleElement().asString().endsWith("/starts");
        }
        try (ModulesHost host = host()) {
            assertThat(left()).singleElement().asString().endsWith("/starts");
            host.install(server.url("hello.tar.gz"));
            host.model.operate(host.unit() + "Uninstall()", Map.of());
            assertThat(left()).isEmpty();
        }
    }

    @Test
    void units_start_by_run_level_and_a_restart_of_the_environment_is_told() throws Exception {
        serve(UnitArchive.of("1.0.0", STAYING).saying("main.autostart=true\nmain.runlevel=5"));
        try (ModulesHost host = host()) {
            String environment = "Device.SoftwareModules.ExecEnv.1.";
            host.install(server.url("hello.tar.gz"));
            host.told();
            assertThat(host.value(host.execution() + "RunLevel")).isEqualTo("5");
            assertThat(host.value(host.execution() + "Status")).isEqualTo("Idle");
            host.model.operate(environment + "SetRunLevel()", Map.of("RequestedRunLevel", "5"));
            assertThat(host.value(environment + "CurrentRunLevel")).isEqualTo("5");
            assertThat(host.value(host.execution() + "Status")).isEqualTo("Active");
            host.set(environment + "InitialRunLevel", "7");
            host.model.operate(environment + "Restart()", Map.of("Reason", "spring"));
            assertThat(host.value(host.execution() + "Status")).isEqualTo("Active");
            assertThat(host.value(environment + "CurrentRunLevel")).isEqualTo("7");
            assertThat(host.value(environment + "RestartCount")).isEqualTo("1");
            assertThat(host.events.getFirst().name()).isEqualTo("Restarted!");
            assertThat(host.events.getFirst().arguments()).containsEntry("RestartReason", "spring");
        }
    }

    @Test
    void a_disabled_environment_runs_nothing_and_changes_nothing_until_it_is_enabled() throws Exception {
        try (ModulesHost host = host()) {
            host.install(server.url("hello.tar.gz"));
            host.told();
            String execution = host.execution();
            host.set(execution + "AutoStart", "true");
            host.request(execution, "Active");
            host.set("Device.SoftwareModules.ExecEnv.1.Enable", "false");
            host.awaitValue(execution + "Status", "Idle");
            assertThat(host.value("Device.SoftwareModules.ExecEnv.1.Status")).isEqualTo("Disabled");
            host.awaitValue(execution + "ExecutionFaultCode", "UnStartable");
            refused(7012, "disabled", () -> host.request(execution, "Active"));
            refused(7012, "disabled", () -> host.model.operate(host.unit() + "Uninstall()", Map.of()));
            assertThat(host.told()).containsEntry("Fault.FaultCode", "7012").containsEntry("CurrentState", "Installed");
            refused(7012, "disabled", () -> host.install(server.url("hello.tar.gz")));
            host.told();
            host.set("Device.SoftwareModules.ExecEnv.1.Enable", "true");
            host.awaitValue(execution + "Status", "Active");
            host.awaitValue(execution + "ExecutionFaultCode", "NoFault");
        }
    }

    @Test
    @Requirement("R-SMM.1")
    void an_operation_that_takes_too_long_fails_and_is_not_tried_again() throws Exception {
        server.will(new Mood.Stalling(100));
        try (ModulesHost host =
                new ModulesHost(folder.resolve("modules"), ModulesHost.CGROUPS, Duration.ofMillis(1500))) {
            FutureTask<Map<String, String>> task = new FutureTask<>(() -> host.install(server.url("hello.tar.gz")));
            Thread.ofVirtual().start(task);
            assertThatThrownBy(task::get).hasMessageContaining("did not end within");
            assertThat(host.told()).containsEntry("Fault.FaultCode", "7002").containsEntry("CurrentState", "Failed");
            assertThat(server.ranges()).hasSize(1);
            assertThat(left()).isEmpty();
        }
    }

    @Test
    @Requirement({"R-SMM.0", "R-SMM.1"})
    void a_process_that_dies_in_the_middle_leaves_the_old_version_and_the_next_one_tells_of_it() throws Exception {
        Path modules = folder.resolve("modules");
        Path then = folder.resolve("then");
        try (ModulesHost host = host()) {
            host.install(server.url("hello.tar.gz"));
            host.told();
            serve(UnitArchive.of("2.0.0", STAYING).holding("large", new byte[100_000]));
            server.will(new Mood.Stalling(150));
            FutureTask<Map<String, String>> task =
                    new FutureTask<>(() -> host.model.operate(host.unit() + "Update()", Map.of()));
            Thread thread = Thread.ofVirtual().start(task);
            host.awaitValue(host.unit() + "Status", "Updating");
            await().atMost(ModulesHost.PATIENCE).until(() -> left().stream().anyMatch(name -> name.endsWith(".part")));
            // as the disk is when the power fails
            copy(modules, then);
            Files.createDirectories(then.resolve("units/du-3/99"));
            Files.createDirectories(then.resolve("units/du-77/77"));
            thread.interrupt();
            assertThatThrownBy(task::get).hasCauseInstanceOf(InterruptedException.class);
            assertThat(host.told()).containsEntry("Fault.FaultCode", "7002").containsEntry("CurrentState", "Installed");
        }
        try (ModulesHost host = new ModulesHost(then)) {
            assertThat(host.value(host.unit() + "Version")).isEqualTo("1.0.0");
            assertThat(host.value(host.unit() + "Status")).isEqualTo("Installed");
            assertThat(host.told())
                    .containsEntry("OperationPerformed", "Update")
                    .containsEntry("CurrentState", "Installed")
                    .containsEntry("Fault.FaultCode", "7002");
            assertThat(then.resolve("incoming")).doesNotExist();
            assertThat(then.resolve("units/du-77")).doesNotExist();
            host.request(host.execution(), "Active");
            assertThat(host.value(host.execution() + "Status")).isEqualTo("Active");
        }
        try (ModulesHost host = new ModulesHost(then)) {
            Thread.sleep(2500);
            assertThat(host.events).as("told once").isEmpty();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Path copy = to.resolve(from.relativize(one));
                if (Files.isDirectory(one)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(one, copy);
                }
            }
        }
    }

    @Test
    void a_folder_of_something_else_is_left_alone() throws Exception {
        Path data = Files.createDirectories(folder.resolve("modules/data"));
        Files.createFile(data.resolve("precious"));
        assertThatThrownBy(this::host).isInstanceOf(IOException.class).hasMessageContaining("not empty");
        assertThat(data.resolve("precious")).exists();
    }

    @Test
    void a_folder_belongs_to_one_agent() throws Exception {
        try (ModulesHost host = host()) {
            assertThatThrownBy(this::host).isInstanceOf(IOException.class).hasMessageContaining("another agent");
            assertThat(host.rows("DeploymentUnit")).isEmpty();
        }
    }
}
