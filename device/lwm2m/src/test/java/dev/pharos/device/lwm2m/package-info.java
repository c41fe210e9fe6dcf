// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.device.lwm2m;

import org.jspecify.annotations.NullMarked;
