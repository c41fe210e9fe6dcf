// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dhcp;

import dev.pharos.mtp.discovery.ControllerLead;
import dev.pharos.usp.Bytes;
import java.util.Map;

/// What the DHCP server of a network is told so that agents there find a Controller (R-DIS.1).
///
/// @param lead where the Controller is, and what else is said of it
public record DhcpOffer(ControllerLead lead) {
    private static final int OPTION = DhcpVersion.V4.vendorInformation();
    private static final int OPTION_V6 = DhcpVersion.V6.vendorInformation();

    /// Lines for `dnsmasq.conf`. Values are bytes, since dnsmasq would write numbers in binary where text is wanted.
    ///
    /// @throws IllegalArgumentException where they are longer than DHCPv4 has room for
    public String dnsmasq() {
        String _ = value(DhcpVersion.V4);
        StringBuilder lines = new StringBuilder("# in dnsmasq.conf: where agents find their USP controller\n");
        subOptions()
                .forEach((code, value) -> lines.append("# ")
                        .append(code)
                        .append(" is ")
                        .append(value.utf8(0, value.size()))
                        .append("\ndhcp-option-force=vi-encap:")
                        .append(VendorInformation.BROADBAND_FORUM)
                        .append(',')
                        .append(code)
                        .append(',')
                        .append(DhcpReply.bytes(String.valueOf(value.utf8(0, value.size()))))
                        .append('\n'));
        return lines.toString();
    }

    /// The values of both options, for a server that takes them as bytes.
    ///
    /// @throws IllegalArgumentException where they are longer than DHCPv4 has room for
    public String hex() {
        return """
                # DHCPv4: the value of option %d
                %s
                # DHCPv6: the value of option %d
                %s
                """.formatted(OPTION, value(DhcpVersion.V4), OPTION_V6, value(DhcpVersion.V6));
    }

    private Map<Integer, Bytes> subOptions() {
        return ControllerOptions.of(lead).broadbandForum();
    }

    private String value(DhcpVersion version) {
        return ControllerOptions.of(lead)
                .addTo(DhcpOptions.none(version))
                .of(version.vendorInformation())
                .getFirst()
                .toHex();
    }
}
