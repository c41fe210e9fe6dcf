// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics.capture;

import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads an expression, word by word: `or` joins what `and` joins of what may have a `not` before it.
final class FilterReader {
    private static final Pattern WORD = Pattern.compile("[()!]|&&|\\|\\||[^\\s()!&|]+|\\S");
    private static final Set<String> PORTS = Set.of("port", "portrange");

    private final Deque<String> words = new ArrayDeque<>();

    FilterReader(String expression) {
        Matcher matcher = WORD.matcher(expression);
        while (matcher.find()) {
            words.add(matcher.group());
        }
    }

    /// @throws UspException 7027
    Predicate<Frame> read() {
        Predicate<Frame> whole = either();
        if (!words.isEmpty()) {
            throw wrong("\"" + words.getFirst() + "\" comes where and, or, or the end should");
        }
        return whole;
    }

    private Predicate<Frame> either() {
        Predicate<Frame> one = both();
        while (isNext("or") || isNext("||")) {
            one = one.or(both());
        }
        return one;
    }

    private Predicate<Frame> both() {
        Predicate<Frame> one = single();
        while (isNext("and") || isNext("&&")) {
            one = one.and(single());
        }
        return one;
    }

    private Predicate<Frame> single() {
        if (isNext("not") || isNext("!")) {
            return single().negate();
        }
        if (isNext("(")) {
            Predicate<Frame> inner = either();
            if (!isNext(")")) {
                throw wrong("a ) is missing");
            }
            return inner;
        }
        String word = next("what to look for");
        return switch (word) {
            case "ip" -> of(frame -> frame.etherType() == Frame.IPV4);
            case "ip6" -> of(frame -> frame.etherType() == Frame.IPV6);
            case "arp" -> of(frame -> frame.etherType() == Frame.ARP);
            case "icmp" -> frame -> frame.etherType() == Frame.IPV4 && frame.protocol() == 1;
            case "icmp6" -> frame -> frame.etherType() == Frame.IPV6 && frame.protocol() == 58;
            case "tcp" -> transport(Frame.TCP);
            case "udp" -> transport(Frame.UDP);
            case "ether" -> hardware();
            case "vlan" -> vlan();
            case "less" -> length(next("a number of bytes"), -1);
            case "greater" -> length(next("a number of bytes"), 1);
            case "src", "dst" -> ended(Side.of(word), next("host, net or port"));
            default -> ended(Side.EITHER, word);
        };
    }

    /// Which end of a packet is looked at.
    private enum Side {
        SOURCE,
        DESTINATION,
        EITHER;

        static Side of(String word) {
            return word.equals("src") ? SOURCE : DESTINATION;
        }

        /// Whether what counts of both ends is so.
        boolean holds(boolean source, boolean destination) {
            return switch (this) {
                case SOURCE -> source;
                case DESTINATION -> destination;
                case EITHER -> source || destination;
            };
        }
    }

    /// Perhaps with more about it, as in `ip host 192.0.2.1`.
    private Predicate<Frame> of(Predicate<Frame> version) {
        String word = words.isEmpty() ? "" : words.getFirst();
        return Set.of("src", "dst", "host", "net").contains(word) ? version.and(single()) : version;
    }

    private Predicate<Frame> transport(int protocol) {
        Predicate<Frame> transport = frame -> frame.protocol() == protocol;
        String word = words.isEmpty() ? "" : words.getFirst();
        return PORTS.contains(word) || word.equals("src") || word.equals("dst") ? transport.and(single()) : transport;
    }

    private Predicate<Frame> ended(Side side, String word) {
        return switch (word) {
            case "host" -> network(side, next("an IP address"));
            case "net" -> network(side, next("a network, as 192.0.2.0/24"));
            case "port" -> ports(side, next("a port"));
            case "portrange" -> ports(side, next("ports, as 8000-8080"));
            default -> network(side, word);
        };
    }

    private static Predicate<Frame> network(Side side, String text) {
        AddressRange range = AddressRange.of(text).orElseThrow(() -> wrong("\"" + text + "\" is not understood"));
        return frame -> side.holds(range.has(frame.source()), range.has(frame.destination()));
    }

    private static Predicate<Frame> ports(Side side, String text) {
        int dash = text.indexOf('-');
        int from = number(dash < 0 ? text : text.substring(0, dash), 65_535);
        int to = dash < 0 ? from : number(text.substring(dash + 1), 65_535);
        return frame -> side.holds(
                frame.sourcePort() >= from && frame.sourcePort() <= to,
                frame.destinationPort() >= from && frame.destinationPort() <= to);
    }

    private Predicate<Frame> hardware() {
        Side side = Side.EITHER;
        String word = next("host and a hardware address");
        if (word.equals("src") || word.equals("dst")) {
            side = Side.of(word);
            word = next("a hardware address");
        }
        String text = word.equals("host") ? next("a hardware address") : word;
        if (!text.matches("[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){5}")) {
            throw wrong("\"" + text + "\" is no hardware address");
        }
        AddressRange range = AddressRange.ofHardware(text);
        Side which = side;
        return frame -> which.holds(range.has(frame.sender()), range.has(frame.receiver()));
    }

    private Predicate<Frame> vlan() {
        String word = words.isEmpty() ? "" : words.getFirst();
        if (!word.matches("[0-9]+")) {
            return frame -> !frame.vlans().isEmpty();
        }
        int number = number(words.removeFirst(), 4_095);
        return frame -> frame.vlans().contains(number);
    }

    private static Predicate<Frame> length(String text, int sign) {
        int bound = number(text, 1 << 20);
        return frame -> Integer.compare(frame.length(), bound) * sign >= 0;
    }

    private boolean isNext(String word) {
        if (words.isEmpty() || !words.getFirst().equals(word)) {
            return false;
        }
        words.removeFirst();
        return true;
    }

    private String next(String wanted) {
        if (words.isEmpty()) {
            throw wrong("it ends where " + wanted + " should come");
        }
        return words.removeFirst();
    }

    private static int number(String text, int most) {
        if (text.matches("[0-9]{1,7}") && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        throw wrong("\"" + text + "\" is no number up to " + most);
    }

    private static UspException wrong(String why) {
        return new UspException(StandardErrorCode.INVALID_COMMAND_ARGUMENTS, "FilterExpression: " + why);
    }
}
