// SPDX-License-Identifier: Apache-2.0
/// How well a device is, as a number with its reasons.
@NullMarked
package dev.pharos.controller.health;

import org.jspecify.annotations.NullMarked;
