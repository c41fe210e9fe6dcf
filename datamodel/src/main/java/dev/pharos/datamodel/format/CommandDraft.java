// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.format;

import dev.pharos.datamodel.definition.ArgumentDefinition;
import dev.pharos.datamodel.definition.CommandDefinition;
import java.util.ArrayList;
import java.util.List;

/// A command while its lines are read.
final class CommandDraft {
    private final String name;
    private final boolean asynchronous;
    final List<ArgumentDefinition> inputs = new ArrayList<>();
    final List<ArgumentDefinition> outputs = new ArrayList<>();
    private String description = "";

    CommandDraft(String name, boolean asynchronous) {
        this.name = name;
        this.asynchronous = asynchronous;
    }

    /// Outputs are written after inputs.
    void describe(String text) {
        if (!outputs.isEmpty()) {
            ObjectDraft.describeLast(outputs, text);
        } else if (!inputs.isEmpty()) {
            ObjectDraft.describeLast(inputs, text);
        } else {
            description = text;
        }
    }

    CommandDefinition build() {
        return new CommandDefinition(name, asynchronous, inputs, outputs, description);
    }
}
