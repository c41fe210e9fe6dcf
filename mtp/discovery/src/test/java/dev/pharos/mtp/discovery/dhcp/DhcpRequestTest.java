// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.mtp.discovery.dhcp.DhcpRequest.Client;
import org.junit.jupiter.api.Test;

class DhcpRequestTest {
    private static final DhcpRequest REQUEST = new DhcpRequest(new DeviceDescription("00256D", "SN-1", "Pharos"));

    @Test
    void dhclient_is_told_what_to_send_and_to_ask_for() {
        assertThat(REQUEST.setup(Client.DHCLIENT))
                .contains("send usp-vendor-class 00:00:0d:e9:03:75:73:70;")
                .contains("send usp-vendor-information 00:00:0d:e9:16:01:06:30:30:32:35:36:44:02:04:53:4e:2d:31:03:06:")
                .contains("also request usp-vendor-information;")
                .contains("send dhcp6.usp-vendor-class 00:00:0d:e9:00:03:75:73:70;");
    }

    @Test
    void udhcpc_is_told_what_to_send_and_its_script_what_to_keep() {
        assertThat(REQUEST.setup(Client.UDHCPC))
                .contains("-x 0x7c:00000de903757370")
                .contains("-O 125")
                .contains("/var/run/pharos/dhcp/$interface.env");
    }

    @Test
    void clients_are_known_by_their_names() {
        assertThat(Client.of("dhclient")).contains(Client.DHCLIENT);
        assertThat(Client.of("nonsense")).isEmpty();
    }
}
