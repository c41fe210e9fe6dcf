// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.mtp.discovery.choice.GatewayFinder;
import dev.pharos.mtp.discovery.dhcp.DeviceDescription;
import dev.pharos.mtp.discovery.dhcp.DhcpMessage;
import dev.pharos.mtp.discovery.dhcp.DhcpReply;
import dev.pharos.mtp.discovery.dhcp.DhcpRequest;
import dev.pharos.mtp.discovery.dhcp.DhcpVersion;
import dev.pharos.mtp.discovery.dhcp.HostLeases;
import dev.pharos.mtp.discovery.dhcp.VendorClass;
import dev.pharos.mtp.discovery.dns.IpStack;
import dev.pharos.mtp.discovery.dns.NameLookup;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.TwoHosts;
import dev.pharos.testkit.TwoHosts.Host;
import dev.pharos.usp.Bytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// DHCP clients and a DHCP server as hosts have them, set up with what [DhcpRequest] and [DhcpReply] say: the client
/// on the right host, who listens on the left one.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DhcpExchangeTest {
    private static final DeviceDescription DEVICE = new DeviceDescription("00256D", "4711", "Lamp");
    private static final DeviceDescription GATEWAY = new DeviceDescription("0200F0", "20261125", "G");
    private static final String SETUP = new DhcpRequest(DEVICE).setup(DhcpRequest.Client.UDHCPC);

    private static final Path PACKAGE =
            Path.of("../../package/openwrt").toAbsolutePath().normalize();

    private final TwoHosts hosts;

    @TempDir
    private Path folder = Path.of("");

    DhcpExchangeTest() throws IOException, InterruptedException {
        for (String program : List.of("udhcpc", "dhclient", "dnsmasq")) {
            Assumptions.assumeTrue(
                    Files.isExecutable(Path.of("/usr/sbin", program)) || Files.isExecutable(Path.of("/sbin", program)),
                    program + " is not installed: skipped");
        }
        Optional<TwoHosts> connected = TwoHosts.connect();
        Assumptions.assumeTrue(connected.isPresent(), "network namespaces need Linux and root: skipped");
        hosts = connected.orElseThrow();
    }

    @AfterAll
    void disconnect() {
        hosts.close();
    }

    private Process start(Host host, List<String> command) throws IOException {
        return new ProcessBuilder(hosts.inside(host, command))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(command.getFirst() + ".log").toFile())
                .start();
    }

    /// What the client sent first.
    private DhcpMessage heard(DhcpVersion version, List<String> client) throws Exception {
        Process listener = hosts.java(
                Host.LEFT, MulticastTest.CLASS_PATH, DhcpListener.class, version.name(), Host.LEFT.interfaceName());
        try (BufferedReader lines = listener.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("listening");
            for (int i = 0; i < 12; i++) {
                Process sending = start(Host.RIGHT, client);
                try {
                    for (int wait = 0; wait < 50 && !lines.ready(); wait++) {
                        Thread.sleep(100);
                    }
                    if (lines.ready()) {
                        return DhcpMessage.parse(version, Bytes.ofHex(lines.readLine()));
                    }
                } finally {
                    sending.destroyForcibly().waitFor();
                }
            }
            throw new AssertionError(
                    "nothing came of " + client + ": " + Files.readString(folder.resolve(client.getFirst() + ".log")));
        } finally {
            listener.destroyForcibly();
        }
    }

    private static void assertAsksForAController(DhcpMessage message) throws Exception {
        assertThat(VendorClass.in(message.options()).asksForController()).isTrue();
        assertThat(DeviceDescription.ofClient(message.options())).contains(DEVICE);
    }

    /// The second line of the setup, as a shell would take it apart.
    private static List<String> udhcpcOptions() {
        return List.of(SETUP.lines().toList().get(1).strip().split(" "));
    }

    private List<String> udhcpc(List<String> options) throws IOException {
        String hook = SETUP.lines().skip(3).reduce("#!/bin/sh", (all, line) -> all + "\n" + line);
        return udhcpc(options, hook.replace("/var/run/pharos/dhcp", folder.toString()) + "\n");
    }

    private List<String> udhcpc(List<String> options, String hook) throws IOException {
        Path script = program("hook", hook);
        List<String> command = new ArrayList<>(
                List.of("udhcpc", "-f", "-n", "-q", "-i", Host.RIGHT.interfaceName(), "-s", script.toString()));
        command.addAll(options);
        return command;
    }

    private Path program(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private List<String> dhclient(String... more) throws IOException {
        Path config = Files.writeString(
                folder.resolve("dhclient.conf"), new DhcpRequest(DEVICE).setup(DhcpRequest.Client.DHCLIENT));
        List<String> command = new ArrayList<>(List.of("dhclient", "-d", "-sf", "/bin/true", "-cf", config.toString()));
        command.addAll(List.of(
                "-lf",
                folder.resolve("leases").toString(),
                "-pf",
                folder.resolve("pid").toString()));
        command.addAll(List.of(more));
        command.add(Host.RIGHT.interfaceName());
        return command;
    }

    @Test
    @Requirement({"R-DIS.1", "R-DIS.2a"})
    void udhcpc_asks_for_a_controller_and_says_which_device_it_is() throws Exception {
        assertAsksForAController(heard(DhcpVersion.V4, udhcpc(udhcpcOptions())));
    }

    @Test
    @Requirement({"R-DIS.1", "R-DIS.2a"})
    void dhclient_asks_for_a_controller_and_says_which_device_it_is_with_both_versions() throws Exception {
        assertAsksForAController(heard(DhcpVersion.V4, dhclient("-4")));
        assertAsksForAController(heard(DhcpVersion.V6, dhclient("-6")));
    }

    @Test
    @Requirement("R-DIS.2b")
    void dnsmasq_says_which_gateway_it_is_to_devices_that_say_who_they_are_and_to_no_other() throws Exception {
        Path config = Files.writeString(folder.resolve("dnsmasq.conf"), new DhcpReply(GATEWAY).dnsmasq());
        Process server = dnsmasq(config);
        try {
            assertThat(gatewayOf(udhcpcOptions())).contains(GATEWAY);
            List<String> without = new ArrayList<>(udhcpcOptions());
            int information = without.indexOf("-x") + 2;
            assertThat(without.get(information + 1)).startsWith("0x7d:");
            without.remove(information + 1);
            without.remove(information);
            assertThat(gatewayOf(without)).isEmpty();
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    private Process dnsmasq(Path config) throws IOException {
        return start(
                Host.LEFT,
                List.of(
                        "dnsmasq",
                        "--no-daemon",
                        "--port=0",
                        "--user=root",
                        "--pid-file=",
                        "--interface=" + Host.LEFT.interfaceName(),
                        "--dhcp-range=10.7.0.50,10.7.0.60,1h",
                        "--no-ping",
                        "--dhcp-leasefile=" + folder.resolve("dnsmasq.leases"),
                        "--conf-file=" + config));
    }

    /// What the script of the package for OpenWrt has its configuration say, as dnsmasq is then told.
    private String toldByThePackage() throws Exception {
        program("ubus", """
                #!/bin/sh
                case "$*" in
                *ManufacturerOUI*) echo 0200F0 ;;
                *SerialNumber*) echo 20261125 ;;
                *ProductClass*) echo G ;;
                esac
                """);
        program("jsonfilter", "#!/bin/sh\n[ \"$2\" = '@.results[0].data' ] && cat\n");
        program("hexdump", "#!/bin/sh\nod -An -v -tx1 | tr -d '\\n' | sed 's/^ //; s/ /:/g; s/$/:/'\n");
        program("uci", """
                #!/bin/sh
                case $1 in
                -q) echo 'tag:cpewan-id,vi-encap:3561,5,31:32 3,192.168.1.1' ;;
                *) echo "$*" ;;
                esac
                """);
        Process script = new ProcessBuilder(
                        "/usr/bin/env",
                        "PATH=" + folder + ":" + System.getenv("PATH"),
                        "PHAROS_DNSMASQ=/bin/true",
                        PACKAGE.resolve("tell-gateway").toString())
                .redirectErrorStream(true)
                .start();
        List<String> said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(script.waitFor()).as(said.toString()).isZero();
        String list = " dhcp.@dnsmasq[0].dhcp_option_force=";
        assertThat(said).hasSize(5).startsWith("del_list" + list + "tag:cpewan-id,vi-encap:3561,5,31:32");
        assertThat(said).endsWith("commit dhcp");
        return said.stream()
                .filter(line -> line.startsWith("add_list" + list))
                .map(line -> "dhcp-option-force=" + line.substring(("add_list" + list).length()) + "\n")
                .reduce("", String::concat);
    }

    @Test
    @Requirement("R-DIS.2b")
    void the_package_for_openwrt_has_dnsmasq_say_which_gateway_it_is_and_keeps_what_the_wan_says() throws Exception {
        Process server = dnsmasq(Files.writeString(folder.resolve("told.conf"), toldByThePackage()));
        String hook = "#!/bin/sh\nPHAROS_LEASES=" + folder.resolve("leases.d") + "\n"
                + Files.readString(PACKAGE.resolve("pharos-agent.udhcpc"));
        Path lease = folder.resolve("leases.d").resolve(Host.RIGHT.interfaceName() + ".env");
        try {
            for (int i = 0; i < 10 && !Files.exists(lease); i++) {
                Process client = start(Host.RIGHT, udhcpc(udhcpcOptions(), hook));
                assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(gatewayIn(lease)).contains(GATEWAY);
            Process ends = new ProcessBuilder("/bin/sh", folder.resolve("hook").toString(), "deconfig")
                    .redirectErrorStream(true)
                    .start();
            ends.getOutputStream().close();
            assertThat(ends.waitFor()).isZero();
            assertThat(lease).exists();
            ProcessBuilder named =
                    new ProcessBuilder("/bin/sh", folder.resolve("hook").toString(), "deconfig");
            named.environment().put("interface", Host.RIGHT.interfaceName());
            assertThat(named.start().waitFor()).isZero();
            assertThat(lease).doesNotExist();
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    /// Gets a lease, and reads in it which gateway gave it.
    private Optional<DeviceDescription> gatewayOf(List<String> options) throws Exception {
        Path lease = folder.resolve(Host.RIGHT.interfaceName() + ".env");
        Files.deleteIfExists(lease);
        for (int i = 0; i < 10 && !Files.exists(lease); i++) {
            Process client = start(Host.RIGHT, udhcpc(options));
            assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        return gatewayIn(lease);
    }

    private Optional<DeviceDescription> gatewayIn(Path lease) throws IOException {
        assertThat(Files.readString(lease, StandardCharsets.UTF_8)).contains("serverid=10.7.0.1");
        return new GatewayFinder(new NameLookup(Optional.empty(), Optional.empty(), Set.of(IpStack.V4)))
                .find(new HostLeases(folder, List.of(lease)).scan(), Instant.now())
                .map(GatewayFinder.Gateway::description);
    }
}
