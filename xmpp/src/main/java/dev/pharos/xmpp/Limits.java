// SPDX-License-Identifier: Apache-2.0
package dev.pharos.xmpp;

import java.time.Duration;

/// The bounds of a connection to an XMPP server, each with its reason.
final class Limits {
    private Limits() {}

    /// How long the server may take for each step of a connection.
    static final Duration STEP = Duration.ofSeconds(10);

    /// Characters of a name or password in a request: TR-181 allows 256 of each.
    static final int TEXT_CHARACTERS = 256;

    /// Between two signs of life where nobody has said otherwise: NATs forget a connection after some minutes.
    static final Duration KEEP_ALIVE = Duration.ofMinutes(2);

    /// The longest time between two: it is looked at whether the connection is to end as well.
    static final Duration LONGEST_KEEP_ALIVE = Duration.ofHours(1);

    /// Addresses that are tried for one connection.
    static final int PLACES = 16;

    /// Characters of a reason that the other side gave.
    static final int REASON_CHARACTERS = 200;
}
