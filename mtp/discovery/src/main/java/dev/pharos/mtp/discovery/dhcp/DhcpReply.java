// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dhcp;

import dev.pharos.usp.Bytes;
import java.util.HexFormat;

/// What a gateway's DHCP server answers to devices that say who they are: who the gateway is (R-DIS.2b). The host's
/// DHCP server answers, so it is told so in its own words.
///
/// @param gateway which device it is
public record DhcpReply(DeviceDescription gateway) {
    private static final int OUI = 4;

    /// Lines for `dnsmasq.conf`. Values are bytes, since dnsmasq would turn a serial number of digits into a binary
    /// number.
    public String dnsmasq() {
        return """
                # in dnsmasq.conf: whoever sends option 125 is answered who this gateway is
                dhcp-match=set:usp-device,125
                dhcp-option-force=tag:usp-device,vi-encap:3561,%d,%s
                dhcp-option-force=tag:usp-device,vi-encap:3561,%d,%s
                dhcp-option-force=tag:usp-device,vi-encap:3561,%d,%s
                """.formatted(
                        OUI,
                        bytes(gateway.manufacturerOui()),
                        OUI + 1,
                        bytes(gateway.serialNumber()),
                        OUI + 2,
                        bytes(gateway.productClass()));
    }

    /// A null character ends a text (R-DIS.1c); with it even a single character is written as bytes.
    static String bytes(String text) {
        return HexFormat.ofDelimiter(":")
                .formatHex(Bytes.ofUtf8(text.length() == 1 ? text + "\0" : text).toByteArray());
    }
}
