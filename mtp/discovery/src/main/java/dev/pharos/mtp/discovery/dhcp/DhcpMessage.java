// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dhcp;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import java.util.List;

/// A DHCP message as it travels, as far as options go. dhcpcd keeps its leases so.
///
/// @param type what it is: 5 is a DHCPv4 ACK, 7 a DHCPv6 REPLY; 0 for BOOTP, which has none
/// @param transaction 32 bits in DHCPv4, 24 in DHCPv6
public record DhcpMessage(int type, long transaction, DhcpOptions options) {
    private static final int V4_TYPE = 53;
    private static final int OVERLOAD = 52;
    private static final long MAGIC = 0x63825363L;

    /// @throws MalformedInputException where it is cut off or is none
    public static DhcpMessage parse(DhcpVersion version, Bytes packet) throws MalformedInputException {
        return switch (version) {
            case V4 -> parseV4(packet);
            case V6 -> parseV6(packet);
        };
    }

    private static DhcpMessage parseV4(Bytes packet) throws MalformedInputException {
        ByteReader reader = new ByteReader(packet, "the DHCPv4 message");
        reader.bytes(4);
        long transaction = reader.number(4);
        reader.bytes(36);
        Bytes serverName = reader.bytes(64);
        Bytes file = reader.bytes(128);
        if (reader.number(4) != MAGIC) {
            throw reader.wrong("has not the mark of DHCP");
        }
        DhcpOptions options = DhcpOptions.parse(DhcpVersion.V4, reader.bytes(reader.remaining()));
        int overload = number(options, OVERLOAD);
        if ((overload & 1) != 0) {
            options = joined(options, DhcpOptions.parse(DhcpVersion.V4, file));
        }
        if ((overload & 2) != 0) {
            options = joined(options, DhcpOptions.parse(DhcpVersion.V4, serverName));
        }
        return new DhcpMessage(number(options, V4_TYPE), transaction, options);
    }

    private static DhcpMessage parseV6(Bytes packet) throws MalformedInputException {
        ByteReader reader = new ByteReader(packet, "the DHCPv6 message");
        int type = (int) reader.number(1);
        long transaction = reader.number(3);
        return new DhcpMessage(type, transaction, DhcpOptions.parse(DhcpVersion.V6, reader.bytes(reader.remaining())));
    }

    private static DhcpOptions joined(DhcpOptions options, DhcpOptions more) {
        DhcpOptions all = options;
        for (var entry : more.values().entrySet()) {
            for (Bytes value : entry.getValue()) {
                all = all.with(entry.getKey(), value);
            }
        }
        return all;
    }

    private static int number(DhcpOptions options, int code) {
        List<Bytes> values = options.of(code);
        return values.isEmpty() || values.getFirst().isEmpty()
                ? 0
                : Byte.toUnsignedInt(values.getFirst().at(0));
    }
}
