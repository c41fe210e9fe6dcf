// SPDX-License-Identifier: Apache-2.0
/// How parameters of TR-181 stand in UCI, read from a file, and the service element that keeps both the same.
@NullMarked
package dev.pharos.device.prplos.mapping;

import org.jspecify.annotations.NullMarked;
