// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.device.prplos.ubus.UbusClient;
import dev.pharos.device.prplos.ubus.UbusException;
import dev.pharos.device.prplos.ubus.UbusMethod;
import dev.pharos.device.prplos.ubus.UbusObject;
import dev.pharos.device.prplos.ubus.UbusStatus;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import dev.pharos.device.prplos.uci.UciPackage;
import dev.pharos.device.prplos.uci.UciSection;
import dev.pharos.device.prplos.uci.UciStore;
import dev.pharos.usp.MalformedInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Stands for netifd and procd on the bus of a demonstration: says what is asked of them, and has every radio that is
/// enabled up at once, with its networks and one station each.
final class DemoSystem {
    private final UciStore configuration;
    private final Consumer<String> calls;

    /// @param calls told what is called, as `network reload`
    DemoSystem(UciStore configuration, Consumer<String> calls) {
        this.configuration = configuration;
        this.calls = calls;
    }

    void serveOn(UbusClient bus) throws UbusException, InterruptedException {
        bus.serve(new UbusObject("network", Map.of("reload", UbusMethod.of(_ -> done("network reload")))));
        bus.serve(new UbusObject("service", Map.of("event", UbusMethod.of(_ -> done("service event")))));
        bus.serve(new UbusObject("network.wireless", Map.of("status", UbusMethod.of(_ -> List.of(status())))));
        bus.serve(new UbusObject("network.interface", Map.of("dump", UbusMethod.of(_ -> List.of(interfaces())))));
        bus.serve(hostapd("radio0-ap0", 6, "02:00:f0:00:00:0a"));
        bus.serve(hostapd("radio1-ap0", 36, "02:00:f0:00:00:0b"));
    }

    /// The first network of a radio, with one station.
    private static UbusObject hostapd(String network, int channel, String station) {
        UbusTable clients = UbusTable.EMPTY.with(
                station,
                UbusTable.EMPTY
                        .with("assoc", true)
                        .with("authorized", true)
                        .with("ht", true)
                        .with("he", true)
                        .with("signal", -48));
        return new UbusObject(
                "hostapd." + network,
                Map.of(
                        "get_clients",
                        UbusMethod.of(_ -> List.of(UbusTable.EMPTY.with("clients", clients))),
                        "get_status",
                        UbusMethod.of(_ -> List.of(UbusTable.EMPTY.with("channel", channel)))));
    }

    private List<UbusTable> done(String call) {
        calls.accept(call);
        return List.of();
    }

    private UciPackage configured(String packageName) throws UbusException {
        try {
            return configuration.read(packageName);
        } catch (IOException | MalformedInputException unreadable) {
            throw new UbusException(UbusStatus.UNKNOWN_ERROR, String.valueOf(unreadable.getMessage()));
        }
    }

    /// Every interface that is enabled is up.
    private UbusTable interfaces() throws UbusException {
        return UbusTable.EMPTY.with(
                "interface",
                new UbusValue.Array(configured("network").ofType("interface").stream()
                        .filter(section -> !isDisabled(section))
                        .<UbusValue>map(section -> UbusTable.EMPTY
                                .with("interface", section.id())
                                .with("up", true)
                                .with("l3_device", section.text("device").orElse("")))
                        .toList()));
    }

    private UbusTable status() throws UbusException {
        UciPackage wireless = configured("wireless");
        UbusTable radios = UbusTable.EMPTY;
        for (UciSection radio : wireless.sections()) {
            if (radio.type().equals("wifi-device")) {
                boolean disabled = isDisabled(radio);
                radios = radios.with(
                        radio.id(),
                        UbusTable.EMPTY
                                .with("up", !disabled)
                                .with("pending", false)
                                .with("disabled", disabled)
                                .with("retry_setup_failed", false)
                                .with(
                                        "interfaces",
                                        new UbusValue.Array(disabled ? List.of() : networks(wireless, radio.id()))));
            }
        }
        return radios;
    }

    private static List<UbusValue> networks(UciPackage wireless, String radio) {
        List<UbusValue> networks = new ArrayList<>();
        for (UciSection network : wireless.sections()) {
            if (network.type().equals("wifi-iface")
                    && network.text("device").filter(radio::equals).isPresent()
                    && network.text("mode").filter("ap"::equals).isPresent()
                    && !isDisabled(network)) {
                networks.add(
                        UbusTable.EMPTY.with("section", network.id()).with("ifname", radio + "-ap" + networks.size()));
            }
        }
        return networks;
    }

    private static boolean isDisabled(UciSection section) {
        return section.text("disabled").filter("1"::equals).isPresent();
    }
}
