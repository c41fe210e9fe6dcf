// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.bbf;

import dev.pharos.datamodel.format.ModelFormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An element of a data-model file, by local name; namespaces of the schema change with every version of it.
final class XmlElement {
    final String file;
    final int line;
    final String name;
    final Map<String, String> attributes = LinkedHashMap.newLinkedHashMap(4);
    final List<XmlElement> children = new ArrayList<>(2);
    final StringBuilder text = new StringBuilder(0);

    XmlElement(String file, int line, String name) {
        this.file = file;
        this.line = line;
        this.name = name;
    }

    Optional<String> attribute(String attributeName) {
        return Optional.ofNullable(attributes.get(attributeName));
    }

    String required(String attributeName) throws ModelFormatException {
        String value = attributes.get(attributeName);
        if (value == null) {
            throw wrong("<" + name + "> has no attribute " + attributeName);
        }
        return value;
    }

    Optional<XmlElement> child(String childName) {
        return children.stream().filter(c -> c.name.equals(childName)).findFirst();
    }

    List<XmlElement> all(String childName) {
        return children.stream().filter(c -> c.name.equals(childName)).toList();
    }

    /// Whether the schema's life cycle says that this is not there any more.
    boolean isDeleted() {
        return "deleted".equals(attributes.get("status"));
    }

    ModelFormatException wrong(String detail) {
        return new ModelFormatException(file, line, detail);
    }
}
