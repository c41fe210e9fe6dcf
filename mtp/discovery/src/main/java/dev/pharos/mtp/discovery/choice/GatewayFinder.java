// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.choice;

import dev.pharos.mtp.discovery.UspService;
import dev.pharos.mtp.discovery.dhcp.DeviceDescription;
import dev.pharos.mtp.discovery.dhcp.Lease;
import dev.pharos.mtp.discovery.dhcp.LeaseScan;
import dev.pharos.mtp.discovery.dns.NameLookup;
import dev.pharos.mtp.discovery.dns.ServiceFinder;
import dev.pharos.mtp.discovery.dns.ServiceInstance;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/// Finds out which gateway a device is behind: what it said of itself by DHCP (R-DIS.2c), and whether it
/// speaks USP, which mDNS tells (R-DIS.2d).
///
/// @param lookup for mDNS
public record GatewayFinder(NameLookup lookup) {

    /// A gateway, for `Device.GatewayInfo.`.
    ///
    /// @param endpointId where it speaks USP
    public record Gateway(DeviceDescription description, Optional<EndpointId> endpointId) {
        /// `USP` or `CWMP`.
        public String managementProtocol() {
            return endpointId.isPresent() ? "USP" : "CWMP";
        }
    }

    /// The gateway of the newest lease that holds and names one.
    public Optional<Gateway> find(LeaseScan scan, Instant now) {
        for (Lease lease : scan.leases()) {
            if (lease.isValid(now)) {
                Optional<DeviceDescription> gateway = description(lease);
                if (gateway.isPresent()) {
                    return Optional.of(new Gateway(gateway.get(), lease.server().flatMap(this::agentAt)));
                }
            }
        }
        return Optional.empty();
    }

    /// What cannot be read says nothing: looking for a Controller tells what is wrong with the lease.
    private static Optional<DeviceDescription> description(Lease lease) {
        try {
            return DeviceDescription.ofGateway(lease.options());
        } catch (MalformedInputException unreadable) {
            return Optional.empty();
        }
    }

    private Optional<EndpointId> agentAt(InetAddress address) {
        if (lookup.multicast().isEmpty()) {
            return Optional.empty();
        }
        try {
            return new ServiceFinder(lookup)
                    .browse(UspService.of(UspService.Role.AGENT), "local").found().stream()
                            .filter(agent -> agent.location().addresses().contains(address))
                            .map(ServiceInstance::endpointId)
                            .findFirst();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
