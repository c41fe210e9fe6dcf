// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.usp.Frozen;
import java.util.List;
import java.util.Map;

/// What a device shall do, or tell, in its next session. Paths are as USP has them.
public sealed interface Errand {
    /// Writes these values, all or none.
    ///
    /// @param values by parameter path
    record SetValues(Map<String, String> values) implements Errand {
        public SetValues {
            values = Frozen.map(values);
        }

        /// The paths only: values may be secret.
        @Override
        public String toString() {
            return "set " + String.join(", ", values.keySet());
        }
    }

    /// Reads these parameters, and all beneath these objects.
    record ReadValues(List<String> paths) implements Errand {
        public ReadValues {
            paths = Frozen.list(paths);
        }

        @Override
        public String toString() {
            return "read " + String.join(", ", paths);
        }
    }
}
