// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.firmware;

import dev.pharos.usp.UspException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// What knows how images get onto this host. Thread-safe.
///
/// What it refuses is a [UspException] with 7022 that says why, in words for people; where a
/// [dev.pharos.device.firmware.FileProblem] is known, that is beneath it.
public interface FirmwareInstaller {
    /// The version of the image that runs, which is shown as `SoftwareVersion`; empty where it does not say it.
    Optional<String> version();

    /// How the host itself says that its slots are; empty where only we know, from what we have done.
    default Optional<Standing> standing() {
        return Optional.empty();
    }

    /// Where images have to be until they are installed; empty where any folder will do.
    default Optional<Path> images() {
        return Optional.empty();
    }

    /// Of `Download()` and `Activate()` those that may say whether settings are kept.
    default Set<String> asked() {
        return Set.of();
    }

    /// Looks at an image before anything is written. One that looks at it while it installs has nothing to do
    /// here.
    default void check(Path image) throws InterruptedException {}

    /// Puts an image into a slot from which the host does not run.
    ///
    /// @param keepSettings whether the image is to run with the settings of the host
    /// @return the version that the host will have with it; empty where its file's name may say it, a text without
    ///     characters where nothing does
    Optional<String> install(Path image, int slot, boolean keepSettings) throws InterruptedException;

    /// Has the host boot from a slot next time.
    ///
    /// @throws UspException 7004 where only the other way of settings is possible, for which the image stays as
    ///     it is
    void select(int slot, boolean keepSettings) throws InterruptedException;

    /// Restarts the host, or whatever of it the images are of, into the slot that was selected. Returns, where it
    /// returns, when that has begun.
    void restart(int slot, boolean keepSettings) throws InterruptedException;
}
