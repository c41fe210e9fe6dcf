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

    /// A user and a group that no distribution gives to anybody: root of a container in which the program is
    /// somebody else.
    static final long NOBODY = 2_147_483_646;

    private Limits() {}
}
