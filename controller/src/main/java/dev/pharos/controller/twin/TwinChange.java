// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.twin;

import dev.pharos.controller.store.TwinValue;
import dev.pharos.usp.Frozen;
import java.util.List;

/// What a notification tells of a twin.
public sealed interface TwinChange {
    record Values(List<TwinValue> values) implements TwinChange {
        public Values {
            values = Frozen.list(values);
        }
    }

    /// @param objectPath what is gone, with everything below it
    record Gone(String objectPath) implements TwinChange {}
}
