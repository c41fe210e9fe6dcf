// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.container;

import dev.pharos.device.modules.process.Container;
import dev.pharos.device.modules.process.Trial;
import dev.pharos.device.modules.process.UnitHost;
import dev.pharos.device.modules.process.Work;
import dev.pharos.device.modules.unit.Bounds;
import dev.pharos.device.modules.unit.FileTree;
import dev.pharos.device.modules.unit.Image;
import dev.pharos.device.modules.unit.ImageUser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The program of this host that runs containers: `crun` or `runc`. Whether it can is tried out, by a container that
/// does nothing. Thread-safe.
public final class OciRuntime {
    /// In place of a program: none, whatever this host has.
    public static final String NONE = "none";

    private static final Logger LOG = LoggerFactory.getLogger(OciRuntime.class);
    private static final Pattern SPECIFICATION = Pattern.compile("(?m)^spec: (\\S+)$");
    /// Where the trial finds a shell, and what that needs.
    private static final List<String> PROGRAMS = List.of("/bin", "/sbin", "/lib", "/lib64", "/usr");

    private final String wanted;
    private final UnitHost host;
    private final Path state;
    private volatile Facts facts = new Facts(Optional.empty(), Optional.empty(), "", false, "nobody has looked so far");

    /// What is known of it.
    ///
    /// @param said which one it is
    /// @param problem why it cannot run anything; empty where it can
    private record Facts(
            Optional<Path> program,
            Optional<RuntimeKind.Said> said,
            String specification,
            boolean filters,
            String problem) {
        Facts but(String why) {
            return new Facts(program, said, specification, filters, why);
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
    /// @param wanted program, by name or path; empty for `crun`, or else `runc`, where the host has it, [#NONE] for
    ///     none
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
        return facts.said().map(said -> said.kind().vendor).orElse("");
    }

    /// As the program says it; empty where it is not known.
    public String version() {
        return facts.said().map(said -> bounded(said.version())).orElse("");
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
        Facts found = new Facts(program(), Optional.empty(), "", false, "");
        if (found.program().isEmpty()) {
            return found.but(
                    switch (wanted) {
                        case NONE -> "this agent was told to run no containers";
                        case "" -> "there is no " + RuntimeKind.names(" and no ") + " on this host";
                        default -> "there is no " + wanted + " on this host";
                    });
        }
        Path program = found.program().get();
        String text = said(program);
        Optional<RuntimeKind.Said> said = RuntimeKind.Said.of(text);
        if (said.isEmpty()) {
            return found.but(program + " is neither " + RuntimeKind.names(" nor "));
        }
        Matcher specification = SPECIFICATION.matcher(text);
        Facts known = new Facts(
                found.program(),
                said,
                specification.find() ? bounded(specification.group(1)) : "",
                text.contains(said.get().kind().filters),
                "");
        if (!host.cages().confine()) {
            return known.but("the agent can make no control groups, for which it must run as root"
                    + " and have the controller pids");
        }
        try {
            String why = tried(known);
            return why.isEmpty() ? known : known.but(said.get().kind().name + " cannot run a container here: " + why);
        } catch (IOException disk) {
            return known.but("what the runtime of containers reads cannot be written: " + disk.getMessage());
        }
    }

    private Optional<Path> program() {
        if (wanted.equals(NONE)) {
            return Optional.empty();
        }
        if (wanted.startsWith("/")) {
            return Optional.of(Path.of(wanted)).filter(path -> Files.isRegularFile(path) && Files.isExecutable(path));
        }
        if (!wanted.isEmpty()) {
            return UnitHost.program(wanted);
        }
        return Arrays.stream(RuntimeKind.values())
                .flatMap(kind -> UnitHost.program(kind.name).stream())
                .findFirst();
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
            RuntimeKind kind = kind(known);
            Program nothing =
                    new Program(List.of("/bin/sh", "-c", "exit 0"), Map.of("PATH", "/bin"), "/", ImageUser.ROOT);
            new Bundle(root, nothing, "trial", binds).write(folder, host.user(), known.filters(), kind.needsRoot);
            return Trial.of(
                    Work.in(
                            container(known, "trial", "SIGTERM"),
                            folder,
                            new Bounds(-1, -1, 1 + kind.processes, -1),
                            folder.resolve("log")),
                    host);
        } finally {
            FileTree.remove(folder);
        }
    }

    private static RuntimeKind kind(Facts known) throws IOException {
        return known.said().orElseThrow(() -> new IOException(known.problem())).kind();
    }

    private Container container(Facts known, String id, String stopSignal) throws IOException {
        Path program = known.program().orElseThrow(() -> new IOException(known.problem()));
        RuntimeKind kind = kind(known);
        List<String> words = new ArrayList<>(kind.before(host.cages().mixed()));
        words.addAll(List.of(program.toString(), "--root", state.toString()));
        words.addAll(kind.options());
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
        RuntimeKind kind = kind(known);
        bundle.write(folder, host.user(), known.filters(), kind.needsRoot);
        Bounds with = new Bounds(bounds.memory(), bounds.cpu(), bounds.processes() + kind.processes, bounds.disk());
        return Work.in(container, folder, with, log);
    }
}
