// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.device.modules.container.OciRuntime;
import dev.pharos.device.modules.process.RunAs;
import dev.pharos.device.modules.unit.ImageArchive;
import dev.pharos.testkit.FileServer;
import dev.pharos.usp.UspException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hosts that cannot run containers, whether or not this one can.
final class NoContainersTest {
    private static final String ENVIRONMENT = "Device.SoftwareModules.ExecEnv.2.";

    @TempDir
    Path folder;

    private ModulesHost host(String runtime, Path cgroups) throws Exception {
        return ModulesHost.with(folder.resolve("modules"), runtime, cgroups, RunAs.self());
    }

    private Path program(String script) throws Exception {
        Path program = Files.writeString(folder.resolve("runtime"), "#!/bin/sh\n" + script);
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static byte[] image() {
        return ImageArchive.of("1.0.0", "exit 0")
                .layer(new ImageArchive.Tarred().text("a", ""))
                .bytes();
    }

    private static void refused(ModulesHost host, FileServer server, int code, String why) {
        assertThatThrownBy(() -> host.install(server.url("x")))
                .hasMessageContaining(why)
                .isInstanceOfSatisfying(
                        UspException.class,
                        failure -> assertThat(failure.code().code()).isEqualTo(code));
        assertThat(host.told()).containsEntry("Fault.FaultCode", Integer.toString(code));
        assertThat(host.rows("DeploymentUnit")).isEmpty();
    }

    @Test
    void a_runtime_that_is_not_there_is_an_environment_in_error_and_images_are_refused_with_the_reason()
            throws Exception {
        try (FileServer server = FileServer.of(image());
                ModulesHost host = host("/nonexistent/crun", ModulesHost.CGROUPS)) {
            assertThat(host.value(ENVIRONMENT + "Status")).isEqualTo("Error");
            assertThat(host.value(ENVIRONMENT + "Version")).isEmpty();
            refused(host, server, 7230, "there is no /nonexistent/crun on this host");
            assertThat(host.value("Device.SoftwareModules.ExecEnv.1.Status")).isEqualTo("Up");
            server.becomes(UnitArchive.of("1.0.0", "exit 0").bytes(), "\"2\"");
            assertThat(host.install(server.url("x"))).containsEntry("ExecEnvRef", "Device.SoftwareModules.ExecEnv.1");
        }
    }

    @Test
    void a_host_that_shall_run_none_has_no_such_environment() throws Exception {
        try (FileServer server = FileServer.of(image());
                ModulesHost host = host(OciRuntime.NONE, ModulesHost.CGROUPS)) {
            assertThat(host.rows("ExecEnv")).hasSize(1);
            refused(host, server, 7230, "told to run no containers");
            assertThatThrownBy(() -> host.install(server.url("x"), "ExecutionEnvRef", ENVIRONMENT))
                    .hasMessageContaining("there is no Device.SoftwareModules.ExecEnv.2");
        }
    }

    @Test
    void without_control_groups_there_are_no_containers() throws Exception {
        Path program = program("echo 'crun version 9.9'; echo 'spec: 1.0.0'\n");
        try (FileServer server = FileServer.of(image());
                ModulesHost host = host(program.toString(), Path.of("/nonexistent"))) {
            assertThat(host.value(ENVIRONMENT + "Status")).isEqualTo("Error");
            assertThat(host.value(ENVIRONMENT + "Version")).isEqualTo("9.9");
            assertThat(host.value(ENVIRONMENT + "Type")).isEqualTo("OCI runtime 1.0.0");
            refused(host, server, 7230, "control groups");
        }
    }

    @Test
    void what_the_kernel_does_not_let_the_runtime_do_is_said_in_its_words_and_looked_at_again() throws Exception {
        Path program = program("""
                [ "$1" = --version ] && { echo 'crun version 9.9'; exit; }
                for word; do [ "$word" = run ] && { echo 'clone: Operation not permitted'; exit 1; }; done
                """);
        try (FileServer server = FileServer.of(image());
                ModulesHost host = host(program.toString(), ModulesHost.CGROUPS)) {
            Assumptions.assumeFalse(
                    host.problem().contains("control groups"), "this host lets nobody make control groups");
            assertThat(host.value(ENVIRONMENT + "Status")).isEqualTo("Error");
            refused(host, server, 7230, "clone: Operation not permitted");
            Path _ = program("[ \"$1\" = --version ] && echo 'crun version 9.9'\nexit 0\n");
            host.model.operate(ENVIRONMENT + "Restart()", Map.of());
            assertThat(host.events.removeFirst().name()).isEqualTo("Restarted!");
            assertThat(host.value(ENVIRONMENT + "Status")).isEqualTo("Up");
            Path _ = program("echo youki version 0.3\n");
            host.set(ENVIRONMENT + "Enable", "false");
            host.awaitValue(ENVIRONMENT + "Status", "Disabled");
            refused(host, server, 7012, "disabled");
            host.set(ENVIRONMENT + "Enable", "true");
            host.awaitValue(ENVIRONMENT + "Status", "Error");
            refused(host, server, 7230, "is neither crun nor runc");
        }
    }

    @Test
    void units_whose_runtime_has_gone_stay_installed_and_say_why_they_do_not_run() throws Exception {
        Path program = program("[ \"$1\" = --version ] && echo 'crun version 9.9'\nexit 0\n");
        String execution;
        try (FileServer server = FileServer.of(image());
                ModulesHost host = host(program.toString(), ModulesHost.CGROUPS)) {
            Assumptions.assumeTrue(host.problem().isEmpty(), "this host lets nobody make control groups");
            host.install(server.url("x"));
            execution = host.execution();
            host.set(execution + "AutoStart", "true");
        }
        try (ModulesHost host = host(OciRuntime.NONE, ModulesHost.CGROUPS)) {
            assertThat(host.rows("ExecEnv")).hasSize(2);
            assertThat(host.value(ENVIRONMENT + "Status")).isEqualTo("Error");
            assertThat(host.value(execution + "ExecutionFaultCode")).isEqualTo("UnStartable");
            assertThat(host.value(execution + "ExecutionFaultMessage")).contains("told to run no containers");
            assertThatThrownBy(() -> host.request(execution, "Active")).hasMessageContaining("no containers");
            host.model.operate(host.unit() + "Uninstall()", Map.of());
            assertThat(host.rows("ExecutionUnit")).isEqualTo(List.of());
        }
    }
}
