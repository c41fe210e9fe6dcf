// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.yaml;

import dev.pharos.usp.Frozen;
import java.util.List;

/// A part of a YAML document, with where it begins.
public sealed interface YamlNode {

    /// Counted from 1.
    int line();

    /// @param text as it is written; YAML's types are not asked for
    /// @param quoted whether it stands in quotation marks or as a block
    record Scalar(String text, boolean quoted, int line) implements YamlNode {
        public boolean isNothing() {
            return !quoted && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }
    }

    record Sequence(List<YamlNode> items, int line) implements YamlNode {
        public Sequence {
            items = Frozen.list(items);
        }
    }

    /// @param entries in their order, no key twice
    record Mapping(List<Entry> entries, int line) implements YamlNode {
        public Mapping {
            entries = Frozen.list(entries);
        }
    }

    record Entry(Scalar key, YamlNode value) {}
}
