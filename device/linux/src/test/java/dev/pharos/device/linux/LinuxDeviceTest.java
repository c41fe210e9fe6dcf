// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.pharos.datamodel.definition.CommandDefinition;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.ValueSyntax;
import dev.pharos.datamodel.device.DataModelEvent;
import dev.pharos.datamodel.format.GatewayModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The host that the tests run on, as management sees it.
class LinuxDeviceTest {
    private static final Set<String> WATCHING = Set.of(
            "Enable",
            "PollInterval",
            "PollingInterval",
            "NumSamples",
            "CriticalRiseThreshold",
            "CriticalFallThreshold");

    private final Mounted host = new Mounted();

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void every_advertised_parameter_of_every_row_reads_a_value_of_its_type() {
        List<String> wrong = new ArrayList<>();
        for (ObjectInstance object : host.objects()) {
            for (ParameterDefinition parameter : object.definition().parameters()) {
                problem(object, parameter).ifPresent(why -> wrong.add(object.path() + parameter.name() + " " + why));
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static Optional<String> problem(ObjectInstance object, ParameterDefinition parameter) {
        Optional<String> value = object.value(parameter.name());
        if (value.isEmpty()) {
            return Optional.of("has no value");
        }
        if (value.get().isEmpty() && parameter.reference().isPresent()) {
            return Optional.empty();
        }
        try {
            ValueSyntax.canonical(parameter.type(), value.get());
            return Optional.empty();
        } catch (UspException refused) {
            return Optional.of("'" + value.get() + "': " + refused.fault());
        }
    }

    @Test
    void all_that_is_advertised_is_in_the_gateway_model_and_only_how_to_watch_and_measure_is_writable() {
        List<String> strange = new ArrayList<>();
        for (ObjectDefinition object : host.model.supported().objects()) {
            ObjectDefinition whole = GatewayModel.load().object(object.path()).orElseThrow();
            if (object.access().canAdd() || object.access().canDelete()) {
                strange.add(object.path());
            }
            for (ParameterDefinition parameter : object.parameters()) {
                boolean measuring = object.path().contains("Diagnostics.");
                if ((parameter.access().isWritable() && !measuring && !WATCHING.contains(parameter.name()))
                        || whole.parameter(parameter.name()).isEmpty()) {
                    strange.add(object.path() + parameter.name());
                }
            }
            for (CommandDefinition command : object.commands()) {
                if (!(object.path() + command.name()).contains("Diagnostics")) {
                    strange.add(object.path() + command.name());
                }
            }
        }
        assertThat(strange).isEmpty();
        assertThat(host.model.supported().object("Device.LocalAgent.")).isEmpty();
    }

    @Test
    void what_management_writes_is_refused_with_7013() {
        String row =
                host.row("Device.IP.Interface.", "Name", "lo").orElseThrow().path();

        for (Map.Entry<String, String> write :
                Map.of("Enable", "false", "MaxMTUSize", "1400", "Alias", "home").entrySet()) {
            assertThatExceptionOfType(UspException.class)
                    .isThrownBy(() -> host.model.write(Origin.MANAGEMENT, transaction -> {
                        transaction.set(row + write.getKey(), write.getValue());
                        return row;
                    }))
                    .satisfies(
                            refused -> assertThat(refused.code()).isEqualTo(StandardErrorCode.NON_WRITEABLE_PARAMETER));
        }
    }

    @Test
    void total_memory_is_that_of_the_kernel() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(each -> each.startsWith("MemTotal:"))
                .findFirst()
                .orElseThrow();

        assertThat(host.value("Device.DeviceInfo.MemoryStatus.Total")).isEqualTo(line.replaceAll("[^0-9]", ""));
    }

    @Test
    void identity_is_the_same_each_time_and_part_of_the_model() {
        LinuxDevice first = LinuxDevice.open();

        assertThat(first.oui()).matches("[0-9A-F]{6}").isEqualTo(host.value("Device.DeviceInfo.ManufacturerOUI"));
        assertThat(first.serialNumber())
                .isNotBlank()
                .isEqualTo(LinuxDevice.open().serialNumber())
                .isEqualTo(host.value("Device.DeviceInfo.SerialNumber"));
        assertThat(first.productClass()).isNotBlank().isEqualTo(host.value("Device.DeviceInfo.ProductClass"));
        assertThat(first.softwareVersion()).isNotBlank().isEqualTo(host.value("Device.DeviceInfo.SoftwareVersion"));
    }

    @Test
    void the_tests_own_process_is_listed_with_live_numbers() {
        String pid = Long.toString(ProcessHandle.current().pid());
        Processes processes = new Processes(HostFiles.ofThisHost());

        assertThat(Long.parseLong(processes.read(pid, "Size"))).isPositive();
        assertThat(Long.parseLong(processes.read(pid, "CPUTime"))).isPositive();
        assertThat(host.row("Device.DeviceInfo.ProcessStatus.Process.", "PID", "1"))
                .isPresent();
        assertThat(processes.rows()).hasSizeBetween(1, Limits.PROCESSES);
    }

    @Test
    void live_values_are_those_of_now() {
        Instant time = Instant.parse(host.value("Device.Time.CurrentLocalTime"));

        assertThat(time)
                .isBetween(Instant.now().minusSeconds(120), Instant.now().plusSeconds(120));
        assertThat(Long.parseLong(host.value("Device.DeviceInfo.UpTime"))).isPositive();
        assertThat(Long.parseLong(host.value("Device.DeviceInfo.ProcessStatus.CPUUsage")))
                .isBetween(0L, 100L);
    }

    @Test
    void each_processor_has_a_row_whose_shares_add_up() {
        assertThat(host.value("Device.DeviceInfo.ProcessStatus.CPUNumberOfEntries"))
                .isEqualTo(Integer.toString(Runtime.getRuntime().availableProcessors()));
        String row = host.row("Device.DeviceInfo.ProcessStatus.CPU.", "Name", "cpu0")
                .orElseThrow()
                .path();
        assertThat(number(row + "UserModeUtilization")
                        + number(row + "SystemModeUtilization")
                        + number(row + "IdleModeUtilization"))
                .isEqualTo(100);
        assertThat(number(row + "CPUUtilization")).isBetween(0L, 100L);
        assertThat(number("Device.DeviceInfo.MemoryStatus.MemoryMonitor.MemUtilization"))
                .isBetween(1L, 100L);
    }

    @Test
    void memory_that_is_watched_tells_when_it_is_critical() {
        List<DataModelEvent> events = new CopyOnWriteArrayList<>();
        host.model.onEvent(events::add);
        String monitor = "Device.DeviceInfo.MemoryStatus.MemoryMonitor.";
        host.model.write(Origin.MANAGEMENT, transaction -> {
            transaction.set(monitor + "CriticalRiseThreshold", "1");
            transaction.set(monitor + "PollingInterval", "1");
            transaction.set(monitor + "Enable", "true");
            return monitor;
        });

        await().atMost(Duration.ofSeconds(90)).until(() -> !events.isEmpty());

        assertThat(events.getFirst().name()).isEqualTo("MemoryCriticalState!");
        assertThat(Instant.parse(host.value(monitor + "CriticalRiseTimeStamp")))
                .isAfter(Instant.now().minusSeconds(120));
    }

    @Test
    void the_accounts_are_those_of_the_host_and_in_its_groups() {
        ObjectInstance root = host.row("Device.Users.User.", "Username", "root").orElseThrow();
        assertThat(root.value("UserID")).contains("0");
        String groups = root.value("GroupParticipation").orElseThrow();
        assertThat(host.value(groups.split(",", 2)[0] + ".GroupID")).isEqualTo("0");
    }

    private long number(String path) {
        return Long.parseLong(host.value(path));
    }

    @Test
    void the_interfaces_are_those_that_java_sees_too_and_routes_lead_to_them() throws IOException {
        for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
            // other tests on this machine may make links of their own meanwhile
            if (each.isUp() && !each.getName().startsWith("ph")) {
                await().atMost(Duration.ofSeconds(90))
                        .untilAsserted(() -> assertThat(host.row("Device.IP.Interface.", "Name", each.getName()))
                                .hasValueSatisfying(
                                        row -> assertThat(row.value("Enable")).contains("true")));
            }
        }
        ObjectInstance loopback = host.row("Device.IP.Interface.", "Name", "lo").orElseThrow();
        assertThat(loopback.value("Type")).contains("Loopback");
        assertThat(host.row(loopback.path() + "IPv4Address.", "IPAddress", "127.0.0.1"))
                .isPresent();
        assertThat(RowSync.rows(host.model.snapshot(), "Device.Routing.Router.1.IPv4Forwarding."))
                .allSatisfy(route -> assertThat(route.value("Interface"))
                        .hasValueSatisfying(path -> assertThat(path).matches("|Device\\.IP\\.Interface\\.\\d+")));
    }

    @Test
    void counters_move_with_the_traffic() throws Exception {
        String sent =
                host.row("Device.IP.Interface.", "Name", "lo").orElseThrow().path() + "Stats.PacketsSent";
        long before = Long.parseLong(host.value(sent));

        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.send(new DatagramPacket(new byte[8], 8, socket.getLocalSocketAddress()));
        }

        assertThat(Long.parseLong(host.value(sent))).isGreaterThan(before);
    }
}
