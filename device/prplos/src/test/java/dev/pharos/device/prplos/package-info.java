// SPDX-License-Identifier: Apache-2.0
/// Tests of the gateway.
@NullMarked
package dev.pharos.device.prplos;

import org.jspecify.annotations.NullMarked;
