// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.bbf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An object while a model is put together: later models of a chain add to what earlier ones said.
final class ObjectParts {
    /// An element and the later ones that change it, each with the file whose names it uses.
    record Layer(BbfFile file, XmlElement element) {}

    final String path;
    final List<Layer> layers = new ArrayList<>();
    final Map<String, List<Layer>> parameters = new LinkedHashMap<>();
    final Map<String, List<Layer>> commands = new LinkedHashMap<>();
    final Map<String, List<Layer>> events = new LinkedHashMap<>();

    ObjectParts(String path) {
        this.path = path;
    }

    /// Takes a parameter, command or event.
    void add(BbfFile file, XmlElement element) {
        switch (element.name) {
            case "parameter" -> add(parameters, file, element);
            case "command" -> add(commands, file, element);
            case "event" -> add(events, file, element);
            default -> {}
        }
    }

    private static void add(Map<String, List<Layer>> elements, BbfFile file, XmlElement element) {
        String name =
                element.attribute("base").or(() -> element.attribute("name")).orElse("");
        if (element.isDeleted()) {
            elements.remove(name);
        } else {
            elements.computeIfAbsent(name, n -> new ArrayList<>()).add(new Layer(file, element));
        }
    }
}
