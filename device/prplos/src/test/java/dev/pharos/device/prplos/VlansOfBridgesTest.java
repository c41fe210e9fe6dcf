// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.datamodel.instance.Origin;
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

/// VLANs within a bridge, which are sections `bridge-vlan`, and the ports that are members of them.
class VlansOfBridgesTest {
    private static final String HOME = "Device.Bridging.Bridge.1.";
    private static final String WORK = "Device.Bridging.Bridge.2.";

    @TempDir
    private Path root = Path.of("");

    private @Nullable TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        TestGateway box = TestGateway.with(
                root,
                Map.of("network", """
                        config device
                        \toption name 'br-lan'
                        \toption type 'bridge'
                        \tlist ports 'lan1'
                        \tlist ports 'lan2'

                        config device
                        \toption name 'br-work'
                        \toption type 'bridge'
                        \tlist ports 'lan3'

                        # what is for everybody
                        config bridge-vlan
                        \toption device 'br-lan'
                        \toption vlan '1'
                        \tlist ports 'lan1:u*'
                        \tlist ports 'lan2:u*'
                        \tlist ports 'gone:t'

                        config bridge-vlan 'tv'
                        \toption device 'br-lan'
                        \toption vlan '7'
                        \tlist ports 'lan2:t'

                        config bridge-vlan
                        \toption device 'br-work'
                        \toption vlan '7'
                        \tlist ports 'lan3'

                        config bridge-vlan 'nonsense'
                        \toption device 'br-work'
                        \toption vlan 'seven'
                        """),
                List.of(new UbusObject(
                        "network.device",
                        Map.of(
                                "status",
                                UbusMethod.of(call -> List.of(UbusTable.EMPTY.with(
                                        "br-lan",
                                        UbusTable.EMPTY
                                                .with("up", true)
                                                .with(
                                                        "bridge-members",
                                                        new UbusValue.Array(
                                                                List.of(new UbusValue.Text("wifi0")))))))))));
        gateway = box;
        await().atMost(TestGateway.PATIENCE)
                .until(() -> box.value(HOME + "PortNumberOfEntries").equals("4"));
    }

    @AfterEach
    void stop() throws IOException {
        gateway().close();
    }

    private TestGateway gateway() {
        return Objects.requireNonNull(gateway);
    }

    private static String without(String row) {
        return row.substring(0, row.length() - 1);
    }

    private String vlan(String bridge, int id) {
        return without(gateway().row(bridge + "VLAN.", "VLANID", Integer.toString(id)));
    }

    private String port(String bridge, String name) {
        return without(gateway().row(bridge + "Port.", "Name", name));
    }

    /// The row of a member.
    private String member(String bridge, int id, String name) {
        String wanted = vlan(bridge, id);
        return gateway().model().snapshot().object(bridge).orElseThrow().rows("VLANPort").stream()
                .filter(row -> row.value("VLAN").orElse("").equals(wanted))
                .filter(row -> row.value("Port").orElse("").equals(port(bridge, name)))
                .map(row -> row.path())
                .findFirst()
                .orElse("none");
    }

    @Test
    void vlans_and_their_members_are_those_of_their_bridge() {
        TestGateway box = gateway();

        assertThat(box.value(HOME + "VLANNumberOfEntries")).isEqualTo("2");
        assertThat(box.value(WORK + "VLANNumberOfEntries")).isEqualTo("1");
        assertThat(box.value(HOME + "VLANPortNumberOfEntries")).isEqualTo("3");
        assertThat(box.value(member(HOME, 1, "lan1") + "Untagged")).isEqualTo("true");
        assertThat(box.value(member(HOME, 7, "lan2") + "Untagged")).isEqualTo("false");
        assertThat(box.value(member(HOME, 7, "lan2") + "Enable")).isEqualTo("true");
        assertThat(box.value(member(WORK, 7, "lan3") + "Untagged")).isEqualTo("true");
    }

    @Test
    void a_vlan_comes_with_its_members_in_one_message_and_goes_with_them() throws IOException {
        TestGateway box = gateway();
        String before = box.text("network");

        String vlan = box.model().write(Origin.MANAGEMENT, transaction -> {
            String added = TestGateway.add(transaction, HOME + "VLAN.", "VLANID", "20");
            for (String name : List.of("lan1", "wifi0")) {
                TestGateway.add(
                        transaction,
                        HOME + "VLANPort.",
                        "VLAN",
                        without(added),
                        "Port",
                        port(HOME, name),
                        "Untagged",
                        Boolean.toString(name.equals("wifi0")));
            }
            return added;
        });
        assertThat(box.text("network")).contains("""
                config bridge-vlan 'bridge_vlan_3'
                \toption device 'br-lan'
                \toption vlan '20'
                \tlist ports 'lan1:t'
                \tlist ports 'wifi0:u'
                """);
        assertThat(box.value(member(HOME, 20, "lan1") + "Untagged")).isEqualTo("false");
        assertThat(box.value(HOME + "VLANPortNumberOfEntries")).isEqualTo("5");

        box.set(vlan + "VLANID", "21");
        assertThat(box.text("network")).contains("option vlan '21'").doesNotContain("option vlan '20'");
        assertThat(member(HOME, 21, "wifi0")).startsWith("Device.");
        box.delete(vlan);
        assertThat(box.text("network")).isEqualToNormalizingWhitespace(before);
        assertThat(box.value(HOME + "VLANPortNumberOfEntries")).isEqualTo("3");
    }

    @Test
    void members_join_change_and_leave_and_nothing_else_changes() throws IOException {
        TestGateway box = gateway();

        String joined = box.add(HOME + "VLANPort.", "VLAN", vlan(HOME, 7), "Port", port(HOME, "lan1"));
        assertThat(box.text("network")).contains("\tlist ports 'lan2:t'\n\tlist ports 'lan1:t'\n");
        box.set(joined + "Untagged", "true");
        assertThat(box.text("network")).contains("\tlist ports 'lan2:t'\n\tlist ports 'lan1:u'\n");
        box.set(member(HOME, 1, "lan2") + "Untagged", "false");
        assertThat(box.text("network"))
                .contains("# what is for everybody")
                .contains("\tlist ports 'lan1:u*'\n\tlist ports 'lan2:t*'\n\tlist ports 'gone:t'\n");
        box.delete(member(HOME, 1, "lan1"));
        assertThat(box.text("network")).doesNotContain("lan1:u*").contains("lan1:u'");
        assertThat(box.value(joined + "Port")).isEqualTo(port(HOME, "lan1"));
    }

    @Test
    void a_port_that_leaves_the_bridge_leaves_its_vlans_and_a_bridge_takes_its_own_along() throws IOException {
        TestGateway box = gateway();

        box.delete(port(HOME, "lan2") + ".");
        assertThat(box.text("network")).doesNotContain("lan2");
        assertThat(box.value(HOME + "VLANPortNumberOfEntries")).isEqualTo("1");

        box.delete(WORK);
        assertThat(box.text("network"))
                .doesNotContain("br-work'\n\toption vlan '7'")
                .contains("option vlan '7'\n");
    }

    @Test
    void what_cannot_be_is_refused_and_leaves_nothing() throws IOException {
        TestGateway box = gateway();
        String table = HOME + "VLANPort.";

        box.assertRefused(
                StandardErrorCode.INVALID_VALUE,
                "needs its VLAN and its Port",
                "network",
                () -> box.add(table, "VLAN", vlan(HOME, 7)));
        box.assertRefused(
                StandardErrorCode.INVALID_VALUE,
                "beneath the same row",
                "network",
                () -> box.add(table, "VLAN", vlan(WORK, 7), "Port", port(HOME, "lan1")));
        box.assertRefused(
                StandardErrorCode.NON_WRITEABLE_PARAMETER,
                "is said when the row is added",
                "network",
                () -> box.set(member(HOME, 1, "lan1") + "VLAN", vlan(HOME, 7)));
        box.netifd = UbusStatus.UNKNOWN_ERROR;
        box.assertRefused(
                StandardErrorCode.INTERNAL_ERROR,
                "was refused",
                "network",
                () -> box.add(HOME + "VLAN.", "VLANID", "30"));
        assertThat(box.value(HOME + "VLANNumberOfEntries")).isEqualTo("2");
    }
}
