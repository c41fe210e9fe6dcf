// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import java.time.Duration;

/// Bounds of the mapping, each with its reason.
final class Limits {
    /// Lines of a mapping; all of TR-181 would be a third of it.
    static final int LINES = 20_000;

    /// Between two looks whether others have changed a file: soon enough for a person who waits for it, and
    /// nothing for a processor.
    static final Duration LOOK = Duration.ofSeconds(2);

    private Limits() {}
}
