// SPDX-License-Identifier: Apache-2.0

/// The whole system: programs in processes of their own, a real browser, kill -9, and the rules of the house.
@NullMarked
package dev.pharos.system;

import org.jspecify.annotations.NullMarked;
