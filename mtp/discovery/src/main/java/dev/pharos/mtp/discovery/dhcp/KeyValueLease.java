// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dhcp;

import dev.pharos.usp.Bytes;
import java.net.InetAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A lease as lines `KEY=VALUE`: what systemd-networkd and NetworkManager's own client keep, and what a hook
/// of `udhcpc` or `odhcp6c` writes down of its environment (`opt125=…`, `OPTION_17=…`, in hexadecimal).
final class KeyValueLease {
    private static final Pattern LINE = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)");
    private static final Pattern OPTION = Pattern.compile("(?:opt|OPTION_)([0-9]{1,5})");

    private KeyValueLease() {}

    /// @param fallbackInterface where the file itself names none
    /// @param written when, since durations in it count from then
    static Lease parse(String origin, String content, String fallbackInterface, Instant written) {
        Map<String, String> values = new HashMap<>();
        content.lines()
                .map(line -> LINE.matcher(line.strip()))
                .filter(Matcher::matches)
                .forEach(line -> values.put(line.group(1), unquoted(line.group(2))));
        Optional<InetAddress> server =
                first(values, "SERVER_ADDRESS", "serverid", "SERVER").flatMap(LeaseText::address);
        DhcpVersion version = values.containsKey("OPTION_17")
                        || values.containsKey("OPTION_16")
                        || values.containsKey("ADDRESSES")
                        || server.map(address -> address.getAddress().length == 16)
                                .orElse(false)
                ? DhcpVersion.V6
                : DhcpVersion.V4;
        return new Lease(
                origin,
                first(values, "interface", "INTERFACE").orElse(fallbackInterface),
                options(version, values),
                server,
                first(values, "lease", "LIFETIME")
                        .filter(text -> text.matches("[0-9]{1,10}"))
                        .map(Long::parseLong)
                        // all ones are a lease without end
                        .filter(seconds -> seconds < 0xFFFF_FFFFL)
                        .map(written::plusSeconds));
    }

    private static DhcpOptions options(DhcpVersion version, Map<String, String> values) {
        DhcpOptions options = DhcpOptions.none(version);
        for (Map.Entry<String, String> entry : values.entrySet()) {
            Matcher numbered = OPTION.matcher(entry.getKey());
            if (numbered.matches()) {
                for (String part : entry.getValue().split(" ", -1)) {
                    Optional<Bytes> bytes = LeaseText.plainHex(part);
                    if (bytes.isPresent()) {
                        options = options.with(Integer.parseInt(numbered.group(1)), bytes.get());
                    }
                }
            }
        }
        Optional<Bytes> vendor =
                Optional.ofNullable(values.get("VENDOR_SPECIFIC")).flatMap(LeaseText::plainHex);
        return vendor.isPresent() && version == DhcpVersion.V4 ? options.with(43, vendor.get()) : options;
    }

    private static Optional<String> first(Map<String, String> values, String... keys) {
        for (String key : keys) {
            String value = values.get(key);
            if (value != null && !value.isEmpty()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    private static String unquoted(String value) {
        if (value.length() >= 2
                && (value.startsWith("'") || value.startsWith("\""))
                && value.charAt(value.length() - 1) == value.charAt(0)) {
            return value.substring(1, value.length() - 1);
        }
        return value;
    }
}
