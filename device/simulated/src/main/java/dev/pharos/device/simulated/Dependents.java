// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/// What follows from the configuration: which interfaces are up, which functions work, what a row is called.
/// Computed anew from a snapshot each time, so that it is right whatever was written in whatever order.
final class Dependents {
    private static final String ENABLED = "Enabled";
    private static final String DISABLED = "Disabled";
    private static final String UP = "Up";
    private static final String DOWN = "Down";

    /// Without these a function is enabled in vain.
    private static final Map<String, List<String>> NEEDED = Map.ofEntries(
            Map.entry("Device.IP.Interface.{i}.IPv4Address.{i}.", List.of("IPAddress", "SubnetMask")),
            Map.entry("Device.IP.Interface.{i}.IPv6Address.{i}.", List.of("IPAddress")),
            Map.entry("Device.DHCPv4.Client.{i}.", List.of("Interface")),
            Map.entry("Device.DHCPv6.Client.{i}.", List.of("Interface")),
            Map.entry("Device.DHCPv4.Server.Pool.{i}.", List.of("Interface", "MinAddress", "MaxAddress", "SubnetMask")),
            Map.entry("Device.NeighborDiscovery.InterfaceSetting.{i}.", List.of("Interface")),
            Map.entry("Device.NAT.InterfaceSetting.{i}.", List.of("Interface")),
            Map.entry("Device.NAT.PortMapping.{i}.", List.of("InternalClient")),
            Map.entry("Device.NAT.PortTrigger.{i}.", List.of("Interface")),
            Map.entry("Device.Firewall.DMZ.{i}.", List.of("Interface", "DestIP")),
            Map.entry("Device.Firewall.Pinhole.{i}.", List.of("Interface")),
            Map.entry("Device.Firewall.Service.{i}.", List.of("Interface")),
            Map.entry("Device.Firewall.InterfaceSetting.{i}.", List.of("Interface")),
            Map.entry("Device.Routing.Router.{i}.IPv4Forwarding.{i}.", List.of("Interface")),
            Map.entry("Device.Routing.Router.{i}.IPv6Forwarding.{i}.", List.of("Interface")));

    private final Snapshot snapshot;
    private final IntPredicate cable;
    private final RowNames names;
    private final Map<String, String> statuses = new HashMap<>();
    private final Set<String> visiting = new HashSet<>();
    private final Map<String, String> wanted = new LinkedHashMap<>();

    private Dependents(Snapshot snapshot, Identity identity, IntPredicate cable) {
        this.snapshot = snapshot;
        this.cable = cable;
        this.names = new RowNames(identity);
    }

    /// The values that should be other than they are, by parameter path.
    ///
    /// @param cable whether something is plugged into the Ethernet port of this number
    static Map<String, String> differing(Snapshot snapshot, Identity identity, IntPredicate cable) {
        Dependents dependents = new Dependents(snapshot, identity, cable);
        dependents.visit(snapshot.root());
        return dependents.wanted;
    }

    private void visit(ObjectInstance object) {
        String kind = object.definition().path();
        if (BackedModel.SUPPORTED.object(kind).isEmpty()) {
            return;
        }
        if (object.definition().parameter("Status").isPresent()
                && !kind.equals("Device.DeviceInfo.FirmwareImage.{i}.")) {
            want(object, "Status", status(object));
        }
        further(object, kind);
        names.missing(object).forEach((parameter, value) -> want(object, parameter, value));
        object.children().forEach(this::visit);
    }

    private void further(ObjectInstance object, String kind) {
        switch (kind) {
            case "Device.IP." -> {
                want(object, "IPv4Status", isTrue("Device.IP.IPv4Enable") ? ENABLED : DISABLED);
                want(object, "IPv6Status", isTrue("Device.IP.IPv6Enable") ? ENABLED : DISABLED);
            }
            case "Device.Ethernet.Interface.{i}." -> {
                boolean up = status(object).equals(UP);
                want(object, "CurrentBitRate", up ? "1000" : "0");
                want(object, "CurrentDuplexMode", up ? "Full" : "Unknown");
            }
            case "Device.Bridging.Bridge.{i}.Port.{i}." ->
                want(object, "PortState", status(object).equals(UP) ? "Forwarding" : DISABLED);
            case "Device.WiFi.Radio.{i}." -> {
                want(object, "ChannelsInUse", value(object, "Channel"));
                String width = value(object, "OperatingChannelBandwidth");
                want(object, "CurrentOperatingChannelBandwidth", width.equals("Auto") ? "20MHz" : width);
            }
            case "Device.DHCPv4.Client.{i}." ->
                want(object, "DHCPStatus", status(object).equals(ENABLED) ? "Bound" : "Init");
            default -> {
                // nothing more follows for this kind
            }
        }
    }

    private void want(ObjectInstance object, String parameter, String value) {
        if (!value(object, parameter).equals(value)) {
            wanted.put(object.path() + parameter, value);
        }
    }

    private String status(ObjectInstance object) {
        String known = statuses.get(object.path());
        if (known != null) {
            return known;
        }
        if (!visiting.add(object.path())) {
            return DOWN; // an interface beneath itself
        }
        String status = computed(object);
        visiting.remove(object.path());
        statuses.put(object.path(), status);
        return status;
    }

    private String computed(ObjectInstance object) {
        boolean enabled = value(object, "Enable").equals("true");
        return switch (object.definition().path()) {
            case "Device.WiFi.Radio.{i}." -> enabled ? UP : DOWN;
            case "Device.Ethernet.Interface.{i}." ->
                enabled && cable.test((int) object.instanceNumber().orElse(0)) ? UP : DOWN;
            case "Device.WiFi.SSID.{i}.",
                    "Device.Ethernet.Link.{i}.",
                    "Device.Ethernet.VLANTermination.{i}.",
                    "Device.IP.Interface.{i}.",
                    "Device.Bridging.Bridge.{i}.Port.{i}." -> layered(object, enabled);
            case "Device.WiFi.AccessPoint.{i}." -> accessPoint(object, enabled);
            case "Device.Time.", "Device.Time.Client.{i}." -> enabled ? "Synchronized" : DISABLED;
            case "Device.Time.Server.{i}." -> timeServer(object, enabled);
            case "Device.WiFi.AccessPoint.{i}.WPS." -> enabled ? "Configured" : DISABLED;
            case "Device.NeighborDiscovery.InterfaceSetting.{i}." ->
                function(object, enabled && isTrue("Device.NeighborDiscovery.Enable"));
            default -> function(object, enabled);
        };
    }

    private String layered(ObjectInstance object, boolean enabled) {
        if (!enabled) {
            return DOWN;
        }
        if (value(object, "Type").equals("Loopback")) {
            return UP;
        }
        List<ObjectInstance> lower = references(value(object, "LowerLayers"));
        if (lower.isEmpty()) {
            return DOWN;
        }
        return lower.stream().anyMatch(layer -> status(layer).equals(UP)) ? UP : "LowerLayerDown";
    }

    private String accessPoint(ObjectInstance object, boolean enabled) {
        if (!enabled) {
            return DISABLED;
        }
        List<ObjectInstance> networks = references(value(object, "SSIDReference"));
        if (networks.isEmpty()) {
            return "Error_Misconfigured";
        }
        return value(networks.getFirst(), "Enable").equals("true") ? ENABLED : DISABLED;
    }

    /// It serves everybody, or those behind one interface.
    private String timeServer(ObjectInstance object, boolean enabled) {
        List<ObjectInstance> behind = references(value(object, "Interface"));
        boolean reachable = behind.isEmpty() || status(behind.getFirst()).equals(UP);
        return enabled && reachable ? UP : DOWN;
    }

    private boolean isTrue(String path) {
        return snapshot.value(path).filter("true"::equals).isPresent();
    }

    private static String function(ObjectInstance object, boolean enabled) {
        if (!enabled) {
            return DISABLED;
        }
        boolean complete = NEEDED.getOrDefault(object.definition().path(), List.of()).stream()
                .noneMatch(parameter -> value(object, parameter).isEmpty());
        return complete ? ENABLED : "Error_Misconfigured";
    }

    private List<ObjectInstance> references(String list) {
        List<ObjectInstance> rows = new ArrayList<>();
        for (String reference : list.split(",")) {
            if (!reference.isEmpty()) {
                snapshot.object(Paths.row(reference)).ifPresent(rows::add);
            }
        }
        return rows;
    }

    private static String value(ObjectInstance object, String parameter) {
        return object.value(parameter).orElse("");
    }
}
