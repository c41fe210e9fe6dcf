// SPDX-License-Identifier: Apache-2.0
/// `Device.SoftwareModules.` on Linux: deployment units that management installs, and the processes in them.
@NullMarked
package dev.pharos.device.modules;

import org.jspecify.annotations.NullMarked;
