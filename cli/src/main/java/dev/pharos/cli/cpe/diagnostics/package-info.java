// SPDX-License-Identifier: Apache-2.0

/// The diagnostics of a device as TR-069 has them: objects with a state that is written, in place of commands.
@NullMarked
package dev.pharos.cli.cpe.diagnostics;

import org.jspecify.annotations.NullMarked;
