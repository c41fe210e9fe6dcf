// SPDX-License-Identifier: Apache-2.0
/// Things that speak LwM2M behind this device.
@NullMarked
package dev.pharos.device.lwm2m;

import org.jspecify.annotations.NullMarked;
