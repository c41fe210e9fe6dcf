// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import dev.pharos.cwmp.MethodEvent;
import dev.pharos.cwmp.rpc.FileLocation;
import dev.pharos.cwmp.rpc.TimeWindow;
import dev.pharos.usp.Frozen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What an ACS has asked for with a file, and the command of the data model that does it.
///
/// @param commandKey by which the ACS knows it
/// @param method that the ACS has called
/// @param fileType as the ACS has called it
/// @param command its path, such as `Device.DeviceInfo.VendorConfigFile.1.Backup()`; it has the inputs `URL`,
///     `Username` and `Password`. Empty for firmware, which the device puts where it has room, and runs
/// @param size of the file in bytes, 0 where it is not known; for a command that has the input `FileSize`
/// @param delay before it is to begin
/// @param windows within which it may happen, one after the other, counted from now; none where it may at any time
public record FileCommand(
        String commandKey,
        MethodEvent method,
        String fileType,
        Optional<String> command,
        FileLocation location,
        long size,
        Duration delay,
        List<TimeWindow> windows) {
    public FileCommand {
        windows = Frozen.list(windows);
    }
}
