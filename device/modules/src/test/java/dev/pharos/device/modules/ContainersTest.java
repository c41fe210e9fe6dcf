// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.device.modules.process.RunAs;
import dev.pharos.device.modules.unit.ImageArchive;
import dev.pharos.device.modules.unit.ImageArchive.Tarred;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.FileServer;
import dev.pharos.testkit.FileServer.Mood;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// OCI images in real containers, which need crun or runc, root and control groups.
final class ContainersTest {
    private static final String ENVIRONMENT = "Device.SoftwareModules.ExecEnv.2.";
    private static final String STAYING =
            "echo started >>/data/starts; trap 'echo asked >>/data/ends; exit 0' TERM; while :; do sleep 0.1; done";

    /// Why a runtime can do nothing here; empty where it can.
    private static final Map<String, String> PROBLEMS = new HashMap<>();

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // set by each test
    private String runtime;

    @SuppressWarnings("NullAway.Init") // set by each test
    private FileServer server;

    /// @param program that runs the containers
    private void by(String program) throws Exception {
        runtime = program;
        if (!PROBLEMS.containsKey(program)) {
            try (ModulesHost host = host()) {
                PROBLEMS.put(program, host.problem());
            }
        }
        String problem = PROBLEMS.getOrDefault(program, "");
        Assumptions.assumeTrue(problem.isEmpty(), "no containers by " + program + " on this host: " + problem);
        server = FileServer.of(ImageArchive.withPrograms("1.0.0", STAYING).bytes());
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    private ModulesHost host() throws Exception {
        return ModulesHost.with(folder.resolve("modules"), runtime, ModulesHost.CGROUPS, RunAs.self());
    }

    private void serve(ImageArchive image) throws IOException {
        server.becomes(image.bytes(), "\"2\"");
    }

    private static void refused(int code, String why, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining(why)
                .isInstanceOfSatisfying(
                        UspException.class,
                        failure -> assertThat(failure.code().code()).isEqualTo(code));
    }

    /// Its first process does not listen to being asked to end, but for a trap.
    private Map<String, String> install(ModulesHost host) throws InterruptedException {
        return host.install(server.url("hello.tar"), "ShutdownDelay", "1");
    }

    private Path data(String name) throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("modules/data"))) {
            return all.findFirst().orElseThrow().resolve(name);
        }
    }

    private List<String> left() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("modules"))) {
            return all.filter(path -> !Files.isDirectory(path))
                    .map(path -> folder.resolve("modules").relativize(path).toString())
                    .filter(name -> !name.equals("lock") && !name.equals("modules.properties"))
                    .toList();
        }
    }

    /// What a unit says once, and then stays.
    private ImageArchive saying(String... lines) throws Exception {
        StringBuilder script = new StringBuilder("exec >/data/said 2>&1\n");
        for (String line : lines) {
            script.append(line).append('\n');
        }
        return ImageArchive.withPrograms("1.0.0", script + "echo over\nsleep 3600");
    }

    private List<String> said() throws IOException {
        await().atMost(ModulesHost.PATIENCE)
                .until(() -> Files.exists(data("said"))
                        && Files.readString(data("said")).endsWith("over\n"));
        return Files.readAllLines(data("said"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"crun", "runc"})
    void an_image_is_installed_started_stopped_by_its_signal_and_uninstalled_without_a_trace(String program)
            throws Exception {
        by(program);
        try (ModulesHost host = host()) {
            assertThat(host.value(ENVIRONMENT + "Name")).isEqualTo("OCI");
            assertThat(host.value(ENVIRONMENT + "Status")).isEqualTo("Up");
            assertThat(host.value(ENVIRONMENT + "Type")).startsWith("OCI runtime 1.");
            assertThat(host.value(ENVIRONMENT + "Version")).matches("[0-9]+[.][0-9].*");
            assertThat(host.value(ENVIRONMENT + "Vendor")).endsWith("/" + runtime);
            Map<String, String> outputs = install(host);
            assertThat(outputs)
                    .containsEntry("Version", "1.0.0")
                    .containsEntry("ExecEnvRef", "Device.SoftwareModules.ExecEnv.2");
            String unit = host.unit();
            String execution = host.execution();
            assertThat(host.value(unit + "ExecutionEnvRef")).isEqualTo("Device.SoftwareModules.ExecEnv.2");
            assertThat(host.value(execution + "EUID")).startsWith("OCI-");
            assertThat(host.value(execution + "Privileged")).isEqualTo("false");
            assertThat(host.told()).containsEntry("CurrentState", "Installed").containsEntry("Fault.FaultCode", "0");
            assertThat(host.request(execution, "Active")).isEmpty();
            assertThat(host.value(execution + "ExecutionFaultMessage")).isEmpty();
            assertThat(host.value(execution + "Status")).isEqualTo("Active");
            assertThat(host.value(ENVIRONMENT + "ActiveExecutionUnits") + ".").isEqualTo(execution);
            assertThat(host.value("Device.SoftwareModules.ExecEnv.1.ActiveExecutionUnits"))
                    .isEmpty();
            assertThat(Long.parseLong(host.value(execution + "MemoryInUse"))).isPositive();
            assertThat(Long.parseLong(host.value(execution + "DiskSpaceInUse"))).isPositive();
            await().atMost(ModulesHost.PATIENCE).until(() -> Files.exists(data("starts")));
            host.request(execution, "Idle");
            assertThat(host.value(execution + "Status")).isEqualTo("Idle");
            assertThat(host.value(execution + "ExecutionFaultCode")).isEqualTo("NoFault");
            assertThat(data("ends")).hasContent("asked");
            host.request(execution, "Active");
            host.model.operate(execution + "Restart()", Map.of());
            assertThat(host.value(execution + "Status")).isEqualTo("Active");
            assertThat(Files.readAllLines(data("starts"))).hasSize(3);
            host.model.operate(unit + "Uninstall()", Map.of());
            assertThat(host.told()).containsEntry("CurrentState", "Uninstalled");
            assertThat(host.rows("DeploymentUnit")).isEmpty();
            assertThat(left()).isEmpty();
            assertThat(ModulesHost.runs(folder.toString())).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"crun", "runc"})
    void a_container_can_do_nothing_to_its_host(String program) throws Exception {
        by(program);
        serve(saying(
                        "cat /proc/self/status",
                        "echo x >/x; echo x >/bin/x; echo x >/etc/x; echo x >/etc/resolv.conf",
                        "echo x >/tmp/x && echo scratch",
                        "echo $$ pid",
                        "for p in /proc/[0-9]*; do echo $p; done",
                        "id -u",
                        "cat /proc/self/uid_map",
                        "echo x >/proc/sys/kernel/hostname; echo x >/proc/sysrq-trigger",
                        "head -c 1 /proc/kcore | cat",
                        "for f in /sys/* /dev/*; do echo $f; done",
                        "cat /proc/sys/kernel/hostname")
                .running(config -> config.put("User", "1000")));
        try (ModulesHost host = host()) {
            install(host);
            host.request(host.execution(), "Active");
            List<String> said = said();
            long us = RunAs.self().uid();
            assertThat(said)
                    .contains("CapEff:\t0000000000000000", "CapBnd:\t0000000000000000", "CapPrm:\t0000000000000000")
                    .contains("NoNewPrivs:\t1", "Seccomp:\t2", "Uid:\t1000\t1000\t1000\t1000")
                    .contains("scratch", "1 pid", "1000")
                    .anyMatch(line -> line.strip().matches("1000\\s+" + us + "\\s+1"))
                    .contains("/sys/*", "/dev/null", "du-" + host.unit().replaceAll("[^0-9]", ""))
                    .doesNotContain("/dev/mem", "/dev/kmsg");
            for (String refused : List.of("/x", "/bin/x", "/etc/x", "/etc/resolv.conf", "/proc/sysrq-trigger")) {
                assertThat(said).anyMatch(line -> line.contains("cannot create " + refused));
            }
            // the shell, and the sleep that it is about to be
            for (String device : List.of("null", "zero", "urandom")) {
                assertThat(Files.getAttribute(Path.of("/dev", device), "unix:uid"))
                        .as("owner of the host's %s", device)
                        .isEqualTo(0);
            }
            assertThat(said.stream()
                            .filter(line -> line.matches("/proc/[0-9]+"))
                            .toList())
                    .hasSizeBetween(1, 2);
        }
    }

    @Test
    void data_and_volumes_outlive_stops_and_updates_and_go_with_the_unit_unless_they_shall_stay() throws Exception {
        by("crun");
        String script = "echo $WHO >>/data/kept; echo $WHO >>/var/lib/hello/kept; sleep 3600";
        serve(ImageArchive.withPrograms("1.0.0", script).running(config -> {
            config.putObject("Volumes").putObject("/var/lib/hello");
            config.putArray("Env").add("WHO=first");
        }));
        try (ModulesHost host = host()) {
            install(host);
            String unit = host.unit();
            host.request(host.execution(), "Active");
            host.request(host.execution(), "Idle");
            host.request(host.execution(), "Active");
            await().atMost(ModulesHost.PATIENCE)
                    .until(() -> Files.readAllLines(data("kept")).size() == 2);
            host.told();
            serve(ImageArchive.withPrograms("1.1.0", script).running(config -> {
                config.putObject("Volumes").putObject("/var/lib/hello");
                config.putArray("Env").add("WHO=second");
            }));
            host.model.operate(unit + "Update()", Map.of("RetainData", "true"));
            assertThat(host.told()).containsEntry("Version", "1.1.0").containsEntry("Fault.FaultCode", "0");
            assertThat(host.value(host.execution() + "Status")).isEqualTo("Active");
            await().atMost(ModulesHost.PATIENCE)
                    .until(() -> Files.readAllLines(data("kept")).size() == 3);
            assertThat(data("kept")).hasContent("first\nfirst\nsecond");
            List<String> kept =
                    left().stream().filter(name -> name.endsWith("/kept")).toList();
            assertThat(kept).hasSize(2);
            assertThat(folder.resolve("modules").resolve(kept.getFirst()))
                    .hasSameTextualContentAs(folder.resolve("modules").resolve(kept.getLast()));
            host.model.operate(unit + "Uninstall()", Map.of("RetainData", "true"));
            assertThat(left()).containsExactlyInAnyOrderElementsOf(kept);
            install(host);
            host.model.operate(host.unit() + "Uninstall()", Map.of());
            assertThat(left()).isEmpty();
        }
    }

    @Test
    @Requirement("R-SMM.1")
    void an_update_that_fails_leaves_the_old_container_running_and_says_why() throws Exception {
        by("crun");
        try (ModulesHost host = host()) {
            install(host);
            host.told();
            String unit = host.unit();
            String execution = host.execution();
            host.request(execution, "Active");
            await().atMost(ModulesHost.PATIENCE).until(() -> Files.exists(data("starts")));
            List<String> before = left();
            record Case(Bytes archive, int code, String why) {}
            byte[] good = ImageArchive.withPrograms("2.0.0", STAYING).bytes();
            Bytes cut = Bytes.adopt(Arrays.copyOf(good, good.length / 2));
            for (Case one : List.of(
                    new Case(
                            Bytes.adopt(
                                    ImageArchive.withPrograms("1.0.0", STAYING).bytes()),
                            7226,
                            "is installed"),
                    new Case(
                            Bytes.adopt(
                                    ImageArchive.withPrograms("0.9", STAYING).bytes()),
                            7002,
                            "older"),
                    new Case(
                            Bytes.adopt(ImageArchive.withPrograms("2.0", STAYING)
                                    .saying("org.opencontainers.image.title", "other")
                                    .bytes()),
                            7225,
                            "another unit"),
                    new Case(
                            Bytes.adopt(ImageArchive.withPrograms("2.0", STAYING)
                                    .layer(new Tarred().text("../evil", ""))
                                    .bytes()),
                            7035,
                            "layer 2: it would be outside"),
                    new Case(Bytes.adopt(UnitArchive.of("2.0", "exit 0").bytes()), 7225, "no OCI image"),
                    new Case(cut, 7035, "damaged"))) {
                server.becomes(one.archive().toByteArray(), "\"2\"");
                refused(one.code(), one.why(), () -> host.model.operate(unit + "Update()", Map.of()));
                assertThat(host.told())
                        .containsEntry("OperationPerformed", "Update")
                        .containsEntry("CurrentState", "Installed")
                        .containsEntry("Version", "1.0.0")
                        .containsEntry("Fault.FaultCode", Integer.toString(one.code()));
            }
            server.becomes(good, "\"3\"");
            refused(
                    7227,
                    "bytes come out of it",
                    () -> host.model.operate(unit + "Update()", Map.of("Resources.AllocatedDiskSpace", "100")));
            host.told();
            server.will(new Mood.Refusing(404, "", ""));
            refused(7002, "404", () -> host.model.operate(unit + "Update()", Map.of()));
            host.told();
            assertThat(host.value(execution + "Status")).isEqualTo("Active");
            assertThat(Files.readAllLines(data("starts"))).as("it ran on").hasSize(1);
            assertThat(left()).containsExactlyInAnyOrderElementsOf(before);
        }
    }

    @Test
    @Requirement("R-SMM.1")
    void an_image_that_cannot_be_leaves_nothing_but_the_event_that_says_why() throws Exception {
        by("crun");
        try (ModulesHost host = host()) {
            server.becomes(
                    ImageArchive.withPrograms("1.0", STAYING)
                            .layer(new Tarred().text("a", "").text("a", ""))
                            .bytes(),
                    "\"2\"");
            refused(7035, "twice in one layer", () -> host.install(server.url("x")));
            assertThat(host.told()).containsEntry("CurrentState", "Failed").containsEntry("Fault.FaultCode", "7035");
            serve(ImageArchive.withPrograms("1.0", STAYING));
            refused(
                    7225,
                    "Linux does not run",
                    () -> host.install(server.url("x"), "ExecutionEnvRef", "Device.SoftwareModules.ExecEnv.1"));
            host.told();
            refused(7002, "Privileged", () -> host.install(server.url("x"), "Privileged", "true"));
            host.told();
            server.becomes(UnitArchive.of("1.0", "exit 0").bytes(), "\"3\"");
            refused(7225, "no OCI image", () -> host.install(server.url("x"), "ExecutionEnvRef", ENVIRONMENT));
            host.told();
            assertThat(left()).isEmpty();
        }
    }

    @Test
    @Requirement("R-SMM.0")
    void what_runs_stops_with_the_agent_and_starts_with_it_again() throws Exception {
        by("crun");
        serve(ImageArchive.withPrograms("1.0.0", STAYING).saying("dev.pharos.unit.autostart", "true"));
        try (ModulesHost host = host()) {
            install(host);
            host.awaitValue(host.execution() + "Status", "Active");
            await().atMost(ModulesHost.PATIENCE).until(() -> Files.exists(data("starts")));
        }
        assertThat(ModulesHost.runs(folder.toString())).isFalse();
        try (ModulesHost host = host()) {
            assertThat(host.value(host.unit() + "Version")).isEqualTo("1.0.0");
            host.awaitValue(host.execution() + "Status", "Active");
            await().atMost(ModulesHost.PATIENCE)
                    .until(() -> Files.readAllLines(data("starts")).size() == 2);
            assertThat(host.value(host.execution() + "EUID")).startsWith("OCI-");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"crun", "runc"})
    @Requirement("R-SMM.0")
    void what_an_agent_that_was_killed_left_running_is_ended_by_the_next(String program) throws Exception {
        by(program);
        serve(ImageArchive.withPrograms("1.0.0", STAYING).saying("dev.pharos.unit.autostart", "true"));
        Process agent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AbandonedHost.class.getName(),
                        runtime,
                        folder.resolve("modules").toString(),
                        server.url("hello.tar").toString())
                .inheritIO()
                .start();
        try {
            await().atMost(ModulesHost.PATIENCE)
                    .until(() -> Files.exists(folder.resolve("modules/data")) && Files.exists(data("starts")));
        } finally {
            agent.destroyForcibly();
            agent.waitFor();
        }
        assertThat(containers()).as("it runs on without its agent").isNotEmpty();
        List<Long> before = containers();
        try (ModulesHost host = host()) {
            await().atMost(ModulesHost.PATIENCE)
                    .until(() -> Files.readAllLines(data("starts")).size() == 2);
            host.awaitValue(host.execution() + "Status", "Active");
            assertThat(containers()).doesNotContainAnyElementsOf(before);
        }
        assertThat(containers()).isEmpty();
    }

    /// Processes of which the root folder is one of ours.
    private List<Long> containers() {
        List<Long> found = new ArrayList<>();
        ProcessHandle.allProcesses().forEach(process -> {
            try {
                String mounts = Files.readString(Path.of("/proc", Long.toString(process.pid()), "mountinfo"));
                if (mounts.contains(folder.resolve("modules/units").toString())
                        && !Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                                .isEmpty()) {
                    found.add(process.pid());
                }
            } catch (IOException gone) {
                // then it is none
            }
        });
        return found;
    }

    @Test
    void a_program_is_who_its_image_says_by_name_or_number_and_a_name_that_the_image_does_not_know_is_refused()
            throws Exception {
        by("crun");
        ImageArchive image = saying("id -u; id -g", "echo x >/data/mine; echo x >/tmp/mine; echo x >/run/mine")
                .layer(new Tarred()
                        .text("etc/passwd", "root:x:0:0::/:/bin/sh\nredis:x:999:998::/:/bin/false\n")
                        .text("etc/group", "root:x:0:\nredis:x:998:\nlogs:x:4:redis\n"));
        serve(image.running(config -> config.put("User", "redis")));
        try (ModulesHost host = host()) {
            install(host);
            host.request(host.execution(), "Active");
            assertThat(said()).containsExactly("999", "998", "over");
            assertThat(Files.getAttribute(data("mine"), "unix:uid"))
                    .isEqualTo((int) RunAs.self().uid());
            host.told();
            serve(ImageArchive.withPrograms("2.0.0", "x").running(config -> config.put("User", "redis")));
            refused(
                    7035,
                    "redis is not in /etc/passwd of the image",
                    () -> host.model.operate(host.unit() + "Update()", Map.of()));
            assertThat(host.value(host.execution() + "Status")).isEqualTo("Active");
        }
    }

    @Test
    void a_program_that_is_not_there_or_fails_is_in_fault_with_what_was_said() throws Exception {
        by("crun");
        serve(ImageArchive.withPrograms("1.0.0", "echo no licence >&2; exit 3"));
        try (ModulesHost host = host()) {
            install(host);
            String execution = host.execution();
            assertThatThrownBy(() -> host.request(execution, "Active")).hasMessageContaining("no licence");
            assertThat(host.value(execution + "ExecutionFaultCode")).isEqualTo("FailureOnStart");
            assertThat(host.value(execution + "ExecutionFaultMessage")).contains("status 3", "no licence");
            serve(ImageArchive.withPrograms("1.1.0", "x")
                    .running(config -> config.putArray("Entrypoint").add("/bin/nothing")));
            host.model.operate(host.unit() + "Update()", Map.of());
            assertThatThrownBy(() -> host.request(execution, "Active")).hasMessageContaining("/bin/nothing");
            assertThat(host.value(execution + "ExecutionFaultCode")).isIn("UnStartable", "FailureOnStart");
            assertThat(containers()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"crun", "runc"})
    void a_container_with_too_much_memory_or_too_many_processes_is_ended_and_the_fault_says_so(String program)
            throws Exception {
        by(program);
        serve(ImageArchive.withPrograms("1.0.0", "sleep 1; while :; do sleep 3600 & done")
                .saying("dev.pharos.unit.processes", "20"));
        try (ModulesHost host = host()) {
            install(host);
            String execution = host.execution();
            host.request(execution, "Active");
            host.awaitValue(execution + "Status", "Idle");
            assertThat(host.value(execution + "ExecutionFaultMessage")).contains("processes");
            assertThat(containers()).isEmpty();
            serve(ImageArchive.withPrograms("1.1.0", "sleep 1; tail /dev/zero; sleep 3600")
                    .saying("dev.pharos.unit.memory", "40000"));
            host.model.operate(host.unit() + "Update()", Map.of());
            Assumptions.assumeTrue(
                    host.value(execution + "AllocatedMemory").equals("40000"),
                    "this host lets nobody make control groups for memory");
            host.request(execution, "Active");
            host.awaitValue(execution + "Status", "Idle");
            assertThat(host.value(execution + "ExecutionFaultMessage")).contains("40000 KiB of memory");
            assertThat(containers()).isEmpty();
        }
    }

    @Test
    void a_container_that_does_not_listen_is_killed_after_its_delay() throws Exception {
        by("crun");
        serve(ImageArchive.withPrograms("1.0.0", "trap '' TERM; touch /data/deaf; while :; do sleep 1; done"));
        try (ModulesHost host = host()) {
            install(host);
            host.request(host.execution(), "Active");
            await().atMost(ModulesHost.PATIENCE).until(() -> Files.exists(data("deaf")));
            host.request(host.execution(), "Idle");
            assertThat(host.value(host.execution() + "Status")).isEqualTo("Idle");
            assertThat(containers()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"crun", "runc"})
    void on_the_host_a_container_is_the_user_that_was_said(String program) throws Exception {
        by(program);
        RunAs nobody = RunAs.named("nobody").orElseThrow();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        serve(saying("id -u", "cat /proc/self/uid_map", "touch /data/mine"));
        try (ModulesHost host = ModulesHost.with(folder.resolve("modules"), runtime, ModulesHost.CGROUPS, nobody)) {
            assertThat(host.problem()).isEmpty();
            install(host);
            host.request(host.execution(), "Active");
            assertThat(said()).anyMatch(line -> line.strip().matches("0\\s+" + nobody.uid() + "\\s+1"));
            assertThat(Files.getAttribute(data("mine"), "unix:uid")).isEqualTo((int) nobody.uid());
            assertThat(containers())
                    .allSatisfy(pid -> assertThat(Files.readString(
                                    Path.of("/proc", pid.toString(), "status"), StandardCharsets.UTF_8))
                            .contains("Uid:\t" + nobody.uid()));
        }
    }
}
