// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rate;

import java.time.Duration;
import java.util.Optional;

/// How often one may ask; each is empty where nothing limits it.
///
/// @param requests of one person or token, of every kind together
/// @param heavy what is [Heavy] among them
/// @param unknown requests of one address, or IPv6 network of 64 bits, that carry no session and no token
///     that counts
/// @param streams of one person or token at the same time
public record RateLimits(Optional<Rate> requests, Optional<Rate> heavy, Optional<Rate> unknown, int streams) {

    /// A person at the page asks some ten times a second while opening rooms, and a program that reads a
    /// fleet page by page is well served by a hundred; an office behind one address signs in at nine in
    /// the morning. A page in each of twenty tabs has a stream or two.
    public static final RateLimits DEFAULT = new RateLimits(
            Optional.of(new Rate(100, Duration.ofSeconds(1), 1_000)),
            Optional.of(new Rate(2, Duration.ofSeconds(1), 120)),
            Optional.of(new Rate(30, Duration.ofSeconds(1), 600)),
            50);

    Optional<Rate> of(Askers askers) {
        return switch (askers) {
            case REQUESTS -> requests;
            case HEAVY -> heavy;
            case UNKNOWN -> unknown;
            case STREAMS -> Optional.empty();
        };
    }
}
