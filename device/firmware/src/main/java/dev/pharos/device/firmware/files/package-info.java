// SPDX-License-Identifier: Apache-2.0
/// The configuration and log files of a device (`Device.DeviceInfo.VendorConfigFile.` and `VendorLogFile.`), and
/// their way to a server and back.
@NullMarked
package dev.pharos.device.firmware.files;

import org.jspecify.annotations.NullMarked;
