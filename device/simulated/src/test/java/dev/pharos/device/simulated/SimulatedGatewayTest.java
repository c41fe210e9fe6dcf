// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SimulatedGatewayTest {
    /// Generous, since a test that passes never waits for it.
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String RADIO = "Device.WiFi.Radio.1.";

    @Test
    void the_same_seed_gives_the_same_gateway_and_another_seed_another() {
        try (Home one = new Home();
                Home same = new Home();
                Home other = new Home(SimulatedGatewayConfig.of("SIM-1", 8))) {
            String wan = "Device.IP.Interface.1.IPv4Address.1.IPAddress";
            assertThat(same.value(wan)).isEqualTo(one.value(wan));
            assertThat(same.value("Device.Hosts.Host.1.PhysAddress"))
                    .isEqualTo(one.value("Device.Hosts.Host.1.PhysAddress"));
            assertThat(other.value("Device.Ethernet.Link.1.MACAddress"))
                    .isNotEqualTo(one.value("Device.Ethernet.Link.1.MACAddress"));
        }
    }

    @Test
    void four_clients_are_at_home_with_leases_and_the_wired_one_makes_its_port_go_up() {
        try (Home home = new Home()) {
            assertThat(home.value("Device.Hosts.HostNumberOfEntries")).isEqualTo("4");
            assertThat(home.value("Device.DHCPv4.Server.Pool.1.ClientNumberOfEntries"))
                    .isEqualTo("4");
            assertThat(home.stations()).hasSize(3);
            assertThat(home.value("Device.Ethernet.Interface.2.Status")).isEqualTo("Up");
            assertThat(home.value("Device.Ethernet.Interface.3.Status")).isEqualTo("Down");
            assertThat(home.value("Device.IP.Interface.1.Status")).isEqualTo("Up");
            assertThat(home.value("Device.IP.Interface.2.Status")).isEqualTo("Up");
        }
    }

    @Test
    void counters_run_with_time_and_never_backwards() {
        try (Home home = new Home()) {
            String counter = "Device.IP.Interface.1.Stats.BytesReceived";
            long before = home.number(counter);
            for (int minute = 0; minute < 120; minute++) {
                home.clock.advance(Duration.ofMinutes(1));
                assertThat(home.number(counter)).isGreaterThanOrEqualTo(before);
                before = home.number(counter);
            }
            assertThat(before).isGreaterThan(1_000_000);
            assertThat(home.value("Device.DeviceInfo.UpTime")).isEqualTo("7200");
            assertThat(home.number(home.stations().getFirst().path() + "Stats.BytesSent"))
                    .isPositive();
            assertThat(home.number("Device.Hosts.Host.1.WANStats.BytesSent")).isPositive();
        }
    }

    @Test
    void a_counter_that_was_reset_begins_at_zero_and_one_of_a_disabled_interface_stands() throws InterruptedException {
        try (Home home = new Home()) {
            home.clock.advance(Duration.ofMinutes(10));
            home.run("Device.IP.Interface.1.Stats.Reset()", Map.of());
            assertThat(home.number("Device.IP.Interface.1.Stats.BytesSent")).isZero();

            home.set(RADIO + "Enable", "false");
            await().atMost(PATIENCE).until(() -> home.value(RADIO + "Status").equals("Down"));
            long standing = home.number(RADIO + "Stats.BytesSent");
            home.clock.advance(Duration.ofMinutes(10));

            assertThat(home.number(RADIO + "Stats.BytesSent"))
                    .isEqualTo(standing)
                    .isPositive();
            assertThat(home.value(RADIO + "LastChange")).isEqualTo("600");
            assertThat(home.number("Device.IP.Interface.1.Stats.BytesSent")).isPositive();
        }
    }

    @Test
    void a_radio_that_is_disabled_takes_its_networks_down_and_its_stations_along() {
        try (Home home = new Home()) {
            for (String radio : new String[] {"1", "2"}) {
                home.set("Device.WiFi.Radio." + radio + ".Enable", "false");
            }
            await().atMost(PATIENCE)
                    .until(() -> home.value("Device.WiFi.SSID.1.Status").equals("LowerLayerDown")
                            && home.stations().isEmpty()
                            && home.value("Device.Hosts.HostNumberOfEntries").equals("1"));
            assertThat(home.value("Device.Bridging.Bridge.1.Port.6.Status")).isEqualTo("LowerLayerDown");

            home.set("Device.WiFi.Radio.2.Enable", "true");
            await().atMost(PATIENCE)
                    .until(() -> home.stations().size() == 3
                            && home.value("Device.WiFi.SSID.2.Status").equals("Up"));
        }
    }

    @Test
    void the_guest_network_comes_up_when_it_is_enabled_and_its_name_is_what_was_written() {
        try (Home home = new Home()) {
            assertThat(home.value("Device.WiFi.SSID.3.Status")).isEqualTo("Down");
            home.set("Device.WiFi.SSID.3.SSID", "Visitors");
            home.set("Device.WiFi.SSID.3.Enable", "true");
            home.set("Device.WiFi.AccessPoint.3.Enable", "true");
            await().atMost(PATIENCE)
                    .until(() -> home.value("Device.WiFi.SSID.3.Status").equals("Up")
                            && home.value("Device.WiFi.AccessPoint.3.Status").equals("Enabled"));
            assertThat(home.value("Device.WiFi.SSID.3.SSID")).isEqualTo("Visitors");
        }
    }

    @Test
    void a_channel_must_be_one_of_the_band_and_choosing_one_ends_the_automatic_choice() {
        try (Home home = new Home()) {
            refused(StandardErrorCode.INVALID_VALUE, () -> home.set(RADIO + "Channel", "36"));
            refused(StandardErrorCode.INVALID_VALUE, () -> home.set(RADIO + "OperatingFrequencyBand", "5GHz"));
            refused(StandardErrorCode.INVALID_VALUE, () -> home.set("Device.WiFi.Radio.2.OperatingStandards", "a,be"));

            home.set(RADIO + "Channel", "11");
            await().atMost(PATIENCE)
                    .until(() -> home.value(RADIO + "AutoChannelEnable").equals("false")
                            && home.value(RADIO + "ChannelsInUse").equals("11"));
            assertThat(home.value(RADIO + "ChannelLastSelectionReason")).isEqualTo("Manual");
            assertThat(home.value(RADIO + "Stats.ManualChannelChangeCount")).isEqualTo("1");
        }
    }

    @Test
    void a_port_mapping_works_once_it_has_a_client_and_a_new_network_gets_an_address() {
        try (Home home = new Home()) {
            String mapping = home.add("Device.NAT.PortMapping.");
            home.set(mapping + "Enable", "true");
            await().atMost(PATIENCE).until(() -> home.value(mapping + "Status").equals("Error_Misconfigured"));
            home.set(mapping + "InternalClient", "192.168.1.100");
            await().atMost(PATIENCE).until(() -> home.value(mapping + "Status").equals("Enabled"));

            String network = home.add("Device.WiFi.SSID.");
            await().atMost(PATIENCE)
                    .until(() -> home.value(network + "MACAddress").startsWith("02:"));
        }
    }

    @Test
    void a_living_home_sees_clients_come_and_go_and_signals_drift() {
        SimulatedGatewayConfig lively = SimulatedGatewayConfig.of("SIM-3", 3)
                .withPace(Duration.ofMillis(10))
                .withClients(12);
        try (Home home = new Home(lively)) {
            Set<String> hosts = new HashSet<>();
            Set<String> signals = new HashSet<>();
            Set<String> temperatures = new HashSet<>();
            Set<String> channels = new HashSet<>();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> {
                hosts.add(home.value("Device.Hosts.HostNumberOfEntries"));
                temperatures.add(home.value("Device.DeviceInfo.TemperatureStatus.TemperatureSensor.1.Value"));
                channels.add(home.value("Device.WiFi.Radio.2.Channel"));
                home.stations().stream()
                        .map(station -> station.value("SignalStrength").orElseThrow())
                        .forEach(signals::add);
                return hosts.size() > 2 && signals.size() > 15 && temperatures.size() > 1 && channels.size() > 1;
            });
            for (ObjectInstance station : home.stations()) {
                assertThat(Integer.parseInt(station.value("SignalStrength").orElseThrow()))
                        .isBetween(-90, -30);
            }
        }
    }

    @Test
    void diagnostics_are_those_of_the_host_that_it_runs_on() throws InterruptedException {
        try (Home home = new Home()) {
            Map<String, String> request = Map.of(
                    "Host", "nobody.invalid",
                    "ProtocolVersion", "Any",
                    "NumberOfRepetitions", "4",
                    "Timeout", "1000",
                    "DataBlockSize", "64");
            assertThat(home.run("Device.IP.Diagnostics.IPPing()", request))
                    .containsExactlyEntriesOf(Map.of("Status", "Error_CannotResolveHostName"));

            Map<String, String> byRadio = new HashMap<>(request);
            byRadio.put("Interface", "Device.IP.Interface.1.");
            refused(StandardErrorCode.COMMAND_FAILURE, () -> home.run("Device.IP.Diagnostics.IPPing()", byRadio));
        }
    }

    @Test
    void a_factory_reset_takes_back_what_was_configured() {
        try (Home home = new Home()) {
            String name = home.value("Device.WiFi.SSID.1.SSID");
            String mapping = home.add("Device.NAT.PortMapping.");
            home.set("Device.WiFi.SSID.1.SSID", "Mine");
            home.set("Device.DeviceInfo.ProvisioningCode", "abc");
            home.delete("Device.Users.User.1.");

            home.gateway.factoryReset();

            assertThat(home.value("Device.WiFi.SSID.1.SSID")).isEqualTo(name);
            assertThat(home.value("Device.DeviceInfo.ProvisioningCode")).isEmpty();
            assertThat(home.value("Device.Users.User.1.Username")).isEqualTo("admin");
            assertThat(home.model.snapshot().object(mapping)).isEmpty();
        }
    }

    @Test
    @Requirement("R-ARC.8")
    void what_was_configured_outlives_a_restart_and_what_was_deleted_stays_away() {
        try (WorldClock world = new WorldClock()) {
            KeptInMemory journal = new KeptInMemory();
            SimulatedGatewayConfig config = SimulatedGatewayConfig.of("SIM-4", 4);
            String mapping;
            try (InstantiatedDataModel first = Home.mount(new SimulatedGateway(config, world), journal)) {
                mapping = first.write(Origin.MANAGEMENT, transaction -> {
                    transaction.set("Device.WiFi.SSID.1.SSID", "Mine");
                    transaction.delete("Device.Users.User.1.");
                    return transaction.add("Device.NAT.PortMapping.");
                });
            }
            try (InstantiatedDataModel second = Home.mount(new SimulatedGateway(config, world), journal)) {
                assertThat(second.snapshot().value("Device.WiFi.SSID.1.SSID")).contains("Mine");
                assertThat(second.snapshot().value("Device.WiFi.SSID.1.Status")).contains("Up");
                assertThat(second.snapshot().value("Device.WiFi.Radio.1.PossibleChannels"))
                        .isPresent();
                assertThat(second.snapshot().object("Device.Users.User.1.")).isEmpty();
                assertThat(second.snapshot().object(mapping)).isPresent();
            }
        }
    }

    /// Keeps a journal as long as the test runs.
    private static final class KeptInMemory implements ChangeJournal {
        private final List<Change> changes = new ArrayList<>();

        @Override
        public synchronized List<Change> load() {
            return List.copyOf(changes);
        }

        @Override
        public synchronized void append(List<Change> more) {
            changes.addAll(more);
        }

        @Override
        public void close() {}
    }

    private static void refused(StandardErrorCode code, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        UspException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
