// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.device.modules.process.UnitState.Fault;
import dev.pharos.device.modules.process.UnitState.Status;
import dev.pharos.device.modules.unit.Bounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real processes, in control groups where this host has them and in sessions where it has not.
final class SupervisorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Bounds FREE = new Bounds(-1, -1, 64, -1);
    private static final String CGROUPS = "/sys/fs/cgroup";
    private static final String NONE = "/nonexistent";

    @TempDir
    Path folder;

    private @Nullable Supervisor unit;
    private @Nullable Cages cages;

    @AfterEach
    void end() throws InterruptedException {
        if (unit != null) {
            unit.retire(Duration.ZERO);
        }
        if (cages != null) {
            cages.close();
        }
    }

    private Supervisor unit(String cgroups, Bounds bounds, RestartPolicy policy, String script)
            throws IOException, InterruptedException {
        Cages found = Cages.find(
                Path.of(cgroups), "pharos-test-" + ProcessHandle.current().pid());
        cages = found;
        Work work = new Work(
                "eu-1",
                List.of("/bin/sh", "-c", script, folder.toString()),
                folder,
                Map.of("HERE", folder.toString()),
                bounds,
                folder.resolve("eu-1.log"));
        Supervisor made = new Supervisor(
                "eu-1", () -> work, UnitHost.of(found, RunAs.self()), policy, Duration.ofMillis(500), () -> {});
        unit = made;
        return made;
    }

    private static RestartPolicy again(long times) {
        return new RestartPolicy(true, 0, 1, 1000, times, 0);
    }

    private boolean anythingRuns() {
        return ProcessHandle.allProcesses().anyMatch(process -> {
            try {
                return process.isAlive()
                        && Files.readString(Path.of("/proc", Long.toString(process.pid()), "environ"))
                                .contains("HERE=" + folder);
            } catch (IOException gone) {
                return false;
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {CGROUPS, NONE})
    void a_unit_is_stopped_with_its_children_also_those_that_do_not_listen(String cgroups) throws Exception {
        Supervisor stubborn = unit(
                cgroups,
                FREE,
                RestartPolicy.USUAL,
                "trap '' TERM; (trap '' TERM; sleep 3600)& sleep 3600 & wait; wait; sleep 3600");
        stubborn.start(false);
        assertThat(stubborn.state().status()).isEqualTo(Status.ACTIVE);
        assertThat(stubborn.memory()).isPositive();
        assertThat(anythingRuns()).isTrue();
        stubborn.stop();
        assertThat(stubborn.state().status()).isEqualTo(Status.IDLE);
        assertThat(stubborn.state().fault()).isEqualTo(Fault.NO_FAULT);
        assertThat(anythingRuns()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {CGROUPS, NONE})
    void a_unit_that_forks_for_ever_ends_in_a_fault_and_leaves_nothing_running(String cgroups) throws Exception {
        Supervisor bomb = unit(
                cgroups,
                new Bounds(-1, -1, 20, -1),
                RestartPolicy.USUAL,
                "while true; do sleep 3600 & sleep 0.02; done");
        bomb.start(false);
        await().atMost(PATIENCE).until(() -> bomb.state().status() == Status.IDLE);
        assertThat(bomb.state().fault()).isIn(Fault.FAILURE_WHILE_ACTIVE, Fault.FAILURE_ON_START);
        assertThat(bomb.state().message()).contains("processes", "20");
        assertThat(anythingRuns()).isFalse();
    }

    @Test
    void a_unit_that_never_starts_is_given_up_after_the_restarts_that_it_may_have() throws Exception {
        Supervisor dying = unit(NONE, FREE, again(3), "echo x >>runs; echo no licence; exit 3");
        dying.start(true);
        await().atMost(PATIENCE).until(() -> dying.state().status() == Status.IDLE);
        assertThat(Files.readAllLines(folder.resolve("runs"))).hasSize(4);
        assertThat(dying.state().fault()).isEqualTo(Fault.FAILURE_ON_AUTO_START);
        assertThat(dying.state().message()).contains("status 3", "no licence");
        assertThat(dying.state().retries()).isEqualTo(3);
        assertThat(Files.readString(folder.resolve("eu-1.log"))).contains("no licence");
    }

    @Test
    void a_unit_that_is_killed_is_started_again_and_one_that_ends_well_is_not() throws Exception {
        Supervisor killed = unit(
                NONE, FREE, again(5), "echo $$ >pid; if [ -e twice ]; then sleep 3; exit 0; fi; : >twice; sleep 3600");
        killed.start(false);
        long first = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        ProcessHandle.of(first).orElseThrow().destroyForcibly();
        await().atMost(PATIENCE).until(() -> killed.state().retries() == 1);
        await().atMost(PATIENCE).until(() -> killed.state().status() == Status.ACTIVE);
        assertThat(Files.readString(folder.resolve("pid")).strip()).isNotEqualTo(Long.toString(first));
        assertThat(killed.state().lastRestarted()).isPresent();
        await().atMost(PATIENCE).until(() -> killed.state().status() == Status.IDLE);
        assertThat(killed.state().fault()).isEqualTo(Fault.NO_FAULT);
    }

    @Test
    void what_cannot_be_run_is_unstartable() throws Exception {
        Supervisor missing = unit(NONE, FREE, again(3), "exec /nonexistent/program");
        missing.start(false);
        assertThat(missing.state().status()).isEqualTo(Status.IDLE);
        assertThat(missing.state().fault()).isEqualTo(Fault.UNSTARTABLE);
        assertThat(missing.state().retries()).isZero();
    }

    @Test
    void a_restart_is_another_process_and_a_stop_ends_the_wait_for_the_next() throws Exception {
        Supervisor unit = unit(NONE, FREE, new RestartPolicy(true, 3600, 3600, 1000, 0, 0), "echo $$ >pid; sleep 3600");
        unit.start(false);
        String first = Files.readString(folder.resolve("pid"));
        assertThat(unit.restart()).isTrue();
        assertThat(unit.state().status()).isEqualTo(Status.ACTIVE);
        String second = Files.readString(folder.resolve("pid"));
        assertThat(second).isNotEqualTo(first);
        ProcessHandle.of(Long.parseLong(second.strip())).orElseThrow().destroyForcibly();
        await().atMost(PATIENCE).until(() -> unit.state().status() == Status.RESTARTING);
        assertThat(unit.state().nextRestart()).isPresent();
        assertThat(unit.state().fault()).isEqualTo(Fault.FAILURE_WHILE_ACTIVE);
        FutureTask<Void> stop = new FutureTask<>(() -> {
            unit.stop();
            return null;
        });
        Thread.ofVirtual().start(stop);
        await().atMost(PATIENCE).until(stop::isDone);
        assertThat(unit.state().status()).isEqualTo(Status.IDLE);
    }

    @Test
    void a_unit_with_too_much_memory_is_ended_by_the_kernel_and_the_fault_says_so() throws Exception {
        Supervisor hungry = unit(
                CGROUPS, new Bounds(20_000, -1, 64, -1), RestartPolicy.USUAL, "sleep 1; tail /dev/zero; sleep 3600");
        Assumptions.assumeTrue(
                cages != null && cages.boundsMemory(), "this host lets nobody make control groups for memory");
        hungry.start(false);
        await().atMost(PATIENCE).until(() -> hungry.state().status() == Status.IDLE);
        assertThat(hungry.state().fault()).isEqualTo(Fault.FAILURE_WHILE_ACTIVE);
        assertThat(hungry.state().message()).contains("20000 KiB of memory");
        assertThat(anythingRuns()).isFalse();
    }

    @Test
    void a_unit_computes_no_more_than_its_share() throws Exception {
        Supervisor busy = unit(CGROUPS, new Bounds(-1, 10, 64, -1), RestartPolicy.USUAL, "while true; do :; done");
        Assumptions.assumeTrue(
                cages != null && cages.boundsProcessor(), "this host lets nobody make control groups for processors");
        busy.start(false);
        int first = busy.processor();
        Thread.sleep(3000);
        assertThat(first).isNotNegative();
        assertThat(busy.processor()).isBetween(1, 20);
    }

    @Test
    void what_a_dead_agent_left_running_is_ended_by_the_next() throws Exception {
        Supervisor left = unit(NONE, FREE, RestartPolicy.USUAL, "sleep 3600 & sleep 3600");
        left.start(false);
        Path log = folder.resolve("eu-1.log");
        assertThat(Run.note(log)).exists();
        // as another process would, that knows nothing but the folder
        Run.endOrphans(log);
        assertThat(Run.note(log)).doesNotExist();
        assertThat(anythingRuns()).isFalse();
        Files.writeString(
                Run.note(log), "another-boot " + ProcessHandle.current().pid() + " 1\n");
        Run.endOrphans(log);
        assertThat(Run.note(log)).doesNotExist();
    }

    @Test
    void a_unit_runs_as_the_user_that_was_said_who_can_become_nobody_else() throws Exception {
        Assumptions.assumeTrue(RunAs.self().isRoot(), "only root can start processes of others");
        RunAs nobody = RunAs.named("nobody").orElseThrow();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Cages sessions = Cages.find(Path.of(NONE), "none");
        Work work = new Work(
                "eu-1",
                List.of("/bin/sh", "-c", "id -u >uid; id -G >groups; grep NoNewPrivs /proc/self/status >privs"),
                folder,
                Map.of(),
                FREE,
                folder.resolve("eu-1.log"));
        Supervisor other = new Supervisor(
                "eu-1",
                () -> work,
                UnitHost.of(sessions, nobody),
                RestartPolicy.USUAL,
                Duration.ofMillis(500),
                () -> {});
        unit = other;
        other.start(false);
        await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("privs")) && !anythingRuns());
        assertThat(folder.resolve("uid")).hasContent(Long.toString(nobody.uid()));
        assertThat(folder.resolve("groups")).hasContent(Long.toString(nobody.gid()));
        assertThat(Files.readString(folder.resolve("privs"))).containsPattern("NoNewPrivs:\\s+1");
    }

    @Test
    void a_log_keeps_the_end_of_what_a_unit_says_within_its_bound() throws Exception {
        Supervisor talking = unit(
                NONE, FREE, RestartPolicy.USUAL, "head -c 3000000 /dev/zero | tr '\\0' x; echo; echo the end; sleep 1");
        talking.start(false);
        await().atMost(PATIENCE).until(() -> talking.state().status() == Status.IDLE);
        Path log = folder.resolve("eu-1.log");
        await().atMost(PATIENCE).until(() -> Files.readString(log).endsWith("the end\n"));
        assertThat(Files.size(log)).isLessThanOrEqualTo(Limits.LOG);
        assertThat(Files.size(log.resolveSibling("eu-1.log.1"))).isLessThanOrEqualTo(Limits.LOG);
    }
}
