// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.device.diagnostics;

import org.jspecify.annotations.NullMarked;
