// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.device.modules.unit;

import org.jspecify.annotations.NullMarked;
