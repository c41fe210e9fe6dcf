// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.web;

import java.time.Duration;

/// The bounds of the web server that are not the library's own, each with its reason.
final class Limits {
    private Limits() {}

    /// Connections at one port of one address or IPv6 network of 64 bits, of the 8,192 that there may be in all: a
    /// quarter, which is more than a proxy before an office holds open, and leaves room for others beside three who
    /// take what they get.
    static final int CONNECTIONS_FROM_ONE = 2_048;

    /// How often connections that have ended are looked for while there are many: who comes again as soon as one has
    /// ended waits that long for its place at most.
    static final Duration ENDED_LOOKED_FOR = Duration.ofMillis(100);

    /// Random bytes of a page's nonce: what nobody guesses, as CSP Level 3 asks for (128 bits at least).
    static final int NONCE_BYTES = 16;
}
