// SPDX-License-Identifier: Apache-2.0
/// End-to-end Session Contexts: what stands between Messages and the Records that carry them. No I/O, no
/// threads, no clock of its own: whoever runs it says what came and what time it is.
@NullMarked
package dev.pharos.usp.session;

import org.jspecify.annotations.NullMarked;
