// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.UniqueKey;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.usp.Frozen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A node as it is seen from outside, with its path.
///
/// @param number the Instance Number of a row, 0 of a single object
record InstanceView(TreeSnapshot snapshot, Node node, String path, long number) implements ObjectInstance {
    @Override
    public ObjectDefinition definition() {
        return node.layout.definition;
    }

    @Override
    public OptionalLong instanceNumber() {
        return node.layout.table ? OptionalLong.of(number) : OptionalLong.empty();
    }

    @Override
    public Optional<String> value(String parameter) {
        ParameterLayout layout = node.layout.parameter(parameter);
        if (layout == null) {
            return Optional.empty();
        }
        return Optional.of(
                switch (layout.source) {
                    case STORED -> node.text(layout);
                    case COUNT -> Integer.toString(node.layout.count(node, layout));
                    case LIVE -> snapshot.elements().get(layout.owner).read(this, parameter);
                });
    }

    @Override
    public Map<String, String> uniqueKeys() {
        Map<String, String> values = new LinkedHashMap<>();
        for (UniqueKey key : node.layout.definition.uniqueKeys()) {
            for (String parameter : key.parameters()) {
                value(parameter).ifPresent(value -> values.put(parameter, value));
            }
        }
        return Frozen.adopt(values);
    }

    @Override
    public List<ObjectInstance> children() {
        List<ObjectInstance> children = new ArrayList<>();
        for (ObjectLayout child : node.layout.children) {
            if (child.table) {
                children.addAll(rows(child));
            } else if (node.has(child)) {
                children.add(single(child));
            }
        }
        return children;
    }

    @Override
    public List<ObjectInstance> rows(String table) {
        ObjectLayout child = node.layout.child(table);
        return child == null || !child.table ? List.of() : List.copyOf(rows(child));
    }

    @Override
    public Optional<ObjectInstance> child(String name) {
        ObjectLayout child = node.layout.child(name);
        return child == null || child.table || !node.has(child) ? Optional.empty() : Optional.of(single(child));
    }

    InstanceView single(ObjectLayout child) {
        return new InstanceView(snapshot, node.single(child), path + child.name + ".", 0);
    }

    List<InstanceView> rows(ObjectLayout table) {
        Rows rows = present(table);
        List<InstanceView> views = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            views.add(row(table, rows, i));
        }
        return views;
    }

    private Rows present(ObjectLayout table) {
        return node.has(table) ? node.rows(table) : Rows.NONE;
    }

    Optional<InstanceView> row(ObjectLayout table, long rowNumber) {
        Rows rows = present(table);
        int found = rows.find(rowNumber);
        return found < 0 ? Optional.empty() : Optional.of(row(table, rows, found));
    }

    private InstanceView row(ObjectLayout table, Rows rows, int index) {
        long rowNumber = rows.number(index);
        return new InstanceView(snapshot, rows.node(index), path + table.name + "." + rowNumber + ".", rowNumber);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InstanceView that && that.node == node && that.path.equals(path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    @Override
    public String toString() {
        return path;
    }
}
