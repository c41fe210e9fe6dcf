// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

import java.util.List;

/// What an OCI image says of itself, as it is kept beside its root folder.
///
/// @param manifest with one execution unit
/// @param folder where its program begins, absolute
/// @param volumes folders of it that keep what is written into them, absolute
/// @param stopSignal by which its program is asked to end, with `SIG` before
/// @param user who its program is, see [ImageUser]; empty for root
public record Image(Manifest manifest, String folder, List<String> volumes, String stopSignal, String user) {
    /// Its root folder.
    public static final String ROOT = "rootfs";

    /// What it says of itself.
    public static final String FILE = "image.json";

    /// The one execution unit.
    public static final String UNIT = "main";

    /// Where the unit's data is within.
    public static final String DATA = "/data";

    /// The servers of names, which are those of the host.
    public static final String RESOLVER = "/etc/resolv.conf";

    /// What is mounted over in each image.
    public static final List<String> FOLDERS = List.of("/proc", "/dev", "/tmp", "/run", DATA);

    public Image {
        volumes = List.copyOf(volumes);
    }
}
