// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.device.proxied;

import org.jspecify.annotations.NullMarked;
