// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.netlink;

import dev.pharos.device.linux.netlink.NetlinkMessage.Address;
import dev.pharos.device.linux.netlink.NetlinkMessage.Done;
import dev.pharos.device.linux.netlink.NetlinkMessage.Hop;
import dev.pharos.device.linux.netlink.NetlinkMessage.Link;
import dev.pharos.device.linux.netlink.NetlinkMessage.Neighbour;
import dev.pharos.device.linux.netlink.NetlinkMessage.Overrun;
import dev.pharos.device.linux.netlink.NetlinkMessage.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What is known of the host's network by the messages so far. Used by one thread.
public final class NetworkState {
    private final Map<Integer, Link> links = new TreeMap<>();
    private final Map<AddressKey, Address> addresses = new LinkedHashMap<>();
    private final Map<RouteKey, Route> routes = new LinkedHashMap<>();
    private final Map<NeighbourKey, Neighbour> neighbours = new LinkedHashMap<>();

    private record AddressKey(int index, String address, int prefix) {}

    private record RouteKey(boolean six, String destination, int prefix, long metric, Hop hop) {}

    private record NeighbourKey(int index, String address) {}

    /// Takes a message in.
    ///
    /// @return whether it has consequences that the kernel does not announce, so that all is to be asked for
    ///     anew: IPv4 routes vanish silently with the link or the address that they need, and so do replaced
    ///     routes
    public boolean apply(NetlinkMessage message) {
        return switch (message) {
            case Link link -> apply(link);
            case Address address -> {
                AddressKey key = new AddressKey(address.index(), address.address(), address.prefix());
                put(addresses, key, address, address.present(), NetlinkBounds.ADDRESSES);
                yield !address.present() && !address.six() && links.containsKey(address.index());
            }
            case Route route -> {
                for (Hop hop : route.hops()) {
                    RouteKey key = new RouteKey(route.six(), route.destination(), route.prefix(), route.metric(), hop);
                    put(routes, key, route, route.present(), NetlinkBounds.ROUTES);
                }
                yield route.present() && route.replaces();
            }
            case Neighbour neighbour -> {
                NeighbourKey key = new NeighbourKey(neighbour.index(), neighbour.address());
                put(neighbours, key, neighbour, neighbour.present(), NetlinkBounds.NEIGHBOURS);
                yield false;
            }
            case Done _ -> false;
            case Overrun _ -> true;
        };
    }

    private boolean apply(Link link) {
        Link before = links.get(link.index());
        put(links, link.index(), link, link.present(), NetlinkBounds.LINKS);
        if (!link.present()) {
            addresses.keySet().removeIf(key -> key.index() == link.index());
            routes.keySet().removeIf(key -> key.hop().index() == link.index());
            neighbours.keySet().removeIf(key -> key.index() == link.index());
        }
        return before != null && before.isEnabled() && !(link.present() && link.isEnabled());
    }

    /// What is more than the bound is left out, until there is room.
    private static <K, V> void put(Map<K, V> map, K key, V value, boolean present, int most) {
        if (!present) {
            map.remove(key);
        } else if (map.size() < most || map.containsKey(key)) {
            map.put(key, value);
        }
    }

    /// By index.
    public List<Link> links() {
        return List.copyOf(links.values());
    }

    public List<Address> addresses() {
        return List.copyOf(addresses.values());
    }

    /// Each with one hop.
    public List<Route> routes() {
        List<Route> each = new ArrayList<>();
        routes.forEach((key, route) -> each.add(new Route(
                true,
                false,
                route.six(),
                route.destination(),
                route.prefix(),
                route.metric(),
                route.type(),
                route.protocol(),
                List.of(key.hop()))));
        return each;
    }

    public List<Neighbour> neighbours() {
        return List.copyOf(neighbours.values());
    }
}
