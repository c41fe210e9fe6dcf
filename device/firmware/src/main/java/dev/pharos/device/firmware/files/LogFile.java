// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.firmware.files;

import dev.pharos.device.firmware.Outgoing;
import java.io.IOException;

/// A log that a device can give away: a row of `Device.DeviceInfo.VendorLogFile.`. Thread-safe.
public interface LogFile {
    /// At most 64 characters.
    String name();

    /// How many bytes it can have; 0 where nothing bounds it.
    long maximumSize();

    /// Whether it is still there after a restart of the device.
    boolean isPersistent();

    /// As it is now, of which the newest [Limits#LOG_BYTES] count.
    ///
    /// @throws IOException where it cannot be read
    Outgoing content() throws IOException, InterruptedException;
}
