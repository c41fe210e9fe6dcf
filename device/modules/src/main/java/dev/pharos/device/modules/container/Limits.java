// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.container;

import java.time.Duration;

/// Bounds of containers, each with its reason.
final class Limits {
    /// Files that a process has open at once, as most hosts have it.
    static final int OPEN_FILES = 1024;

    /// Bytes of the folder with devices, in which there are a dozen.
    static final String DEVICES = "64k";

    /// Bytes of each folder that is gone with the container; they count as memory of the unit.
    static final String SCRATCH = "16m";

    /// For a program to say its version.
    static final Duration VERSION = Duration.ofSeconds(5);

    /// Read of what it says, in bytes.
    static final int WORDS = 4096;

    /// TR-181's bound of versions.
    static final int VERSION_LENGTH = 32;

    /// Processes of the runtime itself, which counts among those of the unit: one while the container runs,
    /// and a few while it is made.
    static final int RUNTIME = 4;

    private Limits() {}
}
