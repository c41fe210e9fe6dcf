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

    private final SystemObject system;
    private final HostProgram program;
    private final Path images;
    private final Path waiting;

    /// @param program `/sbin/sysupgrade`
    /// @param images a folder in `/tmp`, made where it is not there
    /// @throws IOException where that folder cannot be ours
    public Sysupgrade(UbusClient ubus, Path program, Path images) throws IOException {
        this.system = new SystemObject(ubus);
        this.program = new HostProgram(program, "sysupgrade");
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
        } else {
            run(Limits.WRITE, "-n", waiting.toString());
        }
        Thread.sleep(Limits.END);
        throw SystemObject.failure("sysupgrade has ended, and the gateway did not restart");
    }

    /// @throws UspException 7022 with what it said last, where it does not end well
    private void run(Duration longest, String... words) throws InterruptedException {
        HostProgram.Outcome ended = program.run(longest, words);
        // its first word is no action but a path, which is for nobody
        HostProgram.Outcome _ =
                new HostProgram.Outcome(ended.program(), "", ended.status(), ended.output()).mustBeGood();
    }
}
