// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.device.modules.process;

import org.jspecify.annotations.NullMarked;
