// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.device;

import dev.pharos.datamodel.definition.CommandDefinition;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.usp.Frozen;
import java.util.Map;

/// A command to run.
///
/// @param inputs those that the definition has, each of its type; mandatory ones are there
public record CommandCall(ObjectInstance object, CommandDefinition command, Map<String, String> inputs) {
    public CommandCall {
        inputs = Frozen.map(inputs);
    }

    /// An argument, or this value where it was left out.
    public String input(String name, String otherwise) {
        return inputs.getOrDefault(name, otherwise);
    }
}
