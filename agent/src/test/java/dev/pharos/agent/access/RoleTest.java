// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.agent.access.RoleTarget.Extent;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.UspException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What targets cover, and which entry of a Role decides.
final class RoleTest {
    private static RoleTarget target(String text) {
        try {
            return RoleTarget.parse(text);
        } catch (MalformedInputException malformed) {
            throw new AssertionError(malformed.detail(), malformed);
        }
    }

    private static boolean covers(String target, String object) {
        return target(target).covers(object, Set.of()) == Extent.ALL;
    }

    @Test
    void a_partial_path_covers_the_object_and_everything_beneath() {
        assertThat(covers("Device.WiFi.", "Device.WiFi.")).isTrue();
        assertThat(covers("Device.WiFi.", "Device.WiFi.SSID.1.Stats.")).isTrue();
        assertThat(covers("Device.WiFi.", "Device.")).isFalse();
        assertThat(covers("Device.WiFi.", "Device.WiFiExtra.")).isFalse();
        assertThat(covers("Device.WiFi.SSID.1.", "Device.WiFi.SSID.1.Stats.")).isTrue();
        assertThat(covers("Device.WiFi.SSID.1.", "Device.WiFi.SSID.12.")).isFalse();
        assertThat(covers("Device.WiFi.SSID.1.", "Device.WiFi.SSID.")).isFalse();
    }

    @Test
    void the_last_dot_of_an_object_may_be_left_out() {
        assertThat(covers("Device", "Device.WiFi.")).isTrue();
        assertThat(covers("Device.LocalAgent", "Device.LocalAgent.Controller.1."))
                .isTrue();
        assertThat(covers("Device.WiFi.SSID.1", "Device.WiFi.SSID.1.")).isTrue();
        assertThat(covers("Device.Local", "Device.LocalAgent.")).isFalse();
    }

    @Test
    void a_wildcard_stands_for_rows_only() {
        assertThat(covers("Device.WiFi.SSID.*.", "Device.WiFi.SSID.7.")).isTrue();
        assertThat(covers("Device.WiFi.SSID.{i}.", "Device.WiFi.SSID.7.")).isTrue();
        assertThat(covers("Device.WiFi.SSID.*.", "Device.WiFi.SSID.")).isFalse();
    }

    @Test
    void a_parameter_command_or_event_is_covered_alone() {
        RoleTarget order = target("Device.Role.*.Permission.*.Order");

        assertThat(order.leaf()).isEqualTo("Order");
        assertThat(order.holdsLeaf("Device.Role.1.Permission.2.", Set.of())).isEqualTo(Extent.ALL);
        assertThat(order.covers("Device.Role.1.Permission.2.", Set.of())).isEqualTo(Extent.NONE);
        assertThat(target("Device.Reboot()").leaf()).isEqualTo("Reboot()");
        assertThat(target("Device.Boot!").leaf()).isEqualTo("Boot!");
    }

    @Test
    void of_a_supported_path_a_row_is_some() {
        assertThat(target("Device.WiFi.SSID.1.").covers("Device.WiFi.SSID.{i}.", Set.of()))
                .isEqualTo(Extent.SOME);
        assertThat(target("Device.WiFi.SSID.*.").covers("Device.WiFi.SSID.{i}.", Set.of()))
                .isEqualTo(Extent.ALL);
        assertThat(target("Device.WiFi.SSID.[Enable==true].")
                        .covers("Device.WiFi.SSID.{i}.", Set.of("Device.WiFi.SSID.2.")))
                .isEqualTo(Extent.SOME);
    }

    private static RoleEntry entry(String targets, String param) {
        return RoleEntry.of(targets, param, "----", "----", "----");
    }

    private static boolean allows(List<RoleEntry> entries, Right right, String object, String leaf) {
        Map<String, Integer> leaves = new HashMap<>();
        int own = new Role(entries).rights(object, target -> Set.of(), leaves);
        return (leaves.getOrDefault(leaf, own) & right.bit()) != 0;
    }

    @Test
    @Requirement("R-SEC.1")
    void the_first_entry_that_covers_an_element_decides_alone() {
        // The example of TR-369: Role A.
        List<RoleEntry> a = List.of(entry("Device.LocalAgent.Controller", "r-xn"), entry("Device.LocalAgent", "r---"));

        assertThat(allows(a, Right.NOTIFY_PARAMETER, "Device.LocalAgent.Controller.1.", "Enable"))
                .isTrue();
        assertThat(allows(a, Right.NOTIFY_PARAMETER, "Device.LocalAgent.", "EndpointID"))
                .isFalse();
        assertThat(allows(a, Right.READ_PARAMETER, "Device.LocalAgent.", "EndpointID"))
                .isTrue();
        assertThat(allows(a, Right.READ_PARAMETER, "Device.DeviceInfo.", "UpTime"))
                .isFalse();

        List<RoleEntry> without = List.of(entry("Device.A.B", "----"), entry("Device.A.", "rw--"));
        assertThat(allows(without, Right.READ_PARAMETER, "Device.A.", "B")).isFalse();
        assertThat(allows(without, Right.READ_PARAMETER, "Device.A.", "C")).isTrue();
    }

    @Test
    void letters_in_another_order_or_unknown_ones_are_refused() {
        for (String wrong : List.of("wr--", "r", "rwxnr", "R---", "")) {
            assertThatThrownBy(() -> entry("Device.", wrong))
                    .as(wrong)
                    .isInstanceOf(UspException.class)
                    .hasMessageContaining("Param");
        }
        assertThatThrownBy(() -> entry("Device..", "r---")).isInstanceOf(UspException.class);
    }

    @Test
    void agents_with_the_same_roles_share_them() {
        Role one = Role.shared(List.of(entry("Device.Shared.", "r---")));

        assertThat(Role.shared(List.of(entry("Device.Shared.", "r---")))).isSameAs(one);
    }
}
