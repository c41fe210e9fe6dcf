// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import java.time.Duration;

/// How often a message is sent before nobody seems to be there (RFC 7252 section 4.8).
///
/// @param acknowledgedWithin the first wait for an acknowledgement, up to half more by chance; each further wait
///     is twice as long
/// @param repetitions after the first time, 0 to 20
public record Transmission(Duration acknowledgedWithin, int repetitions) {
    /// ACK_TIMEOUT and MAX_RETRANSMIT: given up after 62 to 93 s.
    public static final Transmission DEFAULT = new Transmission(Duration.ofSeconds(2), 4);

    public Transmission {
        if (acknowledgedWithin.toMillis() < 1 || repetitions < 0 || repetitions > 20) {
            throw new IllegalArgumentException(
                    "no way to send: " + repetitions + " repetitions, the first after " + acknowledgedWithin);
        }
    }
}
