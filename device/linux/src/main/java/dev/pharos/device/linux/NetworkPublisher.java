// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.device.diagnostics.AddressText;
import dev.pharos.device.linux.RowSync.Wanted;
import dev.pharos.device.linux.netlink.NetlinkMessage.Address;
import dev.pharos.device.linux.netlink.NetlinkMessage.Link;
import dev.pharos.device.linux.netlink.NetworkState;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes into the data model what is known of the links and addresses of the host.
final class NetworkPublisher {
    static final String ETHERNET = "Device.Ethernet.Interface.";
    static final String IP = "Device.IP.Interface.";
    private static final int ETHER = 1;
    private static final int LARGEST_MTU = 65_535;
    private static final int SMALLEST_MTU = 64;
    private static final long OPTIMISTIC = 0x04;
    private static final long DUPLICATE = 0x08;
    private static final long DEPRECATED = 0x20;
    private static final long TENTATIVE = 0x40;
    private static final long PERMANENT = 0x80;
    private static final int BY_KERNEL_LOOPBACK = 1;
    private static final int BY_ROUTER = 2;
    private static final int BY_KERNEL_LINK_LOCAL = 3;

    private final HostFiles files;
    private final RowSync rows = new RowSync();
    private final ForwardingPublisher forwarding = new ForwardingPublisher(rows);
    private final HostsPublisher hosts = new HostsPublisher(rows);
    private final NeighborDiscovery discovery;

    NetworkPublisher(HostFiles files) {
        this.files = files;
        this.discovery = new NeighborDiscovery(files, rows);
    }

    NeighborDiscovery discovery() {
        return discovery;
    }

    /// The rows of links, as references name them, by the kernel's index.
    record Interfaces(Map<Integer, String> ethernet, Map<Integer, String> ip) {
        String ethernet(int index) {
            return ethernet.getOrDefault(index, "");
        }

        String ip(int index) {
            return ip.getOrDefault(index, "");
        }
    }

    Transaction publish(Transaction transaction, NetworkState state) {
        List<Link> links = state.links();
        Map<Integer, String> ethernet = publishLinks(
                transaction, ETHERNET, links.stream().filter(this::isPort).toList());
        Map<Integer, String> ip = publishLinks(transaction, IP, links);
        for (Link link : links) {
            List<Address> own = state.addresses().stream()
                    .filter(address -> address.index() == link.index())
                    .toList();
            String path = ip.getOrDefault(link.index(), "") + ".";
            rows.sync(transaction, path + "IPv4Address.", addresses(own, false));
            rows.sync(transaction, path + "IPv6Address.", addresses(own, true));
        }
        Interfaces interfaces = new Interfaces(ethernet, ip);
        forwarding.publish(transaction, state.routes(), interfaces);
        hosts.publish(transaction, state.neighbours(), interfaces);
        Map<String, String> named = new LinkedHashMap<>();
        links.forEach(link -> named.put(link.name(), interfaces.ip(link.index())));
        discovery.publish(transaction, named);
        return transaction;
    }

    private Map<Integer, String> publishLinks(Transaction transaction, String table, List<Link> links) {
        List<Wanted> wanted = links.stream()
                .map(link -> new Wanted(
                        Map.of("Name", link.name()), table.equals(IP) ? ipValues(link) : ethernetValues(link)))
                .toList();
        Map<Map<String, String>, String> paths = rows.sync(transaction, table, wanted);
        Map<Integer, String> byIndex = new HashMap<>();
        for (Link link : links) {
            String path = paths.getOrDefault(Map.of("Name", link.name()), "");
            byIndex.put(link.index(), path.isEmpty() ? "" : path.substring(0, path.length() - 1));
        }
        return byIndex;
    }

    /// Whether a cable could be plugged in: hardware, or the end of a pair that stands for a cable. Radios
    /// are none.
    private boolean isPort(Link link) {
        return link.hardware() == ETHER
                && !link.isLoopback()
                && (link.kind().isEmpty() || link.kind().equals("veth"))
                && !Files.exists(files.path("/sys/class/net/" + link.name() + "/wireless"))
                && !Files.exists(files.path("/sys/class/net/" + link.name() + "/phy80211"));
    }

    private Map<String, String> ethernetValues(Link link) {
        String folder = "/sys/class/net/" + link.name() + "/";
        Map<String, String> values = new LinkedHashMap<>();
        values.put("Enable", Boolean.toString(link.isEnabled()));
        values.put("Status", status(link));
        values.put("MACAddress", link.mac());
        values.put(
                "CurrentBitRate",
                Unsigned.saturated(files.number(folder + "speed").orElse(0)));
        values.put(
                "CurrentDuplexMode",
                switch (files.word(folder + "duplex").orElse("")) {
                    case "full" -> "Full";
                    case "half" -> "Half";
                    default -> "Unknown";
                });
        return values;
    }

    private static Map<String, String> ipValues(Link link) {
        return Map.of(
                "Enable", Boolean.toString(link.isEnabled()),
                "Status", status(link),
                "MaxMTUSize", Long.toString(Math.clamp(link.mtu(), SMALLEST_MTU, LARGEST_MTU)),
                "Type", type(link));
    }

    /// ARP hardware types of tunnels, and that of links without any hardware addresses.
    private static String type(Link link) {
        return switch (link.hardware()) {
            case 768, 769, 776, 778, 823, 65534 -> "Tunnel";
            default -> link.isLoopback() ? "Loopback" : "Normal";
        };
    }

    /// The operational state of RFC 2863; drivers that do not keep it, such as the loopback's, tell by the
    /// carrier.
    private static String status(Link link) {
        if (!link.isEnabled()) {
            return link.operState() == 1 ? "NotPresent" : "Down";
        }
        return switch (link.operState()) {
            case 0 -> link.hasCarrier() ? "Up" : "Unknown";
            case 1 -> "NotPresent";
            case 3 -> "LowerLayerDown";
            case 5 -> "Dormant";
            case 6 -> "Up";
            default -> "Down";
        };
    }

    private static List<Wanted> addresses(List<Address> addresses, boolean six) {
        List<Wanted> wanted = new ArrayList<>();
        for (Address address : addresses) {
            if (address.six() == six) {
                wanted.add(six ? ipv6(address) : ipv4(address));
            }
        }
        return wanted;
    }

    /// An address that expires was given by somebody: DHCP, or the host itself in the range that is for this.
    private static Wanted ipv4(Address address) {
        String type = (address.flags() & PERMANENT) != 0 ? "Static" : "DHCP";
        return new Wanted(
                Map.of("IPAddress", address.address(), "SubnetMask", AddressText.mask(address.prefix())),
                Map.of(
                        "Enable", "true",
                        "Status", "Enabled",
                        "AddressingType", address.address().startsWith("169.254.") ? "AutoIP" : type));
    }

    private static Wanted ipv6(Address address) {
        boolean duplicate = (address.flags() & DUPLICATE) != 0;
        return new Wanted(
                Map.of("IPAddress", address.address()),
                Map.of(
                        "Enable",
                        "true",
                        "Status",
                        duplicate ? "Error" : "Enabled",
                        "IPAddressStatus",
                        addressStatus(address.flags()),
                        "Origin",
                        origin(address)));
    }

    private static String addressStatus(long flags) {
        if ((flags & DUPLICATE) != 0) {
            return "Duplicate";
        }
        if ((flags & OPTIMISTIC) != 0) {
            return "Optimistic";
        }
        if ((flags & TENTATIVE) != 0) {
            return "Tentative";
        }
        return (flags & DEPRECATED) != 0 ? "Deprecated" : "Preferred";
    }

    private static String origin(Address address) {
        return switch (address.origin()) {
            case BY_KERNEL_LOOPBACK -> "WellKnown";
            case BY_ROUTER, BY_KERNEL_LINK_LOCAL -> "AutoConfigured";
            default -> {
                if (address.address().equals("::1")) {
                    yield "WellKnown";
                }
                if (address.address().startsWith("fe80:")) {
                    yield "AutoConfigured";
                }
                if ((address.flags() & PERMANENT) != 0) {
                    yield "Static";
                }
                // a DHCPv6 server gives one address, a router's prefix a network of them
                yield address.prefix() == 128 ? "DHCPv6" : "AutoConfigured";
            }
        };
    }
}
