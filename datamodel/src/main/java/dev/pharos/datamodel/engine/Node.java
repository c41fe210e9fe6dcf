// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

/// A single object or a row in the tree of a snapshot. Immutable: a change copies the way from the root. As
/// long as nothing differs from the defaults, all devices of a kind share one node.
final class Node {
    final ObjectLayout layout;
    /// By slot: text, or [WrittenOnce]. Never changed.
    private final Object[] values;
    /// By index of the child layout: a node of a single object, [Rows] of a table. Never changed.
    private final Object[] children;

    Node(ObjectLayout layout, Object[] values, Object[] children) {
        this.layout = layout;
        this.values = values;
        this.children = children;
    }

    Object slot(ParameterLayout parameter) {
        return values[parameter.slot];
    }

    String text(ParameterLayout parameter) {
        return WrittenOnce.text(values[parameter.slot]);
    }

    /// Whether this child, single or table, is there.
    boolean has(ObjectLayout child) {
        return layout.has(this, child);
    }

    Node single(ObjectLayout child) {
        return (Node) children[child.index];
    }

    Rows rows(ObjectLayout table) {
        return (Rows) children[table.index];
    }

    Node with(ParameterLayout parameter, Object value) {
        Object[] copy = values.clone();
        copy[parameter.slot] = value;
        return new Node(layout, copy, children);
    }

    Node withChild(ObjectLayout child, Object content) {
        Object[] copy = children.clone();
        copy[child.index] = content;
        return new Node(layout, values, copy);
    }
}
