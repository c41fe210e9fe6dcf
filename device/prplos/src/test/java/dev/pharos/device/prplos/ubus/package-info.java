// SPDX-License-Identifier: Apache-2.0
/// Tests of ubus.
@NullMarked
package dev.pharos.device.prplos.ubus;

import org.jspecify.annotations.NullMarked;
