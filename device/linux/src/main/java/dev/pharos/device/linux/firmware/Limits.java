// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.firmware;

import java.time.Duration;

/// Bounds of the work with installers, each with its reason.
final class Limits {
    /// Writing an image to slow flash memory takes minutes; what takes longer hangs.
    static final Duration INSTALL = Duration.ofMinutes(30);

    /// Whatever else an installer does is a look or a switch.
    static final Duration ANSWER = Duration.ofSeconds(60);

    /// Lets the answer to Activate() leave before the host restarts.
    static final Duration BEFORE_RESTART = Duration.ofSeconds(1);

    /// TR-181's bound of names and versions.
    static final int NAME = 64;

    private Limits() {}
}
