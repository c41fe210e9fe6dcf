// SPDX-License-Identifier: Apache-2.0
/// The program that operators run.
@NullMarked
package dev.pharos.server;

import org.jspecify.annotations.NullMarked;
