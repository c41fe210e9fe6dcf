// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.datamodel.instance.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of other hosts than this one, laid out in a folder.
class HostImageTest {
    @TempDir
    Path root;

    private HostFiles files = HostFiles.ofThisHost();

    @BeforeEach
    void image() {
        files = new HostFiles(root);
    }

    @Test
    void a_makers_names_are_taken_and_his_fillers_are_not() throws IOException {
        put("sys/class/dmi/id/sys_vendor", "ACME\n");
        put("sys/class/dmi/id/product_name", "Server 9000\n");
        put("sys/class/dmi/id/product_serial", "To Be Filled By O.E.M.\n");
        put("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
        put("etc/os-release", "# x\nNAME=Small\nPRETTY_NAME=\"Small Linux 3\"\n");
        put("sys/class/net/eth0/address", "00:1b:21:aa:bb:cc\n");
        Files.createDirectories(root.resolve("sys/class/net/eth0/device"));

        Identity identity = Identity.of(files);

        assertThat(identity.productClass()).isEqualTo("Server 9000");
        assertThat(identity.oui()).isEqualTo("001B21");
        assertThat(identity.softwareVersion()).isEqualTo("Small Linux 3");
        assertThat(identity.serialNumber())
                .as("the machine id is confidential")
                .matches("[0-9A-F]{32}")
                .isNotEqualToIgnoringCase("0123456789abcdef0123456789abcdef");
        assertThat(identity.known()).containsEntry("Manufacturer", "ACME").doesNotContainKey("HardwareVersion");
    }

    @Test
    void a_host_without_any_identity_is_no_device() {
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> Identity.of(files));
    }

    @Test
    void sensors_of_both_kinds_are_read_in_degrees() throws IOException {
        put("sys/class/thermal/thermal_zone0/type", "x86_pkg_temp\n");
        put("sys/class/thermal/thermal_zone0/temp", "48600\n");
        put("sys/class/thermal/thermal_zone1/type", "x86_pkg_temp\n");
        put("sys/class/hwmon/hwmon0/name", "nvme\n");
        put("sys/class/hwmon/hwmon0/temp1_input", "-3400\n");
        put("sys/class/hwmon/hwmon0/temp1_label", "Composite\n");

        Sensors sensors = new Sensors(files);

        assertThat(sensors.rows())
                .extracting(row -> row.keys())
                .containsExactly(
                        Map.of("Name", "x86_pkg_temp"),
                        Map.of("Name", "x86_pkg_temp 2"),
                        Map.of("Name", "nvme Composite"));
        assertThat(sensors.degrees("x86_pkg_temp")).isEqualTo(49);
        assertThat(sensors.degrees("nvme Composite")).isEqualTo(-3);
        assertThat(sensors.works("x86_pkg_temp 2")).isFalse();
        assertThat(sensors.degrees("x86_pkg_temp 2")).isEqualTo(-274);
    }

    @Test
    void process_names_may_hold_parentheses_and_spaces() {
        assertThat(Processes.parse("7 (a) b) S 1 2 3\n")).hasValueSatisfying(stat -> {
            assertThat(stat.command()).isEqualTo("a) b");
            assertThat(stat.fields()).startsWith("S", "1");
        });
        assertThat(Processes.parse("")).isEmpty();
        assertThat(Processes.parse("7 )(")).isEmpty();
    }

    @Test
    void a_process_that_ended_uses_nothing() {
        Processes processes = new Processes(files);

        assertThat(processes.read("1", "Size")).isEqualTo("0");
        assertThat(processes.read("1", "State")).isEqualTo("Zombie");
    }

    @Test
    void name_servers_are_addresses_without_zones() throws IOException {
        put(
                "etc/resolv.conf",
                "# c\nsearch example.org\nnameserver 192.0.2.53\nnameserver fe80::1%eth0\nnameserver\nnameserver bad;x\n");

        assertThat(Resolver.servers(files)).containsExactly("192.0.2.53", "fe80::1");
    }

    @Test
    void what_a_processor_did_is_user_system_and_idle_time_that_add_up() throws IOException {
        put("proc/stat", "cpu  20 10 5 60 4 0 0 1 9 9\ncpu0 2 1 2 4 0 0 1 0 0 0\nintr 1\n");

        ProcessorTicks all = ProcessorTicks.of(files.lines("/proc/stat"), "cpu");
        assertThat(all).isEqualTo(new ProcessorTicks(30, 6, 64));
        assertThat(ProcessorTicks.of(files.lines("/proc/stat"), "cpu0")).isEqualTo(new ProcessorTicks(3, 3, 4));
        ProcessorTicks none = ProcessorTicks.of(files.lines("/proc/stat"), "cpu1");
        assertThat(none.busyPercent()).isZero();
        assertThat(none.userPercent() + none.systemPercent()).isZero();

        Processor processor = new Processor(files::lines, "cpu");
        assertThat(processor.averagePercent(Duration.ofHours(1), 2)).isEqualTo(36);
        put("proc/stat", "cpu  80 10 35 70 4 0 0 1 9 9\n");
        assertThat(processor.averagePercent(Duration.ofHours(1), 2))
                .as("over the hundred ticks since")
                .isEqualTo(90);
    }

    @Test
    void which_programs_a_processor_is_for_is_said_by_one_that_runs() throws IOException {
        assertThat(architecture(62, true)).contains("x86_64");
        assertThat(architecture(183, true)).contains("arm");
        assertThat(architecture(40, true)).contains("arm");
        assertThat(architecture(8, true)).contains("mipsel");
        assertThat(architecture(8, false)).contains("mipseb");
        assertThat(architecture(21, false)).contains("powerpc");
        assertThat(architecture(243, true)).as("no word of TR-181").isEmpty();
        put("proc/self/exe", "#!/bin/sh, and no program of its own");
        assertThat(Architecture.of(files)).isEmpty();
        put("proc/self/exe", "short");
        assertThat(Architecture.of(files)).isEmpty();
    }

    private Optional<String> architecture(int machine, boolean little) throws IOException {
        byte[] header = new byte[64];
        header[0] = 0x7F;
        header[1] = 'E';
        header[2] = 'L';
        header[3] = 'F';
        header[5] = (byte) (little ? 1 : 2);
        header[little ? 18 : 19] = (byte) machine;
        Path file = root.resolve("proc/self/exe");
        Files.createDirectories(file.getParent());
        Files.write(file, header);
        return Architecture.of(files);
    }

    @Test
    void there_is_a_processor_for_each_chip_and_none_where_nobody_knows_what_it_is_for() throws IOException {
        Optional<String> _ = architecture(62, true);
        for (int cpu = 0; cpu < 4; cpu++) {
            put("sys/devices/system/cpu/cpu" + cpu + "/topology/physical_package_id", cpu % 2 + "\n");
        }
        assertThat(processors()).containsExactly("x86_64", "x86_64");
        put("sys/devices/system/cpu/cpu1/topology/physical_package_id", "-1\n");
        put("sys/devices/system/cpu/cpu3/topology/physical_package_id", "-1\n");
        assertThat(processors()).containsExactly("x86_64");
        Optional<String> _ = architecture(243, true);
        assertThat(processors()).isEmpty();
    }

    private List<String> processors() throws IOException {
        try (InstantiatedDataModel model =
                InstantiatedDataModel.start(List.of(new ProcessorElement(files)), ChangeJournal.none())) {
            List<String> words = RowSync.rows(model.snapshot(), "Device.DeviceInfo.Processor.").stream()
                    .map(row -> row.value("Architecture").orElse(""))
                    .toList();
            assertThat(model.snapshot().value("Device.DeviceInfo.ProcessorNumberOfEntries"))
                    .contains(Integer.toString(words.size()));
            return words;
        }
    }

    @Test
    void accounts_are_shown_without_secrets_and_lines_that_are_none_are_left_out() throws IOException {
        put("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
        put("etc/os-release", "PRETTY_NAME=x\n");
        put("etc/shells", "# shells\n/bin/sh\n/bin/sh\nsh\n");
        put("etc/group", "wheel:x:10:ann,bob\nann:x:1000:\nsame:x:10:\nshort:x\n");
        put("etc/passwd", """
                ann:SECRET:1000:1000:Ann:/home/ann:/bin/sh
                bob:x:1001:10::/:/usr/sbin/nologin
                twin:x:1000:1::/:/bin/sh
                +::::::
                late:x:-1:1::/:/bin/sh
                """);

        try (InstantiatedDataModel model = InstantiatedDataModel.start(
                List.of(new HostElement(files, Identity.of(files))), ChangeJournal.none())) {
            Snapshot host = model.snapshot();
            assertThat(host.value("Device.Users.UserNumberOfEntries")).contains("2");
            assertThat(host.value("Device.Users.GroupNumberOfEntries")).contains("2");
            assertThat(host.value("Device.Users.SupportedShellNumberOfEntries")).contains("1");
            assertThat(host.value("Device.Users.User.1.GroupParticipation"))
                    .contains("Device.Users.Group.1,Device.Users.Group.2");
            assertThat(host.value("Device.Users.User.1.Shell")).contains("Device.Users.SupportedShell.1");
            assertThat(host.value("Device.Users.User.2.Enable")).contains("false");
            assertThat(host.value("Device.Users.User.1.Password")).isEmpty();
        }
    }

    @Test
    void routers_are_asked_by_hosts_and_not_by_routers() throws IOException {
        String settings = "proc/sys/net/ipv6/conf/eth0/";
        put(settings + "accept_ra", "1\n");
        put(settings + "forwarding", "0\n");
        put(settings + "router_solicitations", "-1\n");
        put(settings + "router_solicitation_interval", "1\n");
        put(settings + "dad_transmits", "2\n");
        put("proc/sys/net/ipv6/neigh/eth0/retrans_time_ms", "250\n");
        NeighborDiscovery discovery = new NeighborDiscovery(files, new RowSync());

        assertThat(discovery.read("eth0", "RSEnable")).isEqualTo("true");
        assertThat(discovery.read("eth0", "DADTransmits")).isEqualTo("2");
        assertThat(discovery.read("eth0", "RetransTimer")).isEqualTo("250");
        assertThat(discovery.read("eth0", "RtrSolicitationInterval")).isEqualTo("4000");
        put(settings + "forwarding", "1\n");
        assertThat(discovery.read("eth0", "RSEnable")).isEqualTo("false");
        put(settings + "accept_ra", "2\n");
        assertThat(discovery.read("eth0", "RSEnable")).isEqualTo("true");
    }

    @Test
    void the_time_zone_is_the_last_line_of_its_file() {
        byte[] compiled = "TZif2....\nCET-1CEST,M3.5.0,M10.5.0/3\n".getBytes(StandardCharsets.US_ASCII);

        assertThat(TimeZoneRule.footer(compiled)).contains("CET-1CEST,M3.5.0,M10.5.0/3");
        assertThat(TimeZoneRule.footer(new byte[0])).isEmpty();
        assertThat(TimeZoneRule.footer("no zone\n".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
        assertThat(TimeZoneRule.of(files)).isEqualTo("UTC0");
    }

    @Test
    void java_itself_knows_the_loopback_where_the_kernel_may_not_be_asked() {
        assertThat(InterfaceSnapshot.take().links()).anyMatch(link -> link.isLoopback() && link.isEnabled());
        assertThat(InterfaceSnapshot.take().addresses())
                .anyMatch(address -> address.address().equals("127.0.0.1"));
    }

    private void put(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
