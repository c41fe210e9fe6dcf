// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import java.time.Duration;
import java.util.Optional;

/// The heart-beats that we offer (R-STOMP.8, R-STOMP.10), or that are agreed on.
///
/// @param outgoing how often we can send something, or do; zero: not at all (TR-181 OutgoingHeartbeat)
/// @param incoming how often we want to hear something; zero: never (TR-181 IncomingHeartbeat)
public record StompHeartBeat(Duration outgoing, Duration incoming) {
    private static final int DIGITS = 9;

    public StompHeartBeat {
        if (outgoing.isNegative() || incoming.isNegative()) {
            throw new IllegalArgumentException("heart-beat intervals must not be negative");
        }
    }

    static final StompHeartBeat NONE = new StompHeartBeat(Duration.ZERO, Duration.ZERO);

    /// The form in the `heart-beat` header: milliseconds.
    String text() {
        return outgoing.toMillis() + "," + incoming.toMillis();
    }

    /// What holds after the broker's answer: in each direction the larger interval, and none unless both sides
    /// want it (R-STOMP.11).
    ///
    /// @param answer the `heart-beat` header of the CONNECTED frame; none, or one that cannot be read, is a
    ///     broker without heart-beats
    StompHeartBeat agreed(Optional<String> answer) {
        return answer.flatMap(StompHeartBeat::parse)
                .map(broker -> new StompHeartBeat(larger(outgoing, broker.incoming), larger(incoming, broker.outgoing)))
                .orElse(NONE);
    }

    private static Duration larger(Duration one, Duration other) {
        if (one.isZero() || other.isZero()) {
            return Duration.ZERO;
        }
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Optional<StompHeartBeat> parse(String text) {
        int comma = text.indexOf(',');
        if (comma < 0 || !isNumber(text.substring(0, comma)) || !isNumber(text.substring(comma + 1))) {
            return Optional.empty();
        }
        return Optional.of(new StompHeartBeat(
                Duration.ofMillis(Long.parseLong(text.substring(0, comma))),
                Duration.ofMillis(Long.parseLong(text.substring(comma + 1)))));
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
