// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.container;

import dev.pharos.device.modules.process.UnitHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The runtimes of containers that are known here, the ones that are taken first before the others. What differs
/// between them: how they are told to leave control groups alone, which are for us.
enum RuntimeKind {
    /// Leaves control groups alone where it is told so.
    CRUN("crun", "github.com/containers/crun", "+SECCOMP", 4, false) {
        @Override
        List<String> before(Optional<Path> mixed) throws IOException {
            if (mixed.isEmpty()) {
                return List.of();
            }
            List<String> words = inItsOwnMounts(
                    "version 2 of control groups is mounted beside version 1, and there is no unshare to hide it from"
                            + " crun",
                    HIDING);
            words.add(mixed.get().toString());
            return words;
        }

        @Override
        List<String> options() {
            return List.of("--cgroup-manager", "disabled");
        }
    },

    /// Puts each container into control groups of its own where it can make them. It is shown them as what can only
    /// be read, and told that this is no error.
    RUNC("runc", "github.com/opencontainers/runc", "libseccomp:", 32, true) {
        @Override
        List<String> before(Optional<Path> mixed) throws IOException {
            List<String> words = inItsOwnMounts(
                    "runc makes control groups of its own, and there is no unshare to keep it from that", CLOSING);
            words.add(name);
            return words;
        }

        @Override
        List<String> options() {
            return List.of("--rootless=true");
        }
    };

    /// In the manner of `sh -c HIDING MOUNTED COMMAND…`: crun does not put up with controllers of both versions.
    private static final String HIDING = "umount -l \"$0\" && exec \"$@\"";
    /// In the manner of `sh -c CLOSING NAME COMMAND…`.
    private static final String CLOSING = """
            while read -r _ place type _; do
                case $type in
                    cgroup | cgroup2) mount -o remount,bind,ro "$place" || exit 125 ;;
                esac
            done </proc/self/mounts
            exec "$@"
            """;

    private static final Pattern VERSION = Pattern.compile("(?m)^(crun|runc) version (\\S+)");

    /// Of the program.
    final String name;
    /// Who makes it.
    final String vendor;
    /// What it says of itself where it can filter calls of the kernel.
    final String filters;
    /// Processes of its own, with their threads, which count among those of the unit.
    final int processes;
    /// Whether it sets a container up as its root, whoever the program in it is.
    final boolean needsRoot;

    RuntimeKind(String name, String vendor, String filters, int processes, boolean needsRoot) {
        this.name = name;
        this.vendor = vendor;
        this.filters = filters;
        this.processes = processes;
        this.needsRoot = needsRoot;
    }

    /// What stands before the program each time.
    ///
    /// @param mixed where version 2 of control groups is beside version 1, with controllers
    /// @throws IOException where the host lacks a program for that
    abstract List<String> before(Optional<Path> mixed) throws IOException;

    /// What it is told each time.
    abstract List<String> options();

    /// Which one a program is by what it says, and its version.
    record Said(RuntimeKind kind, String version) {
        static Optional<Said> of(String text) {
            Matcher matcher = VERSION.matcher(text);
            return matcher.find()
                    ? Arrays.stream(values())
                            .filter(kind -> kind.name.equals(matcher.group(1)))
                            .map(kind -> new Said(kind, matcher.group(2)))
                            .findFirst()
                    : Optional.empty();
        }
    }

    /// The names of all, for people.
    static String names(String between) {
        return String.join(
                between, Arrays.stream(values()).map(kind -> kind.name).toList());
    }

    /// @param lacking what is wrong where there is no `unshare`
    private static List<String> inItsOwnMounts(String lacking, String script) throws IOException {
        Path unshare = UnitHost.program("unshare").orElseThrow(() -> new IOException(lacking));
        return new ArrayList<>(
                List.of(unshare.toString(), "--mount", "--propagation", "private", "/bin/sh", "-c", script));
    }
}
