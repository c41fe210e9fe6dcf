// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.device.diagnostics.capture;

import org.jspecify.annotations.NullMarked;
