// SPDX-License-Identifier: Apache-2.0
/// Whether a device is there, and since when not.
@NullMarked
package dev.pharos.controller.presence;

import org.jspecify.annotations.NullMarked;
