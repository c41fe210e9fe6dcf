// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// What this host does for execution units. Immutable.
public final class UnitHost {
    private final Cages cages;
    private final Launcher launcher;
    private final RunAs user;

    private UnitHost(Cages cages, Launcher launcher, RunAs user) {
        this.cages = cages;
        this.launcher = launcher;
        this.user = user;
    }

    /// @param user who units run as
    /// @throws IOException naming the program of the host that is missing
    public static UnitHost of(Cages cages, RunAs user) throws IOException {
        return new UnitHost(cages, Launcher.of(user), user);
    }

    public Cages cages() {
        return cages;
    }

    public RunAs user() {
        return user;
    }

    /// Where a program of this host is, in the folders where programs are.
    public static Optional<Path> program(String name) {
        return Launcher.program(name);
    }

    Launcher launcher() {
        return launcher;
    }

    /// Ends what an earlier process of this agent has left of a unit.
    ///
    /// @param log of the unit
    public void endOrphans(Path log) throws IOException, InterruptedException {
        Run.endOrphans(log);
    }
}
