// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.fleet;

import org.jspecify.annotations.NullMarked;
