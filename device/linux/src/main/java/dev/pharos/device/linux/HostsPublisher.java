// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.device.linux.NetworkPublisher.Interfaces;
import dev.pharos.device.linux.RowSync.Wanted;
import dev.pharos.device.linux.netlink.NetlinkMessage.Neighbour;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes those whom the kernel knows as neighbours into `Device.Hosts.Host.`, by their hardware address.
final class HostsPublisher {
    private static final String HOSTS = "Device.Hosts.Host.";
    private static final int FAILED = 0x20;

    /// Entries that are no neighbours: links without address resolution.
    private static final int NO_ARP = 0x40;

    private final RowSync rows;

    HostsPublisher(RowSync rows) {
        this.rows = rows;
    }

    void publish(Transaction transaction, List<Neighbour> neighbours, Interfaces interfaces) {
        Map<String, List<Neighbour>> byAddress = new LinkedHashMap<>();
        for (Neighbour neighbour : neighbours) {
            if (!neighbour.mac().isEmpty() && (neighbour.state() & NO_ARP) == 0) {
                byAddress
                        .computeIfAbsent(neighbour.mac(), m -> new ArrayList<>())
                        .add(neighbour);
            }
        }
        List<Wanted> wanted = new ArrayList<>();
        byAddress.forEach((mac, entries) -> wanted.add(host(mac, entries, interfaces)));
        Map<Map<String, String>, String> paths = rows.sync(transaction, HOSTS, wanted);
        paths.forEach((keys, path) -> {
            List<Neighbour> entries = byAddress.getOrDefault(keys.getOrDefault("PhysAddress", ""), List.of());
            rows.sync(transaction, path + "IPv4Address.", addresses(entries, false));
            rows.sync(transaction, path + "IPv6Address.", addresses(entries, true));
        });
    }

    private static Wanted host(String mac, List<Neighbour> entries, Interfaces interfaces) {
        Neighbour first =
                entries.stream().filter(entry -> !isSix(entry)).findFirst().orElse(entries.getFirst());
        boolean active = entries.stream().anyMatch(entry -> (entry.state() & FAILED) == 0);
        String port = interfaces.ethernet(first.index());
        return new Wanted(
                Map.of("PhysAddress", mac),
                Map.of(
                        "IPAddress", first.address(),
                        "Layer1Interface", port,
                        "Layer3Interface", interfaces.ip(first.index()),
                        "InterfaceType", port.isEmpty() ? "Other" : "Ethernet",
                        "Active", Boolean.toString(active)));
    }

    private static List<Wanted> addresses(List<Neighbour> entries, boolean six) {
        return entries.stream()
                .filter(entry -> isSix(entry) == six)
                .map(entry -> new Wanted(Map.of("IPAddress", entry.address()), Map.of()))
                .distinct()
                .toList();
    }

    private static boolean isSix(Neighbour neighbour) {
        return neighbour.address().indexOf(':') >= 0;
    }
}
