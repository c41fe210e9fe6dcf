// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.agent;

import dev.pharos.bench.measure.Scratch;
import dev.pharos.device.prplos.ubus.UbusClient;
import dev.pharos.device.prplos.ubus.UbusConfig;
import dev.pharos.device.prplos.ubus.UbusException;
import dev.pharos.device.prplos.ubus.UbusMethod;
import dev.pharos.device.prplos.ubus.UbusObject;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import dev.pharos.testkit.ubus.UbusDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What a gateway has around its agent: configuration files, a ubusd, and netifd, procd and hostapd, which answer at
/// once
/// and do nothing: two radios with two networks each.
final class GatewaySystem implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int NETWORKS = 4;
    private static final String FIRST = "hostapd.ap0";

    private final Scratch scratch;
    private final UbusDaemon daemon;
    private final UbusClient daemons;
    private volatile UbusTable stations = UbusTable.EMPTY;

    private GatewaySystem(Scratch scratch, UbusDaemon daemon, UbusClient daemons) {
        this.scratch = scratch;
        this.daemon = daemon;
        this.daemons = daemons;
    }

    static GatewaySystem start() throws IOException, InterruptedException, UbusException {
        Scratch scratch = Scratch.open();
        Path config = Files.createDirectories(scratch.path().resolve("config"));
        StringBuilder wireless = new StringBuilder();
        for (int radio = 0; radio < 2; radio++) {
            wireless.append("config wifi-device 'radio" + radio + "'\n\toption type 'mac80211'\n\toption band '"
                    + (radio == 0 ? "2g" : "5g") + "'\n\toption channel '" + (radio == 0 ? 6 : 36)
                    + "'\n\toption htmode 'HE20'\n\n");
        }
        for (int network = 0; network < NETWORKS; network++) {
            wireless.append("config wifi-iface 'net" + network + "'\n\toption device 'radio" + network % 2
                    + "'\n\toption network 'lan'\n\toption mode 'ap'\n\toption ssid 'name" + network
                    + "'\n\toption encryption 'psk2'\n\toption key 'long enough'\n\n");
        }
        Files.writeString(config.resolve("wireless"), wireless);
        UbusDaemon daemon = UbusDaemon.at(scratch.path().resolve("ubus.sock"));
        UbusClient daemons = UbusClient.open(UbusConfig.at(daemon.socket()));
        GatewaySystem system = new GatewaySystem(scratch, daemon, daemons);
        system.serve();
        return system;
    }

    private void serve() throws IOException, InterruptedException, UbusException {
        UbusMethod nothing = UbusMethod.of(_ -> List.of());
        daemons.serve(new UbusObject("network", Map.of("reload", nothing)));
        daemons.serve(new UbusObject("service", Map.of("event", nothing)));
        daemons.serve(new UbusObject("network.wireless", Map.of("status", UbusMethod.of(_ -> List.of(radios())))));
        for (int network = 0; network < NETWORKS; network++) {
            boolean first = network == 0;
            daemons.serve(new UbusObject(
                    "hostapd.ap" + network,
                    Map.of(
                            "get_clients",
                            UbusMethod.of(_ ->
                                    List.of(UbusTable.EMPTY.with("clients", first ? stations : UbusTable.EMPTY))))));
        }
        if (!daemons.awaitConnected(PATIENCE)) {
            throw new IOException("the daemons of the gateway did not come");
        }
    }

    private static UbusTable radios() {
        UbusTable radios = UbusTable.EMPTY;
        for (int radio = 0; radio < 2; radio++) {
            radios = radios.with(
                    "radio" + radio,
                    UbusTable.EMPTY
                            .with("up", true)
                            .with("interfaces", new UbusValue.Array(List.of(network(radio), network(radio + 2)))));
        }
        return radios;
    }

    private static UbusValue network(int number) {
        return UbusTable.EMPTY.with("section", "net" + number).with("ifname", "ap" + number);
    }

    /// What the agent is told of where it is.
    List<String> options() {
        return List.of(
                "--device",
                "prplos",
                "--uci",
                scratch.path().resolve("config").toString(),
                "--ubus",
                daemon.socket().toString());
    }

    String configured() throws IOException {
        return Files.readString(scratch.path().resolve("config/wireless"));
    }

    /// Waits until the agent wants to hear of stations of the first network.
    void awaitWatched() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!daemons.isWatched(FIRST)) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("the agent does not ask to hear of stations");
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /// A station comes to the first network, or goes from it.
    void station(boolean here) throws IOException, InterruptedException, UbusException {
        String mac = "02:00:00:00:00:01";
        stations = here
                ? UbusTable.EMPTY.with(mac, UbusTable.EMPTY.with("assoc", true).with("authorized", true))
                : UbusTable.EMPTY;
        daemons.notify(FIRST, here ? "assoc" : "disassoc", UbusTable.EMPTY.with("address", mac), PATIENCE);
    }

    @Override
    public void close() throws IOException {
        daemons.close();
        daemon.close();
        scratch.close();
    }
}
