// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.device.prplos.mapping.Mapping;
import dev.pharos.device.prplos.ubus.UbusClient;
import dev.pharos.device.prplos.ubus.UbusConfig;
import dev.pharos.device.prplos.ubus.UbusMethod;
import dev.pharos.device.prplos.ubus.UbusObject;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import dev.pharos.device.prplos.uci.UciFolders;
import dev.pharos.testkit.ubus.UbusDaemon;
import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How radios and networks stand, as netifd tells it.
class WirelessStateTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String RADIO = "Device.WiFi.Radio.1.Status";
    private static final String SSID = "Device.WiFi.SSID.1.Status";
    private static final String POINT = "Device.WiFi.AccessPoint.1.Status";

    @TempDir
    private Path root = Path.of("");

    private volatile UbusTable radio = radio("up");

    /// As netifd answers: the radio's flags, and the interfaces that it has brought up.
    private static UbusTable radio(String flag, UbusTable... interfaces) {
        return UbusTable.EMPTY
                .with("up", flag.equals("up"))
                .with("pending", flag.equals("pending"))
                .with("disabled", flag.equals("disabled"))
                .with("retry_setup_failed", flag.equals("retry_setup_failed"))
                .with("interfaces", new UbusValue.Array(List.of(interfaces)));
    }

    private static UbusTable network(String section) {
        return UbusTable.EMPTY.with("section", section).with("ifname", "phy0-ap0");
    }

    private UbusObject netifd() {
        return new UbusObject("network.wireless", Map.of("status", UbusMethod.of(call -> {
            return List.of(UbusTable.EMPTY.with("radio0", radio));
        })));
    }

    @Test
    void state_follows_what_netifd_says_and_nobody_else_is_believed() throws Exception {
        Path config = UciFolders.beneath(root).config();
        Files.createDirectories(config);
        Files.writeString(config.resolve("wireless"), """
                config wifi-device 'radio0'
                \toption band '5g'
                \toption channel '36'

                config wifi-iface 'home'
                \toption device 'radio0'
                \toption mode 'ap'
                \toption ssid 'Home'
                """);
        try (UbusDaemon bus = UbusDaemon.at(root.resolve("ubus.sock"));
                UbusClient others = UbusClient.open(UbusConfig.at(bus.socket()))) {
            assertThat(others.awaitConnected(PATIENCE)).isTrue();
            PrplosDevice gateway =
                    PrplosDevice.open(UciFolders.beneath(root), UbusConfig.at(bus.socket()), Mapping.ofOpenWrt());
            InstantiatedDataModel model = InstantiatedDataModel.start(gateway.elements(), ChangeJournal.none());
            assertThat(states(model)).containsExactly("Unknown", "Unknown", "Error");

            Closeable netifd = others.serve(netifd());
            assertStates(model, "Up", "Down", "Disabled");

            radio = radio("pending");
            others.send("network.interface", UbusTable.EMPTY.with("action", "ifupdate"), PATIENCE);
            assertStates(model, "Dormant", "Down", "Disabled");
            radio = radio("up", network("guest"), network("home"));
            others.send("network.interface", UbusTable.EMPTY.with("action", "ifup"), PATIENCE);
            assertStates(model, "Up", "Up", "Enabled");
            radio = radio("retry_setup_failed");
            assertStates(model, "Error", "Down", "Disabled");
            radio = radio("disabled");
            assertStates(model, "Down", "Down", "Disabled");

            netifd.close();
            assertStates(model, "Unknown", "Unknown", "Error");
            model.close();
            gateway.close();
        }
    }

    private static List<String> states(InstantiatedDataModel model) {
        return List.of(RADIO, SSID, POINT).stream()
                .map(path -> model.snapshot().value(path).orElse("no " + path))
                .toList();
    }

    private static void assertStates(InstantiatedDataModel model, String... wanted) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(states(model)).containsExactly(wanted));
    }
}
