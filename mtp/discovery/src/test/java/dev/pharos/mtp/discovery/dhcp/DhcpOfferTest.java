// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.mtp.discovery.ControllerLead;
import dev.pharos.mtp.discovery.ControllerPlace;
import dev.pharos.mtp.discovery.ControllerTerms;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DhcpOfferTest {
    private static ControllerLead lead(String url) throws Exception {
        return new ControllerLead(
                Optional.of(ControllerPlace.parse(url)),
                Optional.of(EndpointId.of("self::pharos")),
                new ControllerTerms(Optional.of("north-7"), Optional.of(Duration.ofSeconds(5)), Optional.of(2000)),
                List.of());
    }

    @Test
    @Requirement({"R-DIS.1", "R-DIS.1a"})
    void what_is_printed_as_bytes_is_read_as_it_was_meant_in_both_versions() throws Exception {
        ControllerLead lead = lead("wss://controller.example.com:8184/usp");
        String[] lines = new DhcpOffer(lead).hex().split("\n");
        for (DhcpVersion version : DhcpVersion.values()) {
            int line = version == DhcpVersion.V4 ? 1 : 3;
            assertThat(lines[line - 1]).endsWith("option " + version.vendorInformation());
            DhcpOptions options = DhcpOptions.none(version)
                    .with(
                            version.vendorInformation(),
                            Bytes.adopt(HexFormat.of().parseHex(lines[line])));
            assertThat(ControllerOptions.in(options)).contains(lead);
        }
        assertThat(lines[1]).startsWith("00000de9");
    }

    @Test
    void dnsmasq_is_given_bytes_also_of_numbers() throws Exception {
        String lines = new DhcpOffer(lead("wss://controller.example.com:8184/usp")).dnsmasq();
        HexFormat colons = HexFormat.ofDelimiter(":");
        assertThat(lines.lines())
                .contains("# 25 is wss://controller.example.com:8184/usp")
                .contains("dhcp-option-force=vi-encap:3561,25,"
                        + colons.formatHex("wss://controller.example.com:8184/usp".getBytes(StandardCharsets.US_ASCII)))
                .contains("dhcp-option-force=vi-encap:3561,27,35:00")
                .contains("dhcp-option-force=vi-encap:3561,28,32:30:30:30")
                .contains("# 29 is self::pharos");
    }

    @Test
    void what_dhcp_has_no_room_for_is_refused() throws Exception {
        DhcpOffer offer = new DhcpOffer(lead("wss://controller.example.com/" + "x".repeat(240)));
        assertThatThrownBy(offer::hex).hasMessageContaining("longer than 255 bytes");
    }
}
