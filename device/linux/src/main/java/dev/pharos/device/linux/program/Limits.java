// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.program;

import java.time.Duration;

/// Bounds of the work with programs, each with its reason.
final class Limits {
    /// For a program that is told to end, before it is ended.
    static final Duration GOODBYE = Duration.ofSeconds(5);

    /// What a program says where only its last lines are for anybody.
    static final int OUTPUT = 1 << 16;

    /// A line that is shown to people.
    static final int LINE = 500;

    private Limits() {}
}
