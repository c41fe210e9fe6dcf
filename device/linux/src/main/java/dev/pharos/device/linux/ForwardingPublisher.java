// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.device.diagnostics.AddressText;
import dev.pharos.device.linux.NetworkPublisher.Interfaces;
import dev.pharos.device.linux.RowSync.Wanted;
import dev.pharos.device.linux.netlink.NetlinkMessage.Hop;
import dev.pharos.device.linux.netlink.NetlinkMessage.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Writes the host's main routing table into `Device.Routing.Router.1.`.
final class ForwardingPublisher {
    private static final String ROUTERS = "Device.Routing.Router.";
    private static final String ROUTER = ROUTERS + "1.";

    private final RowSync rows;

    ForwardingPublisher(RowSync rows) {
        this.rows = rows;
    }

    void publish(Transaction transaction, List<Route> routes, Interfaces interfaces) {
        if (transaction.snapshot().object(ROUTER).isEmpty()) {
            transaction.add(ROUTERS, 1);
            transaction.set(ROUTER + "Enable", "true");
            transaction.set(ROUTER + "Status", "Enabled");
        }
        List<Wanted> four = new ArrayList<>();
        List<Wanted> six = new ArrayList<>();
        for (Route route : routes) {
            for (Hop hop : route.hops()) {
                (route.six() ? six : four)
                        .add(route.six() ? ipv6(route, hop, interfaces) : ipv4(route, hop, interfaces));
            }
        }
        rows.sync(transaction, ROUTER + "IPv4Forwarding.", four);
        rows.sync(transaction, ROUTER + "IPv6Forwarding.", six);
    }

    private static Wanted ipv4(Route route, Hop hop, Interfaces interfaces) {
        boolean byPeople = route.protocol() == 3 || route.protocol() == 4;
        return new Wanted(
                Map.of(
                        "DestIPAddress", route.destination(),
                        "DestSubnetMask", AddressText.mask(route.prefix()),
                        "ForwardingPolicy", "-1",
                        "GatewayIPAddress", hop.gateway(),
                        "Interface", interfaces.ip(hop.index()),
                        "ForwardingMetric", metric(route)),
                Map.of(
                        "Enable", "true",
                        "Status", "Enabled",
                        "Type", type(route),
                        "StaticRoute", Boolean.toString(byPeople),
                        "Origin", origin(route, "DHCPv4", "RIP")));
    }

    private static Wanted ipv6(Route route, Hop hop, Interfaces interfaces) {
        return new Wanted(
                Map.of(
                        "DestIPPrefix", route.destination() + "/" + route.prefix(),
                        "ForwardingPolicy", "-1",
                        "NextHop", hop.gateway(),
                        "Interface", interfaces.ip(hop.index()),
                        "ForwardingMetric", metric(route)),
                Map.of(
                        "Enable",
                        "true",
                        "Status",
                        "Enabled",
                        "Type",
                        type(route),
                        "Origin",
                        route.protocol() == 9 ? "RA" : origin(route, "DHCPv6", "RIPng")));
    }

    private static String metric(Route route) {
        return Long.toString(Math.min(route.metric(), Integer.MAX_VALUE));
    }

    private static String type(Route route) {
        return switch (route.type()) {
            case 2 -> "Receive";
            case 6 -> "Blackhole";
            case 7 -> "Unreachable";
            case 8 -> "Prohibit";
            default -> "Normal";
        };
    }

    /// By who made the route, as rtnetlink(7) numbers the routing daemons.
    private static String origin(Route route, String dhcp, String rip) {
        return switch (route.protocol()) {
            case 16 -> dhcp;
            case 188 -> "OSPF";
            case 189 -> rip;
            default -> "Static";
        };
    }
}
