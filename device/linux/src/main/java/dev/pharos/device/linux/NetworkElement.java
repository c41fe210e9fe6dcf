// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.device.linux.netlink.NetlinkWatch;
import dev.pharos.device.linux.netlink.NetworkState;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Backs `Device.Ethernet.`, `Device.IP.`, `Device.NeighborDiscovery.`, `Device.Routing.` and `Device.Hosts.`
/// with what the kernel announces.
final class NetworkElement implements ServiceElement {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkElement.class);
    private static final String STATS =
            "BytesSent* BytesReceived* PacketsSent* PacketsReceived* ErrorsSent* ErrorsReceived* DiscardPacketsSent*"
                    + " DiscardPacketsReceived* MulticastPacketsReceived*";
    private static final BackedModel MODEL = BackedModel.of(Map.ofEntries(
            Map.entry("Device.Ethernet.", "InterfaceNumberOfEntries"),
            Map.entry(
                    "Device.Ethernet.Interface.{i}.",
                    "Enable Status Alias Name MACAddress CurrentBitRate CurrentDuplexMode"),
            Map.entry("Device.Ethernet.Interface.{i}.Stats.", STATS + " Collisions*"),
            Map.entry(
                    "Device.IP.",
                    "IPv4Capable IPv4Enable IPv4Status IPv6Capable IPv6Enable IPv6Status InterfaceNumberOfEntries"),
            Map.entry(
                    "Device.IP.Interface.{i}.",
                    "Enable Status Alias Name MaxMTUSize Type IPv4AddressNumberOfEntries IPv6AddressNumberOfEntries"),
            Map.entry("Device.IP.Interface.{i}.Stats.", STATS),
            Map.entry(
                    "Device.IP.Interface.{i}.IPv4Address.{i}.",
                    "Enable Status Alias IPAddress SubnetMask AddressingType"),
            Map.entry(
                    "Device.IP.Interface.{i}.IPv6Address.{i}.", "Enable Status IPAddressStatus Alias IPAddress Origin"),
            Map.entry(NeighborDiscovery.OBJECT, "Enable InterfaceSettingNumberOfEntries"),
            Map.entry(
                    NeighborDiscovery.OBJECT + "InterfaceSetting.{i}.",
                    "Enable Status Alias Interface NUDEnable DADTransmits* RetransTimer* RtrSolicitationInterval*"
                            + " RSEnable*"),
            Map.entry("Device.Routing.", "RouterNumberOfEntries"),
            Map.entry(
                    "Device.Routing.Router.{i}.",
                    "Enable Status Alias IPv4ForwardingNumberOfEntries IPv6ForwardingNumberOfEntries"),
            Map.entry(
                    "Device.Routing.Router.{i}.IPv4Forwarding.{i}.",
                    "Enable Status Alias Type StaticRoute DestIPAddress DestSubnetMask ForwardingPolicy GatewayIPAddress"
                            + " Interface Origin ForwardingMetric"),
            Map.entry(
                    "Device.Routing.Router.{i}.IPv6Forwarding.{i}.",
                    "Enable Status Alias Type DestIPPrefix ForwardingPolicy NextHop Interface Origin ForwardingMetric"),
            Map.entry("Device.Hosts.", "HostNumberOfEntries"),
            Map.entry(
                    "Device.Hosts.Host.{i}.",
                    "PhysAddress IPAddress Layer1Interface Layer3Interface InterfaceType Active"
                            + " IPv4AddressNumberOfEntries IPv6AddressNumberOfEntries"),
            Map.entry("Device.Hosts.Host.{i}.IPv4Address.{i}.", "IPAddress"),
            Map.entry("Device.Hosts.Host.{i}.IPv6Address.{i}.", "IPAddress")));

    private final HostFiles files;
    private final NetworkPublisher publisher;
    private volatile @Nullable DeviceContext mounted;
    private volatile Optional<NetlinkWatch> watch = Optional.empty();
    private volatile boolean open = true;

    NetworkElement(HostFiles files) {
        this.files = files;
        this.publisher = new NetworkPublisher(files);
    }

    @Override
    public SupportedDataModel supported() {
        return MODEL.supported();
    }

    @Override
    public void start(DeviceContext context) {
        mounted = context;
        NetworkState found;
        try {
            NetlinkWatch opened = NetlinkWatch.open();
            watch = Optional.of(opened);
            found = opened.found();
        } catch (IOException refused) {
            LOG.warn(
                    "rtnetlink is not available, so that the network is shown as it is now, without routes and neighbours: {}",
                    refused.getMessage());
            found = InterfaceSnapshot.take();
        }
        NetworkState first = found;
        context.update(transaction -> {
            boolean six = Files.exists(files.path("/proc/net/if_inet6"));
            boolean sixOn = six
                    && files.number("/proc/sys/net/ipv6/conf/all/disable_ipv6").orElse(0) == 0;
            transaction.set("Device.IP.IPv4Capable", "true");
            transaction.set("Device.IP.IPv4Enable", "true");
            transaction.set("Device.IP.IPv4Status", "Enabled");
            transaction.set("Device.IP.IPv6Capable", Boolean.toString(six));
            transaction.set("Device.IP.IPv6Enable", Boolean.toString(sixOn));
            transaction.set("Device.IP.IPv6Status", sixOn ? "Enabled" : "Disabled");
            return publisher.publish(transaction, first);
        });
        watch.ifPresent(opened -> opened.listen(state -> publish(context, state)));
    }

    private void publish(DeviceContext context, NetworkState state) {
        try {
            context.update(transaction -> publisher.publish(transaction, state));
        } catch (UspException refused) {
            if (open) {
                LOG.warn("the data model refused what the kernel says: {}", refused.fault());
            }
        } catch (RuntimeException defect) {
            // a defect must not end the listening, which would leave the model as it is for ever
            LOG.error("what the kernel says could not be published", defect);
        }
    }

    @Override
    public boolean isLive(String supportedParameterPath) {
        return MODEL.live().contains(supportedParameterPath);
    }

    @Override
    public String read(ObjectInstance object, String parameter) {
        String path = object.path();
        if (path.startsWith(NeighborDiscovery.OBJECT)) {
            String name = linkName(object.value("Interface").orElse("") + ".").orElse("default");
            return publisher.discovery().read(name, parameter);
        }
        return linkName(path.substring(0, path.length() - "Stats.".length()))
                .map(name -> LinkCounters.read(files, name, parameter))
                .orElse("0");
    }

    /// The kernel's name of the link that this row stands for.
    private Optional<String> linkName(String row) {
        DeviceContext context = mounted;
        return context == null ? Optional.empty() : context.snapshot().value(row + "Name");
    }

    @Override
    public void close() {
        open = false;
        watch.ifPresent(NetlinkWatch::close);
    }
}
