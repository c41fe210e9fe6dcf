// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.bulkdata;

import dev.pharos.agent.subscription.Elsewhere;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.path.PathName;

/// Where what a profile refers to stands: in the agent's own data model, or in that of a USP Service that has
/// registered it.
record Places(Elsewhere elsewhere) {
    Snapshot of(PathName path, Snapshot own) {
        return elsewhere.snapshot(path.toString()).orElse(own);
    }
}
