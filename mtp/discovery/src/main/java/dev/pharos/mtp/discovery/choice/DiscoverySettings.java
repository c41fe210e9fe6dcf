// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.choice;

import dev.pharos.mtp.discovery.ControllerPlace;
import dev.pharos.usp.EndpointId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is looked for, and where.
///
/// @param sources in the order of trying
/// @param name the host name of a Controller, for [Source#NAME]
/// @param domains in which DNS is asked for services, for [Source#DNS]
/// @param wanted the only Controller that will do; anyone where empty
/// @param others endpoints that are not looked for, such as the agent itself
/// @param schemes of the addresses that can be used, such as `wss`; all where empty
public record DiscoverySettings(
        List<Source> sources,
        Optional<ControllerPlace.Fqdn> name,
        List<String> domains,
        Optional<EndpointId> wanted,
        Set<EndpointId> others,
        Set<String> schemes) {
    public DiscoverySettings {
        sources = List.copyOf(sources);
        domains = List.copyOf(domains);
        others = Set.copyOf(others);
        schemes = Set.copyOf(schemes);
    }
}
