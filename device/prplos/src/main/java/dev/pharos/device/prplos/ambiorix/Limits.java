// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ambiorix;

import java.time.Duration;

/// Bounds of what plug-ins are believed and waited for, each with its reason.
final class Limits {
    /// Plug-ins: prplOS has some sixty.
    static final int PLUGINS = 256;

    /// Objects that one plug-in supports; the largest, that of the radios, has some hundred.
    static final int SUPPORTED = 2_000;

    /// Objects that one plug-in has: a thousand hosts with ten objects each.
    static final int OBJECTS = 20_000;

    /// Characters of a value; a certificate is a tenth of it.
    static final int VALUE = 65_535;

    /// How long all plug-ins together may take to say what they support, while the agent waits to start.
    static final Duration START = Duration.ofSeconds(20);

    /// How long one may take for an answer; they answer in milliseconds, or after what they do to the hardware.
    static final Duration ANSWER = Duration.ofSeconds(5);

    /// How long a command may take; a scan of all channels is a tenth of it.
    static final Duration COMMAND = Duration.ofMinutes(5);

    /// Between two looks at a plug-in that tells nothing of itself.
    static final Duration LOOK = Duration.ofSeconds(30);

    /// Between two looks at the least, however much it tells.
    static final Duration BREATH = Duration.ofMillis(50);

    /// Between two looks at the same one at the least: it is read whole.
    static final Duration PAUSE = Duration.ofMillis(250);

    /// How long one that did not answer is left alone, so that it does not hold up the others.
    static final Duration PENALTY = Duration.ofMinutes(1);

    private Limits() {}
}
