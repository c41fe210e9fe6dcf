// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.datamodel.device.DataModelEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// What a gateway does besides passing on packets: its services agree with one another.
class GatewayServicesTest {
    /// Generous, since a test that passes never waits for it.
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String CPU = "Device.DeviceInfo.ProcessStatus.CPU.1.";

    @Test
    void processor_and_memory_figures_add_up() {
        try (Home home = new Home()) {
            for (int minute = 0; minute < 30; minute++) {
                home.clock.advance(Duration.ofMinutes(1));
                long busy = home.number(CPU + "UserModeUtilization") + home.number(CPU + "SystemModeUtilization");
                assertThat(busy + home.number(CPU + "IdleModeUtilization")).isEqualTo(100);
                String other = CPU.replace("1.", "2.");
                long mean = (busy + 100 - home.number(other + "IdleModeUtilization")) / 2;
                assertThat(home.number("Device.DeviceInfo.ProcessStatus.CPUUsage"))
                        .isEqualTo(mean);
                assertThat(home.number(CPU + "CPUUtilization")).isBetween(5L, 45L);
                long free = home.number("Device.DeviceInfo.MemoryStatus.Free") * 100;
                long total = home.number("Device.DeviceInfo.MemoryStatus.Total");
                assertThat(Math.ceilDiv(free, total)
                                + home.number("Device.DeviceInfo.MemoryStatus.MemoryMonitor.MemUtilization"))
                        .isBetween(99L, 101L);
            }
        }
    }

    @Test
    void a_busy_processor_that_is_watched_raises_its_event() {
        try (Home home = new Home()) {
            List<DataModelEvent> events = new CopyOnWriteArrayList<>();
            home.model.onEvent(events::add);
            home.set(CPU + "CriticalRiseThreshold", "1");
            home.set(CPU + "PollInterval", "1");
            assertThat(home.world.waiting()).isZero();
            home.set(CPU + "Enable", "true");
            assertThat(home.world.waiting()).isOne();

            await().atMost(PATIENCE).until(() -> !events.isEmpty());

            assertThat(events.getFirst().name()).isEqualTo("CPUCriticalState!");
            assertThat(events.getFirst().arguments()).containsEntry("Name", "cpu0");
            assertThat(home.value(CPU + "CriticalRiseTimeStamp")).isEqualTo("2026-01-01T12:00:00Z");
            home.set(CPU + "Enable", "false");
            assertThat(home.world.waiting()).isZero();
        }
    }

    @Test
    void leases_are_counted_on_both_sides_and_a_reset_begins_at_zero() throws InterruptedException {
        String client = "Device.DHCPv4.Client.1.Stats.";
        String server = "Device.DHCPv4.Server.Stats.";
        try (Home home = new Home()) {
            home.clock.advance(Duration.ofHours(13));
            assertThat(home.value(client + "Discover")).isEqualTo("1");
            assertThat(home.value(client + "ACK")).isEqualTo("2");
            assertThat(home.value(server + "Offer")).isEqualTo("4");
            assertThat(home.value(server + "Request")).isEqualTo("8");
            assertThat(home.value(server + "NACK")).isEqualTo("0");

            home.run("Device.DHCPv4.Client.1.Renew()", Map.of());
            assertThat(home.value(client + "ACK")).isEqualTo("3");
            home.run(client + "Reset()", Map.of());
            home.run(server + "Reset()", Map.of());
            assertThat(home.value(client + "ACK") + home.value(client + "Discover"))
                    .isEqualTo("00");
            assertThat(home.value(server + "Request")).isEqualTo("0");

            home.clock.advance(Duration.ofHours(12));
            assertThat(home.value(client + "Request")).isEqualTo("1");
            assertThat(home.value(client + "Discover")).isEqualTo("0");
            home.gateway.reboot();
            home.clock.advance(Duration.ofMinutes(1));
            assertThat(home.value(client + "Discover")).isEqualTo("1");
        }
    }

    @Test
    void the_time_is_asked_for_once_a_minute_and_served_while_the_home_network_is_up() {
        try (Home home = new Home()) {
            home.clock.advance(Duration.ofMinutes(64));
            assertThat(home.value("Device.Time.Client.1.Stats.PacketsSent")).isEqualTo("61");
            assertThat(home.value("Device.Time.Client.1.Stats.PacketsReceived")).isEqualTo("61");
            assertThat(home.value("Device.Time.Server.1.Stats.PacketsSent")).isEqualTo("12");
            assertThat(home.value("Device.Time.Server.1.Status")).isEqualTo("Up");

            home.set("Device.IP.Interface.2.Enable", "false");

            await().atMost(PATIENCE)
                    .until(() -> home.value("Device.Time.Server.1.Status").equals("Down"));
        }
    }

    @Test
    void the_button_works_where_the_access_point_does() throws InterruptedException {
        try (Home home = new Home()) {
            String button = "Device.WiFi.AccessPoint.%d.WPS.InitiateWPSPBC()";
            assertThat(home.run(button.formatted(1), Map.of())).containsExactly(Map.entry("Status", "Success"));
            assertThat(home.run(button.formatted(3), Map.of())).containsExactly(Map.entry("Status", "Error_Not_Ready"));
            assertThat(home.value("Device.WiFi.AccessPoint.1.WPS.Status")).isEqualTo("Configured");
            assertThat(home.value("Device.WiFi.AccessPoint.3.WPS.Status")).isEqualTo("Disabled");
        }
    }

    @Test
    void what_opens_the_firewall_works_once_it_says_for_whom() {
        try (Home home = new Home()) {
            String demilitarized = home.add("Device.Firewall.DMZ.");
            String trigger = home.add("Device.NAT.PortTrigger.");
            home.set(demilitarized + "Enable", "true");
            home.set(demilitarized + "LeaseDuration", "600");
            home.set(trigger + "Enable", "true");
            await().atMost(PATIENCE)
                    .until(() -> home.value(demilitarized + "Status").equals("Error_Misconfigured")
                            && home.value(trigger + "Status").equals("Error_Misconfigured"));
            home.set(demilitarized + "Interface", "Device.IP.Interface.1");
            home.set(demilitarized + "DestIP", "192.168.1.100");
            home.set(trigger + "Interface", "Device.IP.Interface.1");
            await().atMost(PATIENCE)
                    .until(() -> home.value(demilitarized + "Status").equals("Enabled")
                            && home.value(trigger + "Status").equals("Enabled"));
            home.clock.advance(Duration.ofSeconds(60));
            assertThat(home.value(demilitarized + "RemainingLeaseTime")).isEqualTo("540");
        }
    }

    @Test
    void every_account_is_in_a_group_that_is_there_and_has_a_shell() {
        try (Home home = new Home()) {
            String user = "Device.Users.User.1.";
            assertThat(home.value(home.value(user + "GroupParticipation") + ".Groupname"))
                    .isEqualTo("admin");
            assertThat(home.value(home.value(user + "RoleParticipation") + ".RoleName"))
                    .isEqualTo("administrator");
            assertThat(home.value(home.value(user + "Shell") + ".Name")).isEqualTo("/bin/ash");
            assertThat(home.value("Device.Users.SupportedShellNumberOfEntries")).isEqualTo("2");
        }
    }

    @Test
    void neighbours_are_not_looked_for_when_discovery_is_off() {
        try (Home home = new Home()) {
            String setting = "Device.NeighborDiscovery.InterfaceSetting.1.";
            assertThat(home.value(setting + "Status")).isEqualTo("Enabled");
            home.set("Device.NeighborDiscovery.Enable", "false");
            await().atMost(PATIENCE).until(() -> home.value(setting + "Status").equals("Disabled"));
        }
    }
}
