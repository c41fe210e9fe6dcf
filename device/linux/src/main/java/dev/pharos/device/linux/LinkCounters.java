// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

/// The kernel's counters of a link.
final class LinkCounters {
    private LinkCounters() {}

    /// A parameter of a `Stats.` object; zero where the link has gone meanwhile.
    static String read(HostFiles files, String link, String parameter) {
        String file = switch (parameter) {
            case "BytesSent" -> "tx_bytes";
            case "BytesReceived" -> "rx_bytes";
            case "PacketsSent" -> "tx_packets";
            case "PacketsReceived" -> "rx_packets";
            case "ErrorsSent" -> "tx_errors";
            case "ErrorsReceived" -> "rx_errors";
            case "DiscardPacketsSent" -> "tx_dropped";
            case "DiscardPacketsReceived" -> "rx_dropped";
            case "MulticastPacketsReceived" -> "multicast";
            case "Collisions" -> "collisions";
            default -> throw new IllegalArgumentException(parameter);
        };
        String count =
                files.word("/sys/class/net/" + link + "/statistics/" + file).orElse("0");
        boolean narrow = parameter.startsWith("Errors") || parameter.startsWith("Discard");
        return narrow ? Unsigned.wrapped(HostFiles.parse(count).orElse(0)) : count;
    }
}
