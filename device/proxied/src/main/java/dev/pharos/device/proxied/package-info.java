// SPDX-License-Identifier: Apache-2.0
/// Things of other protocols behind this device: `Device.ProxiedDevice.`, and the port by which a bridge offers them.
@NullMarked
package dev.pharos.device.proxied;

import org.jspecify.annotations.NullMarked;
