// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.definition;

import dev.pharos.usp.Frozen;
import java.util.List;

/// A command of an object.
///
/// @param name with its `()`
/// @param asynchronous whether it runs as a row of `Device.LocalAgent.Request.` and ends with an
///     OperationComplete
public record CommandDefinition(
        String name,
        boolean asynchronous,
        List<ArgumentDefinition> inputs,
        List<ArgumentDefinition> outputs,
        String description) {
    public CommandDefinition {
        ElementNames.checkCommand(name);
        inputs = Frozen.list(inputs);
        outputs = Frozen.list(outputs);
        ElementNames.checkDistinct(name, inputs, ArgumentDefinition::name);
        ElementNames.checkDistinct(name, outputs, ArgumentDefinition::name);
    }
}
