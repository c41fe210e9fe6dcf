// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.subscription;

import dev.pharos.datamodel.instance.Snapshot;
import java.util.Optional;

/// Parts of the agent's data model that are not in its own instantiated data model, since USP Services have
/// registered them.
@FunctionalInterface
public interface Elsewhere {
    Elsewhere NOWHERE = path -> Optional.empty();

    /// What is there now, where this path is elsewhere.
    Optional<Snapshot> snapshot(String path);
}
