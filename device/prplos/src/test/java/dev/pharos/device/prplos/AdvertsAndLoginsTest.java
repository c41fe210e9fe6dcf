// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a gateway tells its home of itself over IPv6, and how people log in to it: odhcpd and dropbear.
class AdvertsAndLoginsTest {
    private static final String ADVERTS = "Device.RouterAdvertisement.InterfaceSetting.";
    private static final String LOGINS = "Device.SSH.Server.";

    @TempDir
    private Path root = Path.of("");

    private @Nullable TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.with(root, Map.of("network", """
                        config interface 'lan'
                        \toption proto 'static'
                        \toption ipaddr '192.168.1.1/24'

                        config interface 'guest'
                        \toption proto 'static'
                        \toption ipaddr '192.168.9.1/24'
                        """, "dhcp", """
                        # for all at home
                        config dhcp 'lan'
                        \toption interface 'lan'
                        \toption ra 'server'
                        \toption ra_preference 'high'
                        \toption ra_lifetime '900000'
                        \tlist domain 'home.example'

                        config dhcp 'guest'
                        \toption interface 'guest'
                        \toption ra 'relay'
                        """, "dropbear", """
                        config dropbear 'main'
                        \toption PasswordAuth 'on'
                        \toption RootPasswordAuth 'off'
                        \toption Port '2222'
                        \toption Interface 'lan'
                        # of the factory
                        \toption BannerFile '/etc/banner'
                        """));
    }

    @AfterEach
    void stop() throws IOException {
        gateway().close();
    }

    private TestGateway gateway() {
        return Objects.requireNonNull(gateway);
    }

    @Test
    void adverts_are_what_odhcpd_says_of_the_router() throws IOException {
        TestGateway box = gateway();
        String lan = box.row(ADVERTS, "Alias", "lan");
        assertThat(box.value(lan + "Enable")).isEqualTo("true");
        assertThat(box.value(lan + "Status")).isEqualTo("Enabled");
        assertThat(box.value(lan + "Interface")).isEqualTo("Device.IP.Interface.1");
        assertThat(box.value(lan + "AdvPreferredRouterFlag")).isEqualTo("High");
        assertThat(box.value(lan + "MaxRtrAdvInterval")).isEqualTo("600");
        assertThat(box.value(lan + "DNSSL")).isEqualTo("home.example");
        assertThat(box.value(box.row(ADVERTS, "Alias", "guest") + "Enable")).isEqualTo("false");

        box.set(
                lan + "AdvPreferredRouterFlag", "Low",
                lan + "MinRtrAdvInterval", "30",
                lan + "MaxRtrAdvInterval", "60",
                lan + "AdvLinkMTU", "1492",
                lan + "DNSSL", "home.example,lan");
        assertThat(box.text("dhcp"))
                .startsWith("# for all at home\n")
                .contains(
                        "option ra 'server'\n",
                        "option ra_preference 'low'\n",
                        "option ra_mininterval '30'\n",
                        "option ra_maxinterval '60'\n",
                        "option ra_mtu '1492'\n",
                        "list domain 'lan'\n");
        assertThat(box.called()).containsExactly("service event");

        box.set(lan + "Enable", "false");
        assertThat(box.text("dhcp")).doesNotContain("option ra 'server'").contains("option ra 'relay'");
        box.assertRefused(
                StandardErrorCode.INVALID_VALUE,
                "MaxRtrAdvInterval",
                "dhcp",
                () -> box.set(lan + "MaxRtrAdvInterval", "3"));
    }

    @Test
    void logins_are_switched_and_restricted_and_what_else_is_said_stays() throws IOException {
        TestGateway box = gateway();
        String main = box.row(LOGINS, "Alias", "main");
        assertThat(box.value(main + "Enable")).isEqualTo("true");
        assertThat(box.value(main + "Port")).isEqualTo("2222");
        assertThat(box.value(main + "AllowPasswordLogin")).isEqualTo("true");
        assertThat(box.value(main + "AllowRootPasswordLogin")).isEqualTo("false");
        assertThat(box.value(main + "AllowRootLogin")).isEqualTo("true");
        assertThat(box.value(main + "IdleTimeout")).isEqualTo("0");
        assertThat(box.value(main + "Interface")).isEqualTo("Device.IP.Interface.1");

        box.set(main + "AllowPasswordLogin", "false", main + "IdleTimeout", "600", main + "Interface", "");
        assertThat(box.text("dropbear"))
                .contains("# of the factory\n\toption BannerFile '/etc/banner'", "option IdleTimeout '600'")
                .doesNotContain("Interface", "PasswordAuth 'on'");
        assertThat(box.called()).containsExactly("service event");
        assertThat(box.told)
                .singleElement()
                .satisfies(
                        event -> assertThat(event.table("data").text("package")).contains("dropbear"));

        String guest = box.add(LOGINS, "Alias", "guest", "Port", "22", "Interface", "Device.IP.Interface.2");
        assertThat(box.value(guest + "Enable"))
                .as("nobody can log in by what was not said")
                .isEqualTo("false");
        assertThat(box.value(guest + "AllowPasswordLogin")).isEqualTo("false");
        assertThat(box.text("dropbear"))
                .contains("config dropbear 'guest'", "option RootPasswordAuth '0'", "option Interface 'guest'");
        box.delete(guest);
        assertThat(box.text("dropbear")).doesNotContain("guest");
        assertThatExceptionOfType(UspException.class)
                .isThrownBy(() -> box.set(main + "Port", "70000"))
                .withMessageContaining("Port");
    }
}
