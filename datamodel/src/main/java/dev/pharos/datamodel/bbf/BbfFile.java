// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.bbf;

import dev.pharos.datamodel.format.ModelFormatException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One data-model file: what it defines, and what it takes from others under which name.
final class BbfFile {
    /// What files define and import.
    enum Kind {
        DATA_TYPE("dataType"),
        COMPONENT("component"),
        MODEL("model");

        final String element;

        Kind(String element) {
            this.element = element;
        }
    }

    /// @param file the element that names the other file
    /// @param name what it is called there
    record Import(XmlElement file, String name) {}

    private record Key(Kind kind, String name) {}

    final String spec;
    final XmlElement root;
    private final Map<Key, XmlElement> defined = new HashMap<>();
    private final Map<Key, Import> imported = new HashMap<>();

    /// @throws ModelFormatException where the element is not the root of such a file
    BbfFile(XmlElement root) throws ModelFormatException {
        if (!root.name.equals("document")) {
            throw root.wrong("not a Broadband Forum data model: the root is <" + root.name + ">, not <document>");
        }
        this.root = root;
        this.spec = root.attribute("spec").orElse("");
        for (Kind kind : Kind.values()) {
            for (XmlElement element : root.all(kind.element)) {
                defined.put(new Key(kind, element.required("name")), element);
            }
            for (XmlElement from : root.all("import")) {
                for (XmlElement element : from.all(kind.element)) {
                    String name = element.required("name");
                    imported.put(
                            new Key(kind, name),
                            new Import(from, element.attribute("ref").orElse(name)));
                }
            }
        }
    }

    Optional<XmlElement> defined(Kind kind, String name) {
        return Optional.ofNullable(defined.get(new Key(kind, name)));
    }

    Optional<Import> imported(Kind kind, String name) {
        return Optional.ofNullable(imported.get(new Key(kind, name)));
    }

    /// The model that this file is about: its last.
    XmlElement model() throws ModelFormatException {
        List<XmlElement> models = root.all("model");
        if (models.isEmpty()) {
            throw root.wrong("the file defines no model; it may be a part that another file imports");
        }
        return models.getLast();
    }
}
