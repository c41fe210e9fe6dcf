// SPDX-License-Identifier: Apache-2.0
/// What the last known values of a device are, learnt from all it says.
@NullMarked
package dev.pharos.controller.twin;

import org.jspecify.annotations.NullMarked;
