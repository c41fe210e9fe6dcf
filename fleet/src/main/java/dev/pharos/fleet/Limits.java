// SPDX-License-Identifier: Apache-2.0
package dev.pharos.fleet;

/// The bounds of a fleet.
final class Limits {
    private Limits() {}

    /// A process may open so many sockets on most hosts, and a source address has so many ports; a larger
    /// fleet is several processes.
    static final int AGENTS = 60_000;

    /// Starting costs about a millisecond of processor time each; more a second is a wish, not a rate.
    static final double RATE = 5_000;
}
