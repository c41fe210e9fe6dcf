// SPDX-License-Identifier: Apache-2.0
/// Tests of UCI.
@NullMarked
package dev.pharos.device.prplos.uci;

import org.jspecify.annotations.NullMarked;
