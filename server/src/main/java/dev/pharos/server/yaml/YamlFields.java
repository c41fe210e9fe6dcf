// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A mapping of which it is known what may stand in it.
public final class YamlFields {
    private final YamlNode whole;
    private final Map<String, YamlNode> fields;

    private YamlFields(YamlNode whole, Map<String, YamlNode> fields) {
        this.whole = whole;
        this.fields = fields;
    }

    /// @param what it is, for errors: `a profile`
    /// @param allowed what may stand in it
    /// @throws YamlException where it is no mapping, or something else stands in it
    public static YamlFields of(YamlNode node, String what, List<String> allowed) throws YamlException {
        if (!(node instanceof YamlNode.Mapping(List<YamlNode.Entry> entries, int _))) {
            throw new YamlException(node.line(), what + " must be a mapping of " + String.join(", ", allowed));
        }
        Map<String, YamlNode> fields = new LinkedHashMap<>();
        for (YamlNode.Entry entry : entries) {
            if (!allowed.contains(entry.key().text())) {
                throw new YamlException(
                        entry.key().line(),
                        "\"" + YamlReader.shortened(entry.key().text()) + "\" is not known here; " + what + " has "
                                + String.join(", ", allowed));
            }
            fields.put(entry.key().text(), entry.value());
        }
        return new YamlFields(node, fields);
    }

    public Optional<YamlNode> get(String field) {
        return Optional.ofNullable(fields.get(field));
    }

    /// Where the field stands, or, where it does not, the whole.
    public int line(String field) {
        @Nullable YamlNode node = fields.get(field);
        return node == null ? whole.line() : node.line();
    }

    /// @throws YamlException where it is missing or no single value
    public String required(String field) throws YamlException {
        @Nullable YamlNode node = fields.get(field);
        if (node == null) {
            throw new YamlException(whole.line(), "\"" + field + "\" is missing");
        }
        return text(node, "\"" + field + "\"");
    }

    /// @param what it is, for errors
    /// @throws YamlException where it is no single value
    public static String text(YamlNode node, String what) throws YamlException {
        if (!(node instanceof YamlNode.Scalar scalar)) {
            throw new YamlException(node.line(), what + " must be one value");
        }
        if (scalar.isNothing()) {
            throw new YamlException(node.line(), what + " is empty; write \"\" where that is meant");
        }
        return scalar.text();
    }
}
