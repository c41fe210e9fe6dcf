// SPDX-License-Identifier: Apache-2.0
/// Diagnostics that people have devices run, and the history of what came of them: see docs/diagnostics.md.
@NullMarked
package dev.pharos.server.diagnostics;

import org.jspecify.annotations.NullMarked;
