// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.definition;

import dev.pharos.usp.Frozen;
import java.util.List;

/// Parameters whose values together tell a row from every other of its table.
///
/// @param functional whether the key has meaning of its own; a non-functional one (such as Alias) never
///     changes (R-KEY.1)
public record UniqueKey(List<String> parameters, boolean functional) {
    public UniqueKey {
        parameters = Frozen.list(parameters);
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("a unique key has at least one parameter");
        }
        parameters.forEach(ElementNames::checkParameter);
    }
}
