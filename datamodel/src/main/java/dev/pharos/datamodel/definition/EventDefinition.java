// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.definition;

import dev.pharos.usp.Frozen;
import java.util.List;

/// An event of an object.
///
/// @param name with its `!`
public record EventDefinition(String name, List<ArgumentDefinition> arguments, String description) {
    public EventDefinition {
        ElementNames.checkEvent(name);
        arguments = Frozen.list(arguments);
        ElementNames.checkDistinct(name, arguments, ArgumentDefinition::name);
    }
}
