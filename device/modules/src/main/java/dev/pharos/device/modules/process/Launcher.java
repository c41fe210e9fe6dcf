// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Starts the first process of a unit: as the leader of a session of its own, in its cage before it is the unit, as
/// the user that units run as, who never becomes another. A runtime of containers stays who the agent is,
/// since it is what makes its container somebody else.
final class Launcher {
    /// In the manner of `sh -c SCRIPT sh ADDRESS-SPACE ENTRANCE… -- COMMAND…`.
    private static final String SCRIPT = """
            ulimit -c 0
            [ -z "$1" ] || ulimit -v "$1" || exit 125
            shift
            while [ "$1" != -- ]; do echo $$ >"$1" || exit 125; shift; done
            shift
            exec "$@"
            """;

    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final RunAs user;
    private final Path setsid;
    private final Optional<Path> setpriv;

    private Launcher(RunAs user, Path setsid, Optional<Path> setpriv) {
        this.user = user;
        this.setsid = setsid;
        this.setpriv = setpriv;
    }

    /// @throws IOException naming the program of the host that is missing
    static Launcher of(RunAs user) throws IOException {
        Path setsid = program("setsid").orElseThrow(() -> new IOException("there is no setsid on this host"));
        Optional<Path> setpriv = program("setpriv");
        if (!user.itself() && setpriv.isEmpty()) {
            throw new IOException("there is no setpriv on this host, so that units cannot run as another user");
        }
        return new Launcher(user, setsid, setpriv);
    }

    static Optional<Path> program(String name) {
        return Stream.of(PATH.split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Process start(Work work, Cage cage) throws IOException {
        List<String> words = new ArrayList<>(List.of(setsid.toString(), "/bin/sh", "-c", SCRIPT, "sh"));
        words.add(
                cage.addressSpace().isPresent()
                        ? Long.toString(cage.addressSpace().getAsLong() >> 10)
                        : "");
        cage.entrances().forEach(entrance -> words.add(entrance.toString()));
        words.add("--");
        if (setpriv.isPresent() && work.container().isEmpty()) {
            words.addAll(List.of(setpriv.get().toString(), "--no-new-privs"));
            if (!user.itself()) {
                words.addAll(List.of("--reuid=" + user.uid(), "--regid=" + user.gid(), "--clear-groups"));
            }
            words.add("--");
        }
        words.addAll(work.command());
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(work.folder().toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", PATH);
        builder.environment().put("LANG", "C.UTF-8");
        builder.environment().putAll(work.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }
}
