// SPDX-License-Identifier: Apache-2.0
/// What the Controller keeps, and where: interfaces, their records, and an implementation in memory.
@NullMarked
package dev.pharos.controller.store;

import org.jspecify.annotations.NullMarked;
