// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.device.prplos.ubus.UbusMethod;
import dev.pharos.device.prplos.ubus.UbusObject;
import dev.pharos.device.prplos.ubus.UbusStatus;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import dev.pharos.usp.StandardErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which packets go first: rules of the firewall that mark them, and the rates of sqm.
class QueuesTest {
    private static final String RULES = "Device.QoS.Classification.";
    private static final String RATES = "Device.QoS.Shaper.";

    @TempDir
    private Path root = Path.of("");

    private @Nullable TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        TestGateway box = TestGateway.with(
                root,
                Map.of("network", """
                        config interface 'lan'
                        \toption device 'br-lan'
                        \toption proto 'static'

                        config interface 'wan'
                        \toption device 'eth1'
                        \toption proto 'dhcp'
                        """, "firewall", """
                        config zone
                        \toption name 'lan'
                        \tlist network 'lan'

                        config rule 'voice'
                        \toption src 'lan'
                        \toption proto 'udp'
                        \toption dest_port '5060-5061'
                        \toption target 'DSCP'
                        \toption set_dscp 'ef'

                        config rule 'odd'
                        \toption src 'lan'
                        \toption proto 'udp'
                        \toption target 'DSCP'
                        \toption set_dscp 'nonsense'

                        config rule 'ping'
                        \toption src 'lan'
                        \toption proto 'icmp'
                        \toption target 'ACCEPT'
                        """, "sqm", """
                        # for the line
                        config queue 'eth1'
                        \toption enabled '1'
                        \toption interface 'eth1'
                        \toption download '85000'
                        \toption upload '10000'
                        \toption qdisc 'cake'
                        """),
                List.of(new UbusObject("network.interface", Map.of("dump", UbusMethod.of(call -> List.of(dump()))))));
        gateway = box;
        await().atMost(TestGateway.PATIENCE)
                .until(() ->
                        box.value(box.row(RATES, "Alias", "eth1") + "Interface").startsWith("Device.Ethernet."));
    }

    @AfterEach
    void stop() throws IOException {
        gateway().close();
    }

    private TestGateway gateway() {
        return Objects.requireNonNull(gateway);
    }

    private static UbusTable dump() {
        return UbusTable.EMPTY.with(
                "interface",
                new UbusValue.Array(List.of(
                        UbusTable.EMPTY.with("interface", "lan").with("device", "br-lan"),
                        UbusTable.EMPTY.with("interface", "wan").with("device", "eth1"))));
    }

    private String link(String name) {
        String row = gateway().row("Device.Ethernet.Link.", "Name", name);
        return row.substring(0, row.length() - 1);
    }

    @Test
    void rules_that_mark_packets_are_told_and_written_and_others_are_the_firewalls() throws IOException {
        TestGateway box = gateway();
        String voice = box.row(RULES, "Alias", "voice");

        assertThat(box.value("Device.QoS.ClassificationNumberOfEntries")).isEqualTo("1");
        assertThat(box.value("Device.Firewall.Chain.1.RuleNumberOfEntries")).isEqualTo("1");
        assertThat(box.value(voice + "DSCPMark")).isEqualTo("46");
        assertThat(box.value(voice + "DSCPCheck")).isEqualTo("-1");
        assertThat(box.value(voice + "Interface")).isEqualTo("Device.IP.Interface.1");
        assertThat(box.value(voice + "DestPortRangeMax")).isEqualTo("5061");

        String before = box.text("firewall");
        String added = box.add(
                RULES,
                "Alias",
                "games",
                "AllInterfaces",
                "true",
                "Protocol",
                "17",
                "DestPort",
                "3074",
                "DSCPMark",
                "34",
                "Enable",
                "true");
        assertThat(box.text("firewall")).contains("""
                config rule 'games'
                \toption target 'DSCP'
                \toption proto 'udp'
                \toption enabled '1'
                \toption src '*'
                \toption dest_port '3074'
                \toption set_dscp '34'
                """);
        box.assertRefused(
                StandardErrorCode.INVALID_VALUE, "nor -1", "firewall", () -> box.set(added + "DSCPMark", "-2"));
        box.assertRefused(
                StandardErrorCode.INVALID_VALUE,
                "DSCPMark must have",
                "firewall",
                () -> box.set(added + "DSCPMark", "-1"));
        box.delete(added);
        assertThat(box.text("firewall")).isEqualToNormalizingWhitespace(before);
    }

    @Test
    void a_rate_is_told_in_bits_a_second_and_written_in_thousands() throws IOException {
        TestGateway box = gateway();
        String rate = box.row(RATES, "Alias", "eth1");
        assertThat(box.value(rate + "ShapingRate")).isEqualTo("10000000");
        assertThat(box.value(rate + "Interface")).isEqualTo(link("eth1"));
        assertThat(box.value(rate + "Status")).isEqualTo("Enabled");

        box.set(rate + "ShapingRate", "12345678");
        assertThat(box.text("sqm")).contains("# for the line").contains("option upload '12345'\n\toption qdisc 'cake'");
        assertThat(box.value(rate + "ShapingRate")).isEqualTo("12345000");
        assertThat(box.told)
                .anySatisfy(
                        event -> assertThat(event.table("data").text("package")).contains("sqm"));
        box.set(rate + "ShapingRate", "-1");
        assertThat(box.text("sqm")).contains("option upload '0'").contains("option download '85000'");
        box.assertRefused(
                StandardErrorCode.INVALID_VALUE, "less than 1000", "sqm", () -> box.set(rate + "ShapingRate", "100"));

        String more = box.add(RATES, "Interface", link("br-lan"), "ShapingRate", "50000000", "Enable", "true");
        assertThat(box.text("sqm")).contains("""
                config queue 'queue_1'
                \toption enabled '1'
                \toption download '0'
                \toption upload '50000'
                \toption qdisc 'cake'
                \toption script 'piece_of_cake.qos'
                \toption interface 'br-lan'
                """);
        box.procd = UbusStatus.UNKNOWN_ERROR;
        box.assertRefused(StandardErrorCode.INTERNAL_ERROR, "was refused", "sqm", () -> box.delete(more));
        box.procd = UbusStatus.OK;
        box.delete(more);
        assertThat(box.text("sqm")).doesNotContain("br-lan");
    }
}
