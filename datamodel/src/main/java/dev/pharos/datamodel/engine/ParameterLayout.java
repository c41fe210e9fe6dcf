// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import dev.pharos.datamodel.Limits;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.datamodel.definition.ValueSyntax;
import dev.pharos.usp.UspException;
import java.util.concurrent.ConcurrentHashMap;

/// Where the value of a parameter comes from. Shared by all devices of a kind.
final class ParameterLayout {
    /// The kinds of source.
    enum Source {
        /// The node's slot.
        STORED,
        /// Its service element, each time.
        LIVE,
        /// The number of rows of a table beside it.
        COUNT
    }

    final ParameterDefinition definition;
    final String name;
    final Source source;
    /// In the node's values; -1 where nothing is stored.
    final int slot;
    /// Which service element backs it.
    final int owner;
    final String defaultValue;
    final boolean strong;
    private final ConcurrentHashMap<String, String> usual = new ConcurrentHashMap<>(0);
    /// Whether its value is journalled; unique keys of rows are as well.
    final boolean written;

    ParameterLayout(ParameterDefinition definition, Source source, int slot, int owner) {
        this.definition = definition;
        this.name = definition.name();
        this.source = source;
        this.slot = slot;
        this.owner = owner;
        this.defaultValue = defaultValue(definition);
        this.strong = source == Source.STORED
                && definition.reference().map(r -> r.strong()).orElse(false);
        this.written = source == Source.STORED && definition.access().isWritable();
    }

    /// The default of the model, or the type's own; of a writable enumeration its first value.
    private static String defaultValue(ParameterDefinition definition) {
        String text = definition.defaultValue().orElseGet(() -> {
            var enumeration = definition.type().facets().enumeration();
            boolean first = definition.access().isWritable()
                    && !definition.type().list()
                    && !enumeration.isEmpty()
                    && !enumeration.contains("");
            return first ? enumeration.getFirst() : ValueSyntax.emptyValue(definition.type());
        });
        try {
            return ValueSyntax.canonicalOfBase(definition.type(), text);
        } catch (UspException wrong) {
            return ValueSyntax.emptyValue(definition.type());
        }
    }

    /// The same text, as an object that devices share where it is a usual one.
    String shared(String canonical) {
        if (canonical.equals(defaultValue)) {
            return defaultValue;
        }
        if (canonical.isEmpty() || definition.secured()) {
            return canonical;
        }
        if (definition.type().base() == PrimitiveType.BOOLEAN
                && !definition.type().list()) {
            return canonical.equals("true") ? "true" : "false";
        }
        int known = definition.type().facets().enumeration().indexOf(canonical);
        return known < 0
                ? pooled(canonical)
                : definition.type().facets().enumeration().get(known);
    }

    /// Devices of a kind have many values in common, such as the names of their interfaces.
    private String pooled(String text) {
        if (text.length() > Limits.SHARED_VALUE_CHARACTERS) {
            return text;
        }
        String same = usual.get(text);
        if (same == null && usual.size() < Limits.SHARED_VALUES) {
            same = usual.putIfAbsent(text, text);
        }
        return same == null ? text : same;
    }

    /// What a node holds for this value.
    Object stored(String canonical) {
        String text = shared(canonical);
        return switch (definition.access()) {
            case WRITE_ONCE -> new WrittenOnce(text);
            case READ_ONLY, READ_WRITE -> text;
        };
    }
}
