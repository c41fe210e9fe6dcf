// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound;

import java.time.Duration;

/// The bounds of this API, each with its reason; bodies of requests that change something are bounded as those of the
/// REST interface are.
final class Limits {
    /// An identifier is a handful of short texts; it comes with requests that usually have no body.
    static final int IDENTIFIER_BYTES = 1 << 16;

    /// Parameters of a unique key: TR-181 has none of more than six.
    static final int KEYS = 10;

    /// As those of paths that somebody may be limited to; the longest of TR-181 has about 120.
    static final int NAME_CHARACTERS = 256;

    /// A request to a device waits this long: clients have no way to say it.
    static final Duration WAIT = Duration.ofSeconds(30);

    /// Agents that are associated with one: more than live in one home.
    static final int ASSOCIATED = 1_000;

    /// What parameters of an object are looked at: its own, and those of single objects directly beneath it.
    static final int DEPTH = 2;

    /// When whoever waits for the end of a command should ask again.
    static final Duration ASK_AGAIN = Duration.ofSeconds(2);

    /// As long as events are kept, by which it is known how a command ended.
    static final Duration RESULTS_KEPT = Duration.ofDays(90);

    private Limits() {}
}
