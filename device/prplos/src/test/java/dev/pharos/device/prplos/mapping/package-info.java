// SPDX-License-Identifier: Apache-2.0
/// Tests of the mapping.
@NullMarked
package dev.pharos.device.prplos.mapping;

import org.jspecify.annotations.NullMarked;
