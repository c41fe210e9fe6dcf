// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dhcp;

import dev.pharos.usp.Bytes;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// What an agent's DHCP requests carry: that it looks for a USP Controller (R-DIS.1) and which device it is
/// (R-DIS.2a). The host's DHCP client sends it, so it is told so in the client's own words.
///
/// @param device which device it is
public record DhcpRequest(DeviceDescription device) {

    /// The options to send.
    public DhcpOptions options(DhcpVersion version) {
        return device.asClient(version).addTo(VendorClass.ASKS_FOR_CONTROLLER.addTo(DhcpOptions.none(version)));
    }

    /// A DHCP client that can be set up to send them and to keep the answer.
    public enum Client {
        /// ISC dhclient: lines for `dhclient.conf`.
        DHCLIENT,
        /// udhcpc of BusyBox: its options, and a script that keeps what it got.
        UDHCPC;

        public static Optional<Client> of(String name) {
            for (Client client : values()) {
                if (client.word().equals(name)) {
                    return Optional.of(client);
                }
            }
            return Optional.empty();
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How a client is set up.
    public String setup(Client client) {
        return switch (client) {
            case DHCLIENT -> dhclient();
            case UDHCPC -> udhcpc();
        };
    }

    private String dhclient() {
        return """
                # in dhclient.conf: DHCPv4
                option usp-vendor-class code 124 = string;
                option usp-vendor-information code 125 = string;
                send usp-vendor-class %s;
                send usp-vendor-information %s;
                also request usp-vendor-information;
                # DHCPv6
                option dhcp6.usp-vendor-class code 16 = string;
                option dhcp6.usp-vendor-information code 17 = string;
                send dhcp6.usp-vendor-class %s;
                send dhcp6.usp-vendor-information %s;
                also request dhcp6.usp-vendor-information;
                """.formatted(
                        colons(value(DhcpVersion.V4, 124)),
                        colons(value(DhcpVersion.V4, 125)),
                        colons(value(DhcpVersion.V6, 16)),
                        colons(value(DhcpVersion.V6, 17)));
    }

    private String udhcpc() {
        return """
                # options of udhcpc
                -x 0x7c:%s -x 0x7d:%s -O 125
                # in its script; OpenWrt's has it by the package of the agent
                mkdir -p /var/run/pharos/dhcp
                env | grep -E '^(opt[0-9]+|interface|ip|serverid|lease)=' >"/var/run/pharos/dhcp/$interface.env"
                """.formatted(
                value(DhcpVersion.V4, 124).toHex(), value(DhcpVersion.V4, 125).toHex());
    }

    private Bytes value(DhcpVersion version, int code) {
        return options(version).of(code).getFirst();
    }

    private static String colons(Bytes bytes) {
        return HexFormat.ofDelimiter(":").formatHex(bytes.toByteArray());
    }
}
