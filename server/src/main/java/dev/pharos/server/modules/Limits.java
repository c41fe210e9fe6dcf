// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.modules;

import java.time.Duration;

/// The bounds of the catalogue of software modules, each with its reason.
public final class Limits {
    /// Characters of a signature in base64: one by an RSA key of 8,192 bits has 1,368.
    public static final int SIGNATURE = 2_048;

    /// Architectures of one module, and modules that it depends on: more would be another module.
    public static final int NEEDED = 16;

    /// KiB that a module may need: 1 TiB, which no device has.
    public static final long SPACE = 1L << 30;

    /// How long the link is good by which a device fetches a module: as that to an image.
    static final Duration LINK = dev.pharos.server.firmware.Limits.LINK;

    /// How often a device that is at work on it is asked how far it is.
    static final Duration POLL = Duration.ofSeconds(1);

    /// For its answer.
    static final Duration ANSWER = Duration.ofSeconds(30);

    /// For one operation: a line that needs longer needs another way.
    static final Duration OPERATION = Duration.ofHours(4);

    /// From when a device works on it no longer until its notification is given up, which it sends again for longer.
    static final Duration UNTOLD = Duration.ofMinutes(3);

    /// For a device that was just at work to answer again, and its units to have started.
    static final Duration SETTLING = Duration.ofMinutes(2);

    private Limits() {}
}
