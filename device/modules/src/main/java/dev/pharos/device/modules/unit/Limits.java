// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

/// Bounds of archives and what they say of themselves, each with its reason.
final class Limits {
    /// All that comes out of one archive, in bytes: an archive that unpacks without end must not fill the disk.
    static final long UNPACKED = 1L << 30;

    /// Files, folders and links of one archive; more of them are a bomb, or not for a gateway.
    static final int ENTRIES = 20_000;

    /// A path within an archive, in characters: far from what file systems refuse.
    static final int PATH = 512;

    /// Folders within folders.
    static final int DEPTH = 32;

    /// Room that an archive must leave on the disk, for what else the device has to write.
    static final long ROOM_LEFT = 16L << 20;

    /// Read and written at once.
    static final int BUFFER = 1 << 16;

    /// The manifest, in bytes: a page of text for each unit.
    static final int MANIFEST = 1 << 16;

    /// Execution units of one deployment unit.
    static final int UNITS = 16;

    /// Arguments of one command.
    static final int ARGUMENTS = 64;

    /// A single argument, name or value of the environment: TR-181's bound of `EnvVariable`.
    static final int TEXT = 2048;

    /// Variables in the environment of one unit.
    static final int VARIABLES = 64;

    /// TR-181's bound of run levels.
    static final int RUN_LEVEL = 65_535;

    /// Processes of a unit that does not say how many it needs: enough for a shell script with its tools, too few to
    /// hurt.
    static final int PROCESSES = 64;

    /// The most processes that a unit may ask for.
    static final int MOST_PROCESSES = 4096;

    private Limits() {}
}
