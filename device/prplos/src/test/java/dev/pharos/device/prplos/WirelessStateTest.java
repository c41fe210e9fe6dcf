// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.device.prplos.mapping.Mapping;
import dev.pharos.device.prplos.mapping.Way;
import dev.pharos.device.prplos.ubus.UbusClient;
import dev.pharos.device.prplos.ubus.UbusConfig;
import dev.pharos.device.prplos.ubus.UbusMethod;
import dev.pharos.device.prplos.ubus.UbusObject;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import dev.pharos.device.prplos.uci.UciFolders;
import dev.pharos.testkit.ubus.UbusDaemon;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger reloads = new AtomicInteger();
    private volatile UbusTable radio = radio("up");
    private @Nullable UbusDaemon daemon;
    private @Nullable UbusClient system;
    private @Nullable PrplosDevice device;
    private @Nullable InstantiatedDataModel model;

    @BeforeEach
    void start() throws Exception {
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
        UbusDaemon bus = UbusDaemon.at(root.resolve("ubus.sock"));
        daemon = bus;
        UbusClient others = UbusClient.open(UbusConfig.at(bus.socket()));
        system = others;
        assertThat(others.awaitConnected(PATIENCE)).isTrue();
        PrplosDevice gateway = PrplosDevice.open(
                UciFolders.beneath(root), UbusConfig.at(bus.socket()), Mapping.ofOpenWrt(), Way.Guarding.NONE);
        device = gateway;
        model = InstantiatedDataModel.start(gateway.elements(), ChangeJournal.none());
    }

    @AfterEach
    void stop() throws IOException {
        model().close();
        Objects.requireNonNull(device).close();
        system().close();
        Objects.requireNonNull(daemon).close();
    }

    private InstantiatedDataModel model() {
        return Objects.requireNonNull(model);
    }

    private UbusClient system() {
        return Objects.requireNonNull(system);
    }

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
            asked.incrementAndGet();
            return List.of(UbusTable.EMPTY.with("radio0", radio));
        })));
    }

    /// Takes every configuration, and finds out later that the radio has no channel 149.
    private UbusObject network() {
        return new UbusObject("network", Map.of("reload", UbusMethod.of(call -> {
            reloads.incrementAndGet();
            try {
                radio = radio(wireless().contains("'149'") ? "retry_setup_failed" : "up");
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
            return List.of();
        })));
    }

    private String wireless() throws IOException {
        return Files.readString(UciFolders.beneath(root).config().resolve("wireless"));
    }

    private void set(String path, String value) {
        model().write(Origin.MANAGEMENT, transaction -> {
            transaction.set(path, value);
            return transaction;
        });
    }

    private String value(String path) {
        return model().snapshot().value(path).orElse("no " + path);
    }

    @Test
    void state_follows_what_netifd_says_and_nobody_else_is_believed() throws Exception {
        assertThat(states()).containsExactly("Unknown", "Unknown", "Error");

        Closeable netifd = system().serve(netifd());
        assertStates("Up", "Down", "Disabled");

        radio = radio("pending");
        system().send("network.interface", UbusTable.EMPTY.with("action", "ifupdate"), PATIENCE);
        assertStates("Dormant", "Down", "Disabled");
        radio = radio("up", network("guest"), network("home"));
        system().send("network.interface", UbusTable.EMPTY.with("action", "ifup"), PATIENCE);
        assertStates("Up", "Up", "Enabled");
        radio = radio("retry_setup_failed");
        assertStates("Error", "Down", "Disabled");
        radio = radio("disabled");
        assertStates("Down", "Down", "Disabled");

        netifd.close();
        assertStates("Unknown", "Unknown", "Error");
    }

    @Test
    void what_a_radio_fails_with_after_it_was_accepted_is_taken_back() throws Exception {
        system().serve(netifd());
        system().serve(network());
        assertStates("Up", "Down", "Disabled");
        String before = wireless();

        set("Device.WiFi.SSID.1.SSID", "Sound");
        set("Device.WiFi.Radio.1.Channel", "149");

        await().atMost(PATIENCE)
                .until(() -> value("Device.WiFi.Radio.1.Channel").equals("36"));
        assertThat(wireless()).isEqualTo(before);
        // the first write was still tried too, and may be what failed
        assertThat(value("Device.WiFi.SSID.1.SSID")).isEqualTo("Home");
        assertThat(reloads).hasValue(3);
        assertStates("Up", "Down", "Disabled");
    }

    @Test
    void what_did_not_work_before_is_no_reason_to_take_a_write_back() throws Exception {
        system().serve(netifd());
        radio = radio("retry_setup_failed");
        assertStates("Error", "Down", "Disabled");
        system().serve(new UbusObject("network", Map.of("reload", UbusMethod.of(call -> List.of()))));

        set("Device.WiFi.SSID.1.SSID", "Sound");

        int then = asked.get();
        for (int news = 1; news <= 3; news++) {
            system().send("network.interface", UbusTable.EMPTY, PATIENCE);
            int least = then + news;
            await().atMost(PATIENCE).until(() -> asked.get() >= least);
        }
        assertThat(value("Device.WiFi.SSID.1.SSID")).isEqualTo("Sound");
        assertThat(wireless()).contains("'Sound'");
    }

    private List<String> states() {
        return List.of(value(RADIO), value(SSID), value(POINT));
    }

    private void assertStates(String... wanted) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(states()).containsExactly(wanted));
    }
}
