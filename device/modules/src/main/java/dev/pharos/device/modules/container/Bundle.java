// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.container;

import dev.pharos.device.modules.process.RunAs;
import dev.pharos.usp.Frozen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a container runs and has, with the least right that it can do with: no capability, no way to another
/// user, its root folder as it was delivered, processes, mounts and users of its own, and the network of the
/// host.
///
/// @param root its root folder
/// @param host what it calls the host
public record Bundle(Path root, Program program, String host, List<Bind> binds) {
    /// What the runtime reads.
    public static final String FILE = "config.json";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String SPECIFICATION = "1.0.0";
    private static final List<String> NAMESPACES = List.of("pid", "mount", "ipc", "uts", "user");
    private static final List<String> CAPABILITY_SETS =
            List.of("bounding", "effective", "inheritable", "permitted", "ambient");
    /// What the kernel tells, or takes, for the whole host.
    private static final List<String> MASKED = List.of(
            "/proc/acpi",
            "/proc/asound",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/sched_debug",
            "/proc/scsi",
            "/proc/timer_list",
            "/proc/timer_stats");
    private static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    public Bundle {
        binds = Frozen.list(binds);
    }

    /// Writes what the runtime reads.
    ///
    /// @param into folder of the bundle
    /// @param user of the host that the program is; nobody else is in the container
    /// @param filtered whether the runtime can filter calls of the kernel
    /// @param withRoot whether the runtime sets a container up as its root: that is nobody on the host then,
    ///     where the program is somebody else
    void write(Path into, RunAs user, boolean filtered, boolean withRoot) throws IOException {
        ObjectNode config = MAPPER.createObjectNode();
        config.put("ociVersion", SPECIFICATION);
        config.put("hostname", host);
        config.putObject("root").put("path", root.toString()).put("readonly", true);
        process(config.putObject("process"));
        mounts(config.putArray("mounts"));
        ObjectNode linux = config.putObject("linux");
        ArrayNode namespaces = linux.putArray("namespaces");
        NAMESPACES.forEach(name -> namespaces.addObject().put("type", name));
        map(linux.putArray("uidMappings"), program.user().uid(), user.uid(), withRoot);
        map(linux.putArray("gidMappings"), program.user().gid(), user.gid(), withRoot);
        texts(linux.putArray("maskedPaths"), MASKED);
        texts(linux.putArray("readonlyPaths"), READ_ONLY);
        if (filtered) {
            Syscalls.filter(linux.putObject("seccomp"));
        }
        Files.write(into.resolve(FILE), MAPPER.writeValueAsBytes(config));
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    private static void map(ArrayNode mappings, long within, long host, boolean withRoot) {
        if (withRoot && within != 0) {
            mapping(mappings, 0, Limits.NOBODY);
        }
        mapping(mappings, within, host);
    }

    private static void mapping(ArrayNode mappings, long within, long host) {
        mappings.addObject().put("containerID", within).put("hostID", host).put("size", 1);
    }

    private void process(ObjectNode process) {
        process.put("terminal", false);
        process.put("cwd", program.folder());
        process.put("noNewPrivileges", true);
        process.putObject("user")
                .put("uid", program.user().uid())
                .put("gid", program.user().gid());
        texts(process.putArray("args"), program.command());
        ArrayNode variables = process.putArray("env");
        program.environment().forEach((name, value) -> variables.add(name + "=" + value));
        ObjectNode capabilities = process.putObject("capabilities");
        CAPABILITY_SETS.forEach(capabilities::putArray);
        ArrayNode limits = process.putArray("rlimits");
        limits.addObject()
                .put("type", "RLIMIT_NOFILE")
                .put("soft", Limits.OPEN_FILES)
                .put("hard", Limits.OPEN_FILES);
        limits.addObject().put("type", "RLIMIT_CORE").put("soft", 0).put("hard", 0);
    }

    private void mounts(ArrayNode mounts) {
        mount(mounts, "/proc", "proc", "proc", "nosuid", "noexec", "nodev");
        mount(mounts, "/dev", "tmpfs", "tmpfs", "nosuid", "noexec", "mode=755", "size=" + Limits.DEVICES);
        for (String place : List.of("/dev/shm", "/tmp", "/run")) {
            mount(
                    mounts,
                    place,
                    "tmpfs",
                    "tmpfs",
                    "nosuid",
                    "noexec",
                    "nodev",
                    place.equals("/run") ? "mode=755" : "mode=1777",
                    "uid=" + program.user().uid(),
                    "gid=" + program.user().gid(),
                    "size=" + Limits.SCRATCH);
        }
        for (Bind bind : binds) {
            mount(
                    mounts,
                    bind.target(),
                    "bind",
                    bind.source().toString(),
                    "bind",
                    "nosuid",
                    "nodev",
                    bind.writable() ? "rw" : "ro");
        }
    }

    private static void mount(ArrayNode mounts, String target, String type, String source, String... options) {
        ObjectNode mount = mounts.addObject();
        mount.put("destination", target).put("type", type).put("source", source);
        texts(mount.putArray("options"), List.of(options));
    }
}
