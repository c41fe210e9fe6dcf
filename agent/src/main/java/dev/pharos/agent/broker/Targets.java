// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.broker;

import java.util.ArrayList;
import java.util.List;

/// Who answers for which path.
///
/// @param agent the agent itself, for all that no Service has registered
record Targets(Target agent, List<Target> services) {
    Targets {
        services = List.copyOf(services);
    }

    /// The one Service that has registered the path or something above it, else the agent.
    ///
    /// @param above whether Services that have registered something beneath the path are added
    List<Target> of(String path, boolean above) {
        for (Target service : services) {
            if (service.registered().stream().anyMatch(path::startsWith)) {
                return List.of(service);
            }
        }
        List<Target> targets = new ArrayList<>(List.of(agent));
        if (above && path.endsWith(".")) {
            services.stream()
                    .filter(service -> service.registered().stream().anyMatch(root -> root.startsWith(path)))
                    .forEach(targets::add);
        }
        return targets;
    }
}
