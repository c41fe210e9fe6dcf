// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.definition;

import dev.pharos.usp.Frozen;
import java.util.List;

/// What a reference parameter may refer to.
///
/// @param strong whether a target must exist, and leaves with it (R-ARC.12)
/// @param targets tables or objects in supported form, such as `Device.WiFi.Radio.{i}.`; empty where any
///     object will do
public record ReferenceDefinition(boolean strong, List<String> targets) {
    public ReferenceDefinition {
        targets = Frozen.list(targets);
    }

    /// Whether an object or parameter of this supported path is what this reference may name.
    public boolean allows(String supportedPath) {
        if (targets.isEmpty()) {
            return true;
        }
        for (String target : targets) {
            if (target.equals(supportedPath) || (target + "{i}.").equals(supportedPath)) {
                return true;
            }
        }
        return false;
    }
}
