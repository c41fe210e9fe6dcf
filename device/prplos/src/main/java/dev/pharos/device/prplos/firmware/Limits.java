// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.firmware;

import java.time.Duration;

/// Bounds of the work with images, each with its reason.
final class Limits {
    /// Of a large image the signature and every check of its platform.
    static final Duration CHECK = Duration.ofMinutes(2);

    /// Writing an image to slow flash memory takes minutes; what takes longer hangs.
    static final Duration WRITE = Duration.ofMinutes(30);

    /// A look or a switch.
    static final Duration ANSWER = Duration.ofSeconds(30);

    /// What is asked while the agent starts, which must not wait long for it.
    static final Duration AT_START = Duration.ofSeconds(5);

    /// From the moment when procd has the image until it has ended all that runs, the agent too.
    static final Duration END = Duration.ofMinutes(2);

    /// What the agent keeps of itself over an upgrade, which waits in memory beside the image: its data model and what
    /// it
    /// has to tell are some hundred kilobytes.
    static final int KEPT = 16 << 20;

    /// What is appended to images: fwtool takes no more of the one nor of the other.
    static final int APPENDED = 1 << 20;

    /// Appended parts of one image: of OpenWrt there are two.
    static final int PARTS = 8;

    /// TR-181's bound of names and versions.
    static final int NAME = 64;

    private Limits() {}
}
