// SPDX-License-Identifier: Apache-2.0
/// What a terminal can show, and what an exit status says.
@NullMarked
package dev.pharos.cli.terminal;

import org.jspecify.annotations.NullMarked;
