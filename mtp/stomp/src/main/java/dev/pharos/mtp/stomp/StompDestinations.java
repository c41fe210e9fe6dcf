// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The destinations of this platform. They begin with `/topic/`, which every usual broker takes without being
/// configured: what is sent there reaches whoever listens now, and nothing piles up for an Endpoint that is
/// gone.
///
/// An Endpoint ID stands in a destination as it is, save for `%`, `/`, `*` and `#`, which are written `%25`,
/// `%2f`, `%2a` and `%23`: brokers give the last three a meaning, and `%` keeps the writing reversible.
public final class StompDestinations {
    private static final String AGENT = "/topic/usp.agent.";
    private static final String CONTROLLER = "/topic/usp.controller.";
    private static final String SPECIAL = "%/*#";

    private StompDestinations() {}

    /// Where an Agent listens.
    public static String forAgent(EndpointId agent) {
        return AGENT + escape(agent.toString());
    }

    /// Where a Controller listens.
    public static String forController(EndpointId controller) {
        return CONTROLLER + escape(controller.toString());
    }

    /// The Endpoint ID in a destination that [#forAgent] or [#forController] made; empty for any other.
    public static Optional<EndpointId> endpointId(String destination) {
        for (String prefix : List.of(AGENT, CONTROLLER)) {
            if (destination.startsWith(prefix)) {
                try {
                    return Optional.of(EndpointId.parse(unescape(destination.substring(prefix.length()))));
                } catch (MalformedInputException notOurs) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /// Whether Records may be sent to a destination that a peer named.
    static boolean mayBeAnswered(String destination) {
        return !destination.isEmpty()
                && destination.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(destination)
                && destination.getBytes(StandardCharsets.UTF_8).length <= Limits.DESTINATION_BYTES;
    }

    private static String escape(String id) {
        StringBuilder out = new StringBuilder(id.length() + 8);
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (SPECIAL.indexOf(c) < 0) {
                out.append(c);
            } else {
                out.append('%').append(HexFormat.of().toHexDigits((byte) c));
            }
        }
        return out.toString();
    }

    private static String unescape(String escaped) {
        String text = escaped;
        for (char c : new char[] {'/', '*', '#', '%'}) {
            // The percent sign last, so that what it restores is not read again.
            text = text.replace("%" + HexFormat.of().toHexDigits((byte) c), String.valueOf(c));
        }
        return text;
    }
}
