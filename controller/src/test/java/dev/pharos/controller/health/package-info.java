// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.controller.health;

import org.jspecify.annotations.NullMarked;
