// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.mtp.Turnstile;
import java.time.Duration;

/// The bounds of the server as a whole, each with its reason.
final class Limits {
    /// New connections that devices may open at once after a calm: a small fleet comes back without noticing.
    static final int NEWCOMERS_AT_ONCE = 2_000;

    /// And each second after that, on all transports together. At least 500, whatever newcomers cost: two
    /// cores make about a thousand TLS handshakes a second, and half of their time belongs to those who are
    /// in. While those who were let in are served promptly, up to 4,000: of 19,000 agents that lose their
    /// connections at once, 3,800 a second come again 5 to 10 s later (R-WS.19), and whoever is let in
    /// neither then nor at its second attempt comes as late as 70 s after the loss. By simulation
    /// (`TurnstileTest`) a server that serves 500 newcomers a second or more has them all after 50 s at most
    /// where they come again when they are told, and one that serves 700 just within the 70 where they do not
    /// listen. Measured with `./pharos bench fleet-storm`, two cores for fleet and server together: 46.3 s, and
    /// 73.1 before they were told so.
    static final Turnstile.Rate NEWCOMERS_A_SECOND = new Turnstile.Rate(500, 4_000);

    /// How often people are told how many were turned away: one line a second is read, more is not.
    static final Duration CROWD_TOLD = Duration.ofSeconds(1);

    private Limits() {}
}
