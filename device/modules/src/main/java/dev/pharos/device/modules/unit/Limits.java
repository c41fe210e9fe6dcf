// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

/// Bounds of archives and what they say of themselves, each with its reason.
final class Limits {
    /// All that comes out of one archive, in bytes: an archive that unpacks without end must not fill the disk.
    static final long UNPACKED = 1L << 30;

    /// Files, folders and links of one archive; more of them are a bomb, or not for a gateway.
    static final int ENTRIES = 20_000;

    /// Names and attributes of one entry of a tar, in bytes: they are held in memory; a name has 512
    /// characters.
    static final int HEADERS = 1 << 16;

    /// A path within an archive, in characters: far from what file systems refuse.
    static final int PATH = 512;

    /// Folders within folders.
    static final int DEPTH = 32;

    /// Files, folders and links of all layers of an image: one with an interpreter and its library has 30,000.
    static final int IMAGE_ENTRIES = 65_536;

    /// A path within an image, in characters.
    static final int IMAGE_PATH = 1024;

    /// Folders within folders of an image.
    static final int IMAGE_DEPTH = 64;

    /// A document of an image, in bytes: an index, a manifest or a configuration. Registries take four times
    /// as much.
    static final int DOCUMENT = 1 << 20;

    /// Layers of an image; builders stop at 127.
    static final int LAYERS = 128;

    /// Indexes within indexes: one for all processors, in one of the archive.
    static final int INDEXES = 3;

    /// Bytes after the end of a layer's tar, which are filling.
    static final int FILLING = 1 << 20;

    /// Folders of an image that keep what is written into them.
    static final int VOLUMES = 16;

    /// The path of such a folder, in characters: it has to be one name on the disk, with three characters for
    /// some.
    static final int VOLUME = 80;

    /// The highest number of a user or group in an image. The one above is left to whoever sets the container up.
    static final long IDENTITY = 2_147_483_645;

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

    /// TR-181's bound of descriptions.
    static final int DESCRIPTION = 256;

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
