// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.device.modules.unit.Bounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is written into control groups of version 2, as files: a kernel that has version 1 cannot show more.
final class UnifiedCagesTest {
    @TempDir
    Path cgroups;

    private void kernelHas(String controllers) throws IOException {
        Files.writeString(cgroups.resolve("cgroup.controllers"), controllers + "\n");
        Files.writeString(cgroups.resolve("cgroup.subtree_control"), controllers + "\n");
    }

    private String written(String file) throws IOException {
        return Files.readString(cgroups.resolve("ours/eu-1/" + file));
    }

    @Test
    void bounds_are_written_as_version_2_has_them() throws Exception {
        kernelHas("cpuset cpu io memory pids");
        Cages cages = Cages.find(cgroups, "ours");
        assertThat(cages.boundsMemory()).isTrue();
        assertThat(cages.boundsProcessor()).isTrue();
        Files.createDirectories(cgroups.resolve("ours/eu-1"));
        Files.createFile(cgroups.resolve("ours/eu-1/memory.swap.max"));
        Cage cage = cages.make("eu-1", new Bounds(1000, 50, 12, -1));
        assertThat(written("memory.max")).isEqualTo("1024000");
        assertThat(written("memory.swap.max")).isEqualTo("0");
        assertThat(written("pids.max")).isEqualTo("12");
        assertThat(written("cpu.max")).isEqualTo(50_000L * Runtime.getRuntime().availableProcessors() + " 100000");
        assertThat(cage.entrances()).containsExactly(cgroups.resolve("ours/eu-1/cgroup.procs"));
        assertThat(cage.addressSpace()).isEmpty();
    }

    @Test
    void what_the_kernel_counts_is_read() throws Exception {
        kernelHas("cpu memory pids");
        Cage cage = Cages.find(cgroups, "ours").make("eu-1", new Bounds(1000, -1, 12, -1));
        Path unit = cgroups.resolve("ours/eu-1");
        Files.writeString(unit.resolve("memory.current"), "40960\n");
        Files.writeString(unit.resolve("cpu.stat"), "usage_usec 1500\nuser_usec 1000\nsystem_usec 500\n");
        Files.writeString(unit.resolve("pids.events"), "max 0\n");
        Files.writeString(unit.resolve("memory.events"), "low 0\nhigh 0\nmax 3\noom 1\noom_kill 0\n");
        assertThat(cage.memory()).hasValue(40960);
        assertThat(cage.computed()).hasValue(1_500_000);
        assertThat(cage.broken()).isEmpty();
        Files.writeString(unit.resolve("memory.events"), "max 9\noom 2\noom_kill 1\n");
        assertThat(cage.broken()).contains("1000 KiB of memory");
        Files.writeString(unit.resolve("pids.events"), "max 4\n");
        assertThat(cage.broken()).contains("12 processes");
    }

    @Test
    void without_a_controller_for_processes_there_are_sessions_alone_and_no_bound_is_claimed() throws Exception {
        kernelHas("hugetlb");
        Cages cages = Cages.find(cgroups, "ours");
        assertThat(cages.boundsMemory()).isFalse();
        assertThat(cages.make("eu-1", new Bounds(1000, -1, 12, -1))).isInstanceOf(SessionCage.class);
    }
}
