// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.device.linux.RowSync.Wanted;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/// `Device.NeighborDiscovery.`: how the kernel looks for neighbours and routers, for each interface that speaks
/// IPv6.
record NeighborDiscovery(HostFiles files, RowSync rows) {
    static final String OBJECT = "Device.NeighborDiscovery.";
    private static final String SETTINGS = OBJECT + "InterfaceSetting.";
    private static final long MILLIS = 1_000;
    /// The data model knows none below.
    private static final long SHORTEST_SOLICITATION = 4_000;
    private static final int ALWAYS = 2;

    /// @param interfaces kernel names and the rows that references name, of all that have addresses
    void publish(Transaction transaction, Map<String, String> interfaces) {
        List<Wanted> wanted = interfaces.entrySet().stream()
                .filter(each -> Files.exists(files.path(settings(each.getKey()))))
                .map(each -> new Wanted(
                        Map.of("Interface", each.getValue()),
                        Map.of("Enable", "true", "Status", "Enabled", "NUDEnable", "true")))
                .toList();
        transaction.set(OBJECT + "Enable", Boolean.toString(!wanted.isEmpty()));
        rows.sync(transaction, SETTINGS, wanted);
    }

    /// @param name the kernel's, of the interface
    String read(String name, String parameter) {
        return switch (parameter) {
            case "DADTransmits" -> Unsigned.saturated(number(name, "dad_transmits", 1));
            case "RetransTimer" ->
                Unsigned.saturated(Math.max(
                        1,
                        files.number("/proc/sys/net/ipv6/neigh/" + name + "/retrans_time_ms")
                                .orElse(MILLIS)));
            case "RtrSolicitationInterval" ->
                Unsigned.saturated(
                        Math.max(SHORTEST_SOLICITATION, MILLIS * number(name, "router_solicitation_interval", 4)));
            case "RSEnable" -> Boolean.toString(asksRouters(name));
            default -> throw new IllegalArgumentException(parameter);
        };
    }

    /// A host that forwards is a router itself, and listens to others only where told so.
    private boolean asksRouters(String name) {
        long accepts = number(name, "accept_ra", 0);
        boolean listens = accepts == ALWAYS || (accepts == 1 && number(name, "forwarding", 0) == 0);
        return listens && number(name, "router_solicitations", 0) != 0;
    }

    private long number(String name, String setting, long otherwise) {
        return files.number(settings(name) + "/" + setting).orElse(otherwise);
    }

    private static String settings(String name) {
        return "/proc/sys/net/ipv6/conf/" + name;
    }
}
