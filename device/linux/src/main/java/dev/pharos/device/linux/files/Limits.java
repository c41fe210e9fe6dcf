// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.files;

import java.time.Duration;

/// Bounds of the work with files of the host, each with its reason.
final class Limits {
    /// For a program that checks a configuration, or has it take effect: a service restarts within that.
    static final Duration PROGRAM = Duration.ofSeconds(60);

    /// For a program that prints a log, which is in memory.
    static final Duration LOG = Duration.ofSeconds(30);

    private Limits() {}
}
