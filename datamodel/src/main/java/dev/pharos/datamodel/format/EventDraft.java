// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.format;

import dev.pharos.datamodel.definition.ArgumentDefinition;
import dev.pharos.datamodel.definition.EventDefinition;
import java.util.ArrayList;
import java.util.List;

/// An event while its lines are read.
final class EventDraft {
    private final String name;
    final List<ArgumentDefinition> arguments = new ArrayList<>();
    private String description = "";

    EventDraft(String name) {
        this.name = name;
    }

    void describe(String text) {
        if (arguments.isEmpty()) {
            description = text;
        } else {
            ObjectDraft.describeLast(arguments, text);
        }
    }

    EventDefinition build() {
        return new EventDefinition(name, arguments, description);
    }
}
