// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import java.time.Duration;

/// The bounds of the server as a whole, each with its reason.
final class Limits {
    /// New connections that devices may open at once after a calm: a small fleet comes back without noticing.
    static final int NEWCOMERS_AT_ONCE = 2_000;

    /// And each second after that, on all transports together: two cores make about a thousand TLS handshakes a second,
    /// and half of their time belongs to those who are in. Ten thousand devices are back within half a minute.
    static final int NEWCOMERS_A_SECOND = 500;

    /// How often people are told how many were turned away: one line a second is read, more is not.
    static final Duration CROWD_TOLD = Duration.ofSeconds(1);

    private Limits() {}
}
