// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.device.linux.firmware;

import org.jspecify.annotations.NullMarked;
