// SPDX-License-Identifier: Apache-2.0
/// What a device finds out about the network at somebody's request: `Device.IP.Diagnostics.` and
/// `Device.DNS.Diagnostics.`, measured by the host's own programs or by this process.
@NullMarked
package dev.pharos.device.diagnostics;

import org.jspecify.annotations.NullMarked;
