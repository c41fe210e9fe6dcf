// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.cwmp.Notification;
import dev.pharos.cwmp.rpc.AttributeChange;
import dev.pharos.cwmp.rpc.SetParameterAttributes;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.format.ModelFormat;
import dev.pharos.datamodel.format.ModelFormatException;
import dev.pharos.testkit.TwoHosts;
import dev.pharos.testkit.TwoHosts.Host;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an ACS hears of devices at home that told the DHCP server who they are, by the hook of the package for OpenWrt.
class ManageableDevicesTest extends ContactStage {
    private static final Path HOOK =
            Path.of("../package/openwrt/pharos-agent.dhcp").toAbsolutePath().normalize();
    private static final String TABLE = "Device.ManagementServer.ManageableDevice.";
    private static final String PHONE = "4c:00:00:00:00:01";

    private Path home = Path.of("");

    /// The hosts that the gateway knows.
    private static final class Hosts implements ServiceElement {
        private Optional<DeviceContext> context = Optional.empty();

        @Override
        public SupportedDataModel supported() {
            try {
                return ModelFormat.read(new StringReader("""
                        model urn:broadband-forum-org:tr-181-2-19-0

                        object Device. readOnly

                        object Device.Hosts. readOnly

                        object Device.Hosts.Host.{i}. readOnly key PhysAddress
                          param PhysAddress readOnly string
                        """), "test");
            } catch (IOException | ModelFormatException broken) {
                throw new IllegalStateException(broken);
            }
        }

        @Override
        public void start(DeviceContext started) {
            context = Optional.of(started);
        }

        String add(String mac) {
            return context.orElseThrow()
                    .update(transaction -> transaction.add("Device.Hosts.Host.", Map.of("PhysAddress", mac)));
        }
    }

    private Hosts hosts = new Hosts();

    @BeforeEach
    void the_gateway_shows_its_home() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        begin();
    }

    private void begin() throws IOException {
        beside.clear();
        hosts = new Hosts();
        ManageableDevices devices = ManageableDevices.of(home).orElseThrow();
        beside.addAll(List.of(hosts, devices));
        restart();
        devices.follow(model);
    }

    /// What hotplug runs.
    private void hook(String action, String mac, String address, String... environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-uc", ". " + HOOK);
        Map<String, String> variables = builder.environment();
        variables.putAll(
                Map.of("PHAROS_HOME_DEVICES", home.toString(), "ACTION", action, "MACADDR", mac, "IPADDR", address));
        for (int i = 0; i < environment.length; i += 2) {
            variables.put("DNSMASQ_CPEWAN_" + environment[i], environment[i + 1]);
        }
        Process process = builder.redirectErrorStream(true).start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(process.waitFor()).isZero();
    }

    private void becomes(String path, String value) {
        await(path).atMost(Duration.ofSeconds(60)).until(() -> value(path).equals(value));
    }

    private String value(String path) {
        return model.snapshot().value(path).orElse("nothing");
    }

    @Test
    void a_device_that_said_who_it_is_has_a_row_for_as_long_as_its_lease_lasts() throws Exception {
        assertThat(value(ManageableDevices.COUNT)).isEqualTo("0");
        hook("add", PHONE, "192.168.1.20", "OUI", "00256d", "SERIAL", "S 1", "CLASS", "Phone");
        becomes(ManageableDevices.COUNT, "1");
        assertThat(value(TABLE + "1.ManufacturerOUI")).isEqualTo("00256D");
        assertThat(value(TABLE + "1.SerialNumber")).isEqualTo("S 1");
        assertThat(value(TABLE + "1.ProductClass")).isEqualTo("Phone");
        assertThat(value(TABLE + "1.Host")).isEmpty();

        // the same device by its radio, and a host of which the kernel hears later
        hook("add", "4C:00:00:00:00:02", "192.168.1.21", "OUI", "00256D", "SERIAL", "S 1", "CLASS", "Phone");
        String wired = hosts.add("4C:00:00:00:00:01");
        hosts.add("4c:00:00:00:00:99");
        String radio = hosts.add("4c:00:00:00:00:02");
        becomes(TABLE + "1.Host", (wired + "," + radio).replace(".,", ",").replaceFirst("\\.$", ""));
        assertThat(value(ManageableDevices.COUNT)).isEqualTo("1");

        // dnsmasq and the agent begin anew
        hook("update", PHONE, "192.168.1.20");
        begin();
        assertThat(value(ManageableDevices.COUNT)).isEqualTo("1");
        hook("remove", "4c:00:00:00:00:02", "192.168.1.21");
        assertThat(value(ManageableDevices.COUNT)).isEqualTo("1");
        hook("remove", PHONE, "192.168.1.20");
        becomes(ManageableDevices.COUNT, "0");
    }

    @Test
    void an_address_that_another_gets_is_no_longer_that_of_the_device() throws Exception {
        hook("add", PHONE, "192.168.1.20", "OUI", "00256D", "SERIAL", "S1");
        becomes(TABLE + "1.ProductClass", "");
        hook("add", PHONE, "192.168.1.20");
        becomes(ManageableDevices.COUNT, "0");
        hook("add", PHONE, "192.168.1.20", "OUI", "00256D", "SERIAL", "S1");
        becomes(ManageableDevices.COUNT, "1");
        hook("update", "4c:00:00:00:00:05", "192.168.1.20");
        becomes(ManageableDevices.COUNT, "0");
    }

    @Test
    void what_cannot_be_is_left_out() throws Exception {
        hook("add", PHONE, "192.168.1.1", "OUI", "00256D", "SERIAL", "x".repeat(65));
        hook("add", PHONE, "192.168.1.2", "OUI", "2D", "SERIAL", "1");
        hook("add", PHONE, "192.168.1.3", "OUI", "00256D", "SERIAL", "1\n2");
        hook("add", PHONE, "192.168.1.4", "OUI", "00256D", "SERIAL", "a\tb");
        hook("add", PHONE, "192.168.1.5", "OUI", "00256D");
        hook("add", "*", "192.168.1.6", "OUI", "00256D", "SERIAL", "1");
        hook("add", PHONE, "../192.168.1.7", "OUI", "00256D", "SERIAL", "1");
        hook("add", PHONE, "..", "OUI", "00256D", "SERIAL", "1");
        hook("add", PHONE, "2001:db8::1", "OUI", "00256D", "SERIAL", "1");
        hook("tftp", PHONE, "192.168.1.8", "OUI", "00256D", "SERIAL", "1");
        Files.writeString(home.resolve("192.168.1.9"), "x".repeat(100_000));
        Files.createDirectory(home.resolve("192.168.1.10"));
        Files.writeString(home.resolve("other"), PHONE + "\n00256D\n1\n\n");
        // in the language of a shell, of paths and of the data model
        hook("add", PHONE, "192.168.1.30", "OUI", "00256D", "SERIAL", "$(touch x)`;\"'\\n,Ü%s", "CLASS", "[*]=1");
        becomes(ManageableDevices.COUNT, "1");
        assertThat(value(TABLE + "1.SerialNumber")).isEqualTo("$(touch x)`;\"'\\n,Ü%s");
        assertThat(value(TABLE + "1.ProductClass")).isEqualTo("[*]=1");
        assertThat(HomeDevice.in(home)).hasSize(1);
        try (var files = Files.list(home)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.endsWith(".new"))
                    .doesNotContain("192.168.1.5", "192.168.1.8", "2001:db8::1");
        }
    }

    @Test
    void without_the_folder_there_is_no_table() throws IOException {
        assertThat(ManageableDevices.of(folder.resolve("nothing"))).isEmpty();
        assertThat(ManageableDevices.of(Files.writeString(folder.resolve("file"), "")))
                .isEmpty();
    }

    @Test
    void the_acs_is_told_of_their_number_no_more_often_than_it_said() throws Exception {
        soon();
        requests.add(new SetParameterAttributes(List.of(
                new AttributeChange(ManageableDevices.COUNT, Optional.of(Notification.ACTIVE), Optional.empty()))));
        set("Device.ManagementServer.ManageableDeviceNotificationLimit", "300");
        contact.called();
        soon();
        informs.clear();
        hook("add", PHONE, "192.168.1.20", "OUI", "00256D", "SERIAL", "S1");
        becomes(ManageableDevices.COUNT, "1");
        tells();

        hook("add", PHONE, "192.168.1.21", "OUI", "00256D", "SERIAL", "S2");
        becomes(ManageableDevices.COUNT, "2");
        hook("add", PHONE, "192.168.1.22", "OUI", "00256D", "SERIAL", "S3");
        becomes(ManageableDevices.COUNT, "3");
        timer.advance(Duration.ofSeconds(290));
        assertThat(informs).isEmpty();
        timer.advance(Duration.ofSeconds(20));
        tells();

        // with whatever else is told it comes at once, and then not again
        hook("remove", PHONE, "192.168.1.22");
        becomes(ManageableDevices.COUNT, "2");
        contact.called();
        soon();
        assertThat(told(0)).contains("4 VALUE CHANGE", "6 CONNECTION REQUEST");
        informs.clear();
        timer.advance(Duration.ofSeconds(400));
        assertThat(informs).isEmpty();
    }

    /// Of the number that there is, in one session for it.
    private void tells() {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            soon();
            return !informs.isEmpty();
        });
        assertThat(informs).hasSize(1);
        assertThat(told(0)).containsExactly("4 VALUE CHANGE");
        assertThat(informs.getFirst().parameterList())
                .anyMatch(each -> each.name().equals(ManageableDevices.COUNT)
                        && each.value().equals(value(ManageableDevices.COUNT)));
        informs.clear();
    }

    @Test
    void dnsmasq_hears_who_a_device_is_and_its_script_is_the_hook() throws Exception {
        for (String program : List.of("/usr/sbin/dnsmasq", "/usr/sbin/udhcpc")) {
            Assumptions.assumeTrue(Files.isExecutable(Path.of(program)), program + " is not installed: skipped");
        }
        Optional<TwoHosts> connected = TwoHosts.connect();
        Assumptions.assumeTrue(connected.isPresent(), "network namespaces need Linux and root: skipped");
        Path script = Files.writeString(
                folder.resolve("script"), "#!/bin/sh\nPHAROS_HOME_DEVICES='" + home + "'\n" + Files.readString(HOOK));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path leases = Files.createFile(folder.resolve("leases"));
        try (TwoHosts network = connected.get()) {
            Process server = start(
                    network,
                    Host.LEFT,
                    "dnsmasq",
                    "--no-daemon",
                    "--conf-file=/dev/null",
                    "--port=0",
                    "--user=root",
                    "--pid-file=",
                    "--interface=" + Host.LEFT.interfaceName(),
                    "--dhcp-range=10.7.0.50,10.7.0.60,1h",
                    "--no-ping",
                    "--dhcp-leasefile=" + leases,
                    "--dhcp-script=" + script);
            try {
                for (int i = 0; i < 10 && Files.size(leases) == 0; i++) {
                    lease(network);
                }
                becomes(TABLE + "1.ManufacturerOUI", "00256D");
                assertThat(value(TABLE + "1.SerialNumber")).isEqualTo("A-7");
                assertThat(value(TABLE + "1.ProductClass")).isEqualTo("TV");
            } finally {
                server.destroyForcibly().waitFor();
            }
        }
    }

    /// Of a client that says: enterprise 3561, OUI 00256D, serial number A-7, product class TV.
    private void lease(TwoHosts network) throws IOException, InterruptedException {
        Process client = start(
                network,
                Host.RIGHT,
                "udhcpc",
                "-f",
                "-n",
                "-q",
                "-i",
                Host.RIGHT.interfaceName(),
                "-s",
                "/bin/true",
                "-x",
                "0x7d:00000de9110106303032353644" + "0203412d37" + "03025456");
        assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private Process start(TwoHosts network, Host host, String... command) throws IOException {
        return new ProcessBuilder(network.inside(host, List.of(command)))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(command[0] + ".log").toFile())
                .start();
    }
}
