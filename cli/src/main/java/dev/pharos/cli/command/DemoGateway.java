// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.agent.config.AgentSurroundings;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.device.prplos.mapping.Mapping;
import dev.pharos.device.prplos.ubus.UbusClient;
import dev.pharos.device.prplos.ubus.UbusConfig;
import dev.pharos.device.prplos.ubus.UbusException;
import dev.pharos.device.prplos.uci.UciFolders;
import dev.pharos.device.prplos.uci.UciStore;
import dev.pharos.fleet.Access;
import dev.pharos.fleet.ControllerAddress;
import dev.pharos.fleet.ManagingController;
import dev.pharos.testkit.ubus.UbusDaemon;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// A gateway with OpenWrt for people who have none at hand: its configuration is files in a folder, and it has a bus of
/// its own, see [DemoSystem].
final class DemoGateway implements AutoCloseable {
    static final EndpointId ID = EndpointId.of("os::0200F0-DEMOprplos");

    /// The longest name of a socket, in bytes; the system takes no longer one.
    private static final int SOCKET_NAME = 100;

    /// As OpenWrt writes it at the first start, with networks.
    private static final String WIRELESS = """
            config wifi-device 'radio0'
            \toption type 'mac80211'
            \toption band '2g'
            \toption channel '6'
            \toption htmode 'HE20'
            \toption country 'DE'

            config wifi-device 'radio1'
            \toption type 'mac80211'
            \toption band '5g'
            \toption channel '36'
            \toption htmode 'HE80'
            \toption country 'DE'

            config wifi-iface 'default_radio0'
            \toption device 'radio0'
            \toption network 'lan'
            \toption mode 'ap'
            \toption ssid 'OpenWrt'
            \toption encryption 'psk2'
            \toption key 'PASSPHRASE'

            # the same network on 5 GHz
            config wifi-iface 'default_radio1'
            \toption device 'radio1'
            \toption network 'lan'
            \toption mode 'ap'
            \toption ssid 'OpenWrt'
            \toption encryption 'psk2'
            \toption key 'PASSPHRASE'
            """;

    /// What else there is, by package.
    private static final Map<String, String> OTHERS =
            Map.of("network", """
            config interface 'lan'
            \toption device 'br-lan'
            \toption proto 'static'
            \toption ipaddr '192.168.1.1'
            \toption netmask '255.255.255.0'
            """, "dhcp", """
            config dhcp 'lan'
            \toption interface 'lan'
            \toption start '100'
            \toption limit '150'
            \toption leasetime '12h'
            """, "firewall", """
            config zone
            \toption name 'wan'
            \toption masq '1'
            """, "system", """
            config system
            \toption hostname 'OpenWrt'
            \toption timezone 'UTC'

            config timeserver 'ntp'
            \toption enabled '1'
            \tlist server '0.openwrt.pool.ntp.org'
            \tlist server '1.openwrt.pool.ntp.org'
            """);

    private final Path wireless;
    private final UbusDaemon bus;
    private final UbusClient system;
    private final AgentDevice.Running agent;

    private DemoGateway(Path wireless, UbusDaemon bus, UbusClient system, AgentDevice.Running agent) {
        this.wireless = wireless;
        this.bus = bus;
        this.system = system;
        this.agent = agent;
    }

    /// Starts it; what it was configured before in this folder, it is again.
    ///
    /// @param url where its controller is
    /// @param calls told what is called on the bus, as `network reload`
    static DemoGateway start(Path folder, String url, EndpointId controller, SharedTimer timer, Consumer<String> calls)
            throws IOException, InterruptedException {
        UciFolders files = UciFolders.beneath(folder.toAbsolutePath());
        Files.createDirectories(files.config());
        Path wireless = files.config().resolve("wireless");
        if (Files.notExists(wireless)) {
            Files.writeString(wireless, WIRELESS.replace("PASSPHRASE", passphrase()));
        }
        for (Map.Entry<String, String> other : OTHERS.entrySet()) {
            Path file = files.config().resolve(other.getKey());
            if (Files.notExists(file)) {
                Files.writeString(file, other.getValue());
            }
        }
        UbusDaemon bus = UbusDaemon.at(socket(folder.toAbsolutePath()));
        UbusClient system = UbusClient.open(UbusConfig.at(bus.socket()));
        try {
            new DemoSystem(new UciStore(files), calls).serveOn(system);
        } catch (UbusException refused) {
            throw new IOException("the demonstration's ubus: " + refused.getMessage(), refused);
        }
        AgentDevice.Running agent = AgentDevice.PRPLOS.make(new AgentDevice.Plan(
                ID,
                List.of(new ManagingController(
                        controller, ControllerAddress.parse(url, Access.NONE), ControllerRole.FULL)),
                folder.resolve("agent"),
                new AgentDevice.Extras(
                        Optional.empty(),
                        AgentSurroundings.NONE,
                        Optional.empty(),
                        new AgentDevice.Gateway(files, UbusConfig.at(bus.socket()), Mapping.ofOpenWrt()),
                        Access.NONE,
                        AgentDevice.HostParts.NONE),
                UnaryOperator.identity(),
                AgentRuntime.with(timer)));
        DemoGateway gateway = new DemoGateway(wireless, bus, system, agent);
        agent.start().run();
        return gateway;
    }

    /// Nobody knows it beforehand.
    private static String passphrase() {
        byte[] drawn = new byte[10];
        new SecureRandom().nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }

    private static Path socket(Path folder) throws IOException {
        Path usual = folder.resolve("ubus.sock");
        boolean fits = usual.toString().getBytes(StandardCharsets.UTF_8).length <= SOCKET_NAME;
        Path socket = fits ? usual : Files.createTempDirectory("pharos-ubus").resolve("ubus.sock");
        // of a demonstration that was killed
        Files.deleteIfExists(socket);
        return socket;
    }

    /// Where the radios and networks stand.
    Path wireless() {
        return wireless;
    }

    @Override
    public void close() {
        agent.stop().run();
        system.close();
        try {
            bus.close();
        } catch (IOException unclean) {
            throw new UncheckedIOException(unclean);
        }
    }
}
