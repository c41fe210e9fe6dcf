// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.firmware;

import dev.pharos.device.firmware.FileProblem;
import dev.pharos.device.linux.program.HostProgram;
import dev.pharos.usp.UspException;
import java.nio.file.Path;
import java.util.Optional;

/// The program of the operator's that knows how images get onto this host, as docs/firmware.md says. Thread-safe.
///
/// @param program the file to run
public record InstallerProgram(Path program) implements FirmwareInstaller {
    private static final String VERSION = "version=";
    /// What it ends with where nobody whom it trusts has signed an image: EX_NOPERM of sysexits.h.
    private static final int UNSIGNED = 77;

    private HostProgram installer() {
        return new HostProgram(program, "the installer");
    }

    @Override
    public Optional<String> version() {
        try {
            HostProgram.Outcome outcome = installer().run(Limits.ANSWER, "version");
            return outcome.lines().stream()
                    .filter(line -> outcome.status() == 0)
                    .findFirst()
                    .map(line -> HostProgram.shown(line, Limits.NAME));
        } catch (UspException failed) {
            return Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// @return the version of the image, where the installer says it in a line `version=…`
    @Override
    public Optional<String> install(Path image, int slot, boolean keepSettings) throws InterruptedException {
        HostProgram.Outcome outcome = installer()
                .run(Limits.INSTALL, "install", image.toAbsolutePath().toString(), Integer.toString(slot));
        try {
            outcome.mustBeGood();
        } catch (UspException refused) {
            throw (outcome.status() == UNSIGNED ? FileProblem.UNSIGNED : FileProblem.UNUSABLE).beneath(refused);
        }
        return outcome.lines().stream()
                .filter(line -> line.startsWith(VERSION))
                .map(line -> HostProgram.shown(line.substring(VERSION.length()).strip(), Limits.NAME))
                .filter(version -> !version.isEmpty())
                .findFirst();
    }

    @Override
    public void select(int slot, boolean keepSettings) throws InterruptedException {
        HostProgram.Outcome _ =
                installer().run(Limits.ANSWER, "select", Integer.toString(slot)).mustBeGood();
    }

    @Override
    public void restart(int slot, boolean keepSettings) throws InterruptedException {
        HostProgram.Outcome _ = installer().run(Limits.ANSWER, "restart").mustBeGood();
    }
}
