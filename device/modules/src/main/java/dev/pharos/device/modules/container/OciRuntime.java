// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.container;

import dev.pharos.device.modules.process.Container;
import dev.pharos.device.modules.process.Trial;
import dev.pharos.device.modules.process.UnitHost;
import dev.pharos.device.modules.process.Work;
import dev.pharos.device.modules.unit.Bounds;
import dev.pharos.device.modules.unit.FileTree;
import dev.pharos.device.modules.unit.Image;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The program of this host that runs containers: `crun`. Whether it can is tried out, by a container that does
/// nothing.
/// Thread-safe.
public final class OciRuntime {
    /// In place of a program: none, whatever this host has.
    public static final String NONE = "none";

    private static final Logger LOG = LoggerFactory.getLogger(OciRuntime.class);
    private static final String NAME = "crun";
    private static final Pattern VERSION = Pattern.compile("crun version (\\S+)");
    private static final Pattern SPECIFICATION = Pattern.compile("(?m)^spec: (\\S+)$");
    /// In the manner of `sh -c HIDING MOUNTED COMMAND…`, in mounts of its own.
    private static final String HIDING = "umount -l \"$0\" && exec \"$@\"";

    private static final String FILTERS = "+SECCOMP";
    /// Where the trial finds a shell, and what that needs.
    private static final List<String> PROGRAMS = List.of("/bin", "/sbin", "/lib", "/lib64", "/usr");

    private final String wanted;
    private final UnitHost host;
    private final Path state;
    private volatile Facts facts = new Facts(Optional.empty(), "", "", false, "nobody has looked so far");

    /// What is known of it.
    ///
    /// @param problem why it cannot run anything; empty where it can
    private record Facts(
            Optional<Path> program, String version, String specification, boolean filters, String problem) {
        Facts but(String why) {
            return new Facts(program, version, specification, filters, why);
        }
    }

    private OciRuntime(String wanted, UnitHost host, Path state) {
        this.wanted = wanted;
        this.host = host;
        this.state = state;
    }

    /// Looks what there is. What an earlier agent has left is forgotten; none of its processes may be there
    /// any more.
    ///
    /// @param wanted program, by name or path; empty for `crun` where the host has it, [#NONE] for none
    /// @param state folder of its own, for what the runtime knows
    public static OciRuntime find(String wanted, UnitHost host, Path state) throws IOException, InterruptedException {
        OciRuntime runtime = new OciRuntime(wanted, host, state);
        FileTree.remove(state);
        runtime.look();
        return runtime;
    }

    /// Whether the host is to have containers: it has the program, or somebody said which.
    public boolean isThere() {
        return !wanted.equals(NONE) && (!wanted.isEmpty() || facts.program().isPresent());
    }

    /// Why it cannot run anything; empty where it can.
    public String problem() {
        return facts.problem();
    }

    /// The kind of containers, and the version of the specification that says what they are.
    public String type() {
        String specification = facts.specification();
        return specification.isEmpty() ? "OCI runtime" : "OCI runtime " + specification;
    }

    /// Who makes the program.
    public String vendor() {
        return facts.version().isEmpty() ? "" : "github.com/containers/crun";
    }

    /// As the program says it; empty where it is not known.
    public String version() {
        return facts.version();
    }

    /// Looks again, as when somebody has installed what was missing.
    public void look() throws InterruptedException {
        Facts found = looked();
        if (!found.problem().isEmpty() && isWanted(found)) {
            LOG.warn("no containers for software modules: {}", found.problem());
        }
        facts = found;
    }

    private boolean isWanted(Facts found) {
        return !wanted.equals(NONE) && (!wanted.isEmpty() || found.program().isPresent());
    }

    private Facts looked() throws InterruptedException {
        Facts found = new Facts(program(), "", "", false, "");
        if (found.program().isEmpty()) {
            return found.but(
                    wanted.equals(NONE)
                            ? "this agent was told to run no containers"
                            : "there is no " + (wanted.isEmpty() ? NAME : wanted) + " on this host");
        }
        Path program = found.program().get();
        String said = said(program);
        Matcher version = VERSION.matcher(said);
        if (!version.find()) {
            return found.but(program + " is not crun");
        }
        Matcher specification = SPECIFICATION.matcher(said);
        Facts known = new Facts(
                found.program(),
                bounded(version.group(1)),
                specification.find() ? bounded(specification.group(1)) : "",
                said.contains(FILTERS),
                "");
        if (!host.cages().confine()) {
            return known.but("the agent can make no control groups, for which it must run as root"
                    + " and have the controller pids");
        }
        try {
            String why = tried(known);
            return why.isEmpty() ? known : known.but("crun cannot run a container here: " + why);
        } catch (IOException disk) {
            return known.but("what crun reads cannot be written: " + disk.getMessage());
        }
    }

    private Optional<Path> program() {
        if (wanted.equals(NONE)) {
            return Optional.empty();
        }
        if (wanted.startsWith("/")) {
            return Optional.of(Path.of(wanted)).filter(path -> Files.isRegularFile(path) && Files.isExecutable(path));
        }
        return UnitHost.program(wanted.isEmpty() ? NAME : wanted);
    }

    private static String bounded(String text) {
        return text.length() > Limits.VERSION_LENGTH ? text.substring(0, Limits.VERSION_LENGTH) : text;
    }

    private static String said(Path program) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(program.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(Limits.VERSION.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return "";
            }
            try (var in = process.getInputStream()) {
                return new String(in.readNBytes(Limits.WORDS), StandardCharsets.UTF_8);
            }
        } catch (IOException failed) {
            return "";
        }
    }

    /// @return why a container cannot be run; empty where it can
    private String tried(Facts known) throws IOException, InterruptedException {
        Path folder = state.resolveSibling("trial");
        FileTree.remove(folder);
        try {
            Path root = folder.resolve(Image.ROOT);
            Files.createDirectories(root);
            List<Bind> binds = new ArrayList<>();
            for (String place : PROGRAMS) {
                if (Files.isDirectory(Path.of(place))) {
                    binds.add(new Bind(Path.of(place), place, false));
                }
            }
            List<String> places = new ArrayList<>(Image.FOLDERS);
            binds.forEach(bind -> places.add(bind.target()));
            for (String place : places) {
                Files.createDirectory(root.resolve(place.substring(1)));
            }
            for (Path made : List.of(folder, root)) {
                Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            Bundle bundle =
                    new Bundle(root, List.of("/bin/sh", "-c", "exit 0"), Map.of("PATH", "/bin"), "/", "trial", binds);
            bundle.write(folder, host.user(), known.filters());
            return Trial.of(
                    Work.in(
                            container(known, "trial", "SIGTERM"),
                            folder,
                            new Bounds(-1, -1, 1 + Limits.RUNTIME, -1),
                            folder.resolve("log")),
                    host);
        } finally {
            FileTree.remove(folder);
        }
    }

    private Container container(Facts known, String id, String stopSignal) throws IOException {
        Path program = known.program().orElseThrow(() -> new IOException(known.problem()));
        List<String> words = new ArrayList<>();
        Optional<Path> mixed = host.cages().mixed();
        if (mixed.isPresent()) {
            Path unshare = UnitHost.program("unshare")
                    .orElseThrow(() -> new IOException("version 2 of control groups is mounted beside version 1, and"
                            + " there is no unshare to hide it from crun"));
            words.addAll(List.of(unshare.toString(), "--mount", "--propagation", "private", "/bin/sh", "-c", HIDING));
            words.add(mixed.get().toString());
        }
        words.addAll(List.of(program.toString(), "--root", state.toString(), "--cgroup-manager", "disabled"));
        return new Container(words, state, id, stopSignal);
    }

    /// What runs a container.
    ///
    /// @param id no other container has it
    /// @param folder of the bundle, which is written into it
    /// @throws IOException where it cannot be written, or there is no runtime
    public Work work(String id, Bundle bundle, String stopSignal, Path folder, Bounds bounds, Path log)
            throws IOException {
        Facts known = facts;
        Container container = container(known, id, stopSignal);
        bundle.write(folder, host.user(), known.filters());
        Bounds with = new Bounds(bounds.memory(), bounds.cpu(), bounds.processes() + Limits.RUNTIME, bounds.disk());
        return Work.in(container, folder, with, log);
    }
}
