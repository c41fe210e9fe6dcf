// SPDX-License-Identifier: Apache-2.0
/// Execution units as processes: started, watched, bounded, and ended with all that they have started.
@NullMarked
package dev.pharos.device.modules.process;

import org.jspecify.annotations.NullMarked;
