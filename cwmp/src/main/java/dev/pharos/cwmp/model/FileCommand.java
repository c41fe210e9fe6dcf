// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import dev.pharos.cwmp.MethodEvent;
import dev.pharos.cwmp.rpc.FileLocation;
import java.time.Duration;

/// A command of the data model that does what an ACS has asked for with a file.
///
/// @param commandKey by which the ACS knows it
/// @param method that the ACS has called
/// @param command its path, such as `Device.DeviceInfo.VendorConfigFile.1.Backup()`; it has the inputs `URL`,
///     `Username` and `Password`
/// @param size of the file in bytes, 0 where it is not known; for a command that has the input `FileSize`
/// @param delay before it is to begin
public record FileCommand(
        String commandKey, MethodEvent method, String command, FileLocation location, long size, Duration delay) {}
