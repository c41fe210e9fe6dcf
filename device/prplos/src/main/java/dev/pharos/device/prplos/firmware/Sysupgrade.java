// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.firmware;

import dev.pharos.device.firmware.FileProblem;
import dev.pharos.device.linux.firmware.FirmwareInstaller;
import dev.pharos.device.linux.firmware.Standing;
import dev.pharos.device.linux.program.HostProgram;
import dev.pharos.device.prplos.ubus.UbusClient;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// OpenWrt with one place for firmware. An image that procd would take waits in memory (slot 2) until it is
/// activated; then `/sbin/sysupgrade` saves what is to be kept, and procd ends all that runs, writes the image
/// over it and restarts. Nothing is written before that, and nothing of what ran is there after it.
public final class Sysupgrade implements FirmwareInstaller {
    private static final Logger LOG = LoggerFactory.getLogger(Sysupgrade.class);
    private static final int WAITING = 2;

    /// What writes firmware, beneath the root of the file system.
    private static final Path PROGRAM = Path.of("sbin/sysupgrade");

    /// What the package of the agent has it keep.
    private static final Path KEPT = Path.of("lib/upgrade/keep.d/pharos-agent");

    private final SystemObject system;
    private final HostProgram program;
    private final Path images;
    private final Path waiting;
    private final KeptFiles kept;

    /// @param root of the file system, beneath which `/sbin/sysupgrade` and the agent's own files are
    /// @param images a folder in `/tmp`, made where it is not there
    /// @throws IOException where that folder cannot be ours
    public Sysupgrade(UbusClient ubus, Path root, Path images) throws IOException {
        this.system = new SystemObject(ubus);
        this.program = new HostProgram(root.resolve(PROGRAM), "sysupgrade");
        this.kept = new KeptFiles(root, root.resolve(KEPT));
        this.images = ImageFolder.at(images);
        this.waiting = this.images.resolve("firmware.img");
    }

    @Override
    public Optional<String> version() {
        try {
            return system.version().map(ImageVersion::text);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public Optional<Standing> standing() {
        return Optional.of(
                new Standing(false, 1, 1, Files.exists(waiting) ? Map.of(WAITING, version(waiting)) : Map.of()));
    }

    @Override
    public Optional<Path> images() {
        return Optional.of(images);
    }

    @Override
    public Set<String> asked() {
        return Set.of("Download()", "Activate()");
    }

    @Override
    public void check(Path image) throws InterruptedException {
        Optional<SystemObject.Validation> _ = looked(image);
    }

    /// @return what procd says of the image, which it takes; empty where only sysupgrade could be asked
    private Optional<SystemObject.Validation> looked(Path image) throws InterruptedException {
        Optional<SystemObject.Validation> validation = system.validate(image);
        if (validation.isPresent()) {
            validation.get().mustBeValid();
            return validation;
        }
        try {
            run(Limits.CHECK, "-T", image.toString());
        } catch (UspException refused) {
            throw FileProblem.UNUSABLE.beneath(refused);
        }
        return validation;
    }

    @Override
    public Optional<String> install(Path image, int slot, boolean keepSettings) {
        try {
            Files.move(image, waiting, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw FileProblem.NO_ROOM.because("the image cannot be kept: " + failed.getMessage());
        }
        return Optional.of(version(waiting));
    }

    private static String version(Path image) {
        try {
            return ImageVersion.of(image).map(ImageVersion::text).orElse("");
        } catch (IOException unreadable) {
            LOG.warn("of {} it cannot be read which version it is: {}", image, unreadable.getMessage());
            return "";
        }
    }

    /// It has waited in memory since it was looked at.
    @Override
    public void select(int slot, boolean keepSettings) throws InterruptedException {
        if (!Files.exists(waiting)) {
            throw SystemObject.failure("the image is not there any more");
        }
        Optional<SystemObject.Validation> validation = looked(waiting);
        if (keepSettings) {
            validation.ifPresent(SystemObject.Validation::mustAllowBackup);
        }
    }

    /// Returns by throwing: what succeeds ends the agent, which procd stops with everything else.
    @Override
    public void restart(int slot, boolean keepSettings) throws InterruptedException {
        LOG.warn(
                "{} is written over the running system now, {} its settings",
                waiting,
                keepSettings ? "with" : "without");
        if (keepSettings) {
            run(Limits.WRITE, waiting.toString());
        } else if (keepsAgent()) {
            run(Limits.WRITE, "-f", agent().toString(), waiting.toString());
        } else {
            run(Limits.WRITE, "-n", waiting.toString());
        }
        Thread.sleep(Limits.END);
        throw SystemObject.failure("sysupgrade has ended, and the gateway did not restart");
    }

    /// What the agent needs to be managed goes on without all other settings, where the image lets anything be kept and
    /// the agent came by a package, which says what it is.
    ///
    /// @throws UspException 7022 where it cannot be saved
    private boolean keepsAgent() throws InterruptedException {
        if (system.validate(waiting).filter(image -> !image.allowsBackup()).isPresent()) {
            return false;
        }
        try {
            return kept.into(agent());
        } catch (IOException failed) {
            throw SystemObject.failure("what the agent has to keep of itself cannot be saved: " + failed.getMessage());
        }
    }

    private Path agent() {
        return images.resolve("agent.tar.gz");
    }

    /// Whether there is such a program.
    public static boolean isBeneath(Path root) {
        return Files.isExecutable(root.resolve(PROGRAM));
    }

    /// @throws UspException 7022 with what it said last, where it does not end well
    private void run(Duration longest, String... words) throws InterruptedException {
        HostProgram.Outcome ended = program.run(longest, words);
        // its first word is no action but a path, which is for nobody
        HostProgram.Outcome _ =
                new HostProgram.Outcome(ended.program(), "", ended.status(), ended.output()).mustBeGood();
    }
}
