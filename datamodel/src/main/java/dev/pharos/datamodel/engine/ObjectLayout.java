// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.datamodel.definition.UniqueKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the instances of one supported object are kept. Shared by all devices of a kind.
final class ObjectLayout {
    private static final String COUNT_SUFFIX = "NumberOfEntries";
    /// The tables that are called otherwise than what counts their rows.
    private static final Map<String, String> COUNTED = Map.of("ForwardNumberOfEntries", "Forwarding");

    final ObjectDefinition definition;
    final String name;
    final boolean table;
    /// Among the children of the object that holds it.
    final int index;
    final List<ParameterLayout> parameters;
    final List<ObjectLayout> children;
    /// The unique keys that can be checked, each as its parameters.
    final List<Key> keys;
    /// The service elements whose model has this object.
    final BitSet owners;
    /// Whether there is a strong reference here or beneath.
    final boolean strongBeneath;
    /// Whether rows outlive a restart as they are.
    final boolean kept;
    /// Whether rows, or at least their Instance Numbers, are journalled.
    final boolean remembered;
    /// An instance that nothing was said of.
    final Node initial;

    private final Map<String, ParameterLayout> byName = new LinkedHashMap<>();
    /// By index of the child: the parameter here that names it where it is there; null of what always is.
    private final @Nullable ParameterLayout[] conditions;
    private final Map<String, ObjectLayout> childByName = new LinkedHashMap<>();
    private final Map<String, Integer> backers;

    /// A unique key.
    record Key(List<ParameterLayout> parameters, boolean functional) {}

    ObjectLayout(
            ObjectDefinition definition,
            int index,
            List<ParameterLayout> parameters,
            List<ObjectLayout> children,
            BitSet owners,
            Map<String, Integer> backers) {
        this.definition = definition;
        this.name = definition.name();
        this.table = definition.isTable();
        this.index = index;
        this.parameters = List.copyOf(parameters);
        this.children = List.copyOf(children);
        this.owners = owners;
        this.backers = Map.copyOf(backers);
        parameters.forEach(parameter -> byName.put(parameter.name, parameter));
        children.forEach(child -> childByName.put(child.name, child));
        this.conditions = conditions();
        this.keys = keys();
        this.strongBeneath =
                parameters.stream().anyMatch(p -> p.strong) || children.stream().anyMatch(c -> c.strongBeneath);
        this.kept = table && definition.access() != ObjectDefinition.ObjectAccess.READ_ONLY;
        this.remembered = kept || (table && !keys.isEmpty());
        this.initial = new Node(this, defaults(), emptyChildren());
    }

    private @Nullable ParameterLayout[] conditions() {
        @Nullable ParameterLayout[] found = new ParameterLayout[children.size()];
        for (ObjectLayout child : children) {
            child.definition.presence().ifPresent(presence -> {
                ParameterLayout naming = byName.get(presence.parameter());
                if (naming == null || naming.source != ParameterLayout.Source.STORED) {
                    throw new IllegalArgumentException("nothing kept says whether there is " + child.definition.path()
                            + ": " + definition.path() + presence.parameter());
                }
                found[child.index] = naming;
            });
        }
        return found;
    }

    /// Whether this instance has that child.
    boolean has(Node node, ObjectLayout child) {
        ParameterLayout naming = conditions[child.index];
        return naming == null
                || child.definition
                        .presence()
                        .filter(presence -> presence.names(node.text(naming), child.name))
                        .isPresent();
    }

    private List<Key> keys() {
        List<Key> usable = new ArrayList<>();
        for (UniqueKey key : definition.uniqueKeys()) {
            List<ParameterLayout> members = new ArrayList<>();
            for (String member : key.parameters()) {
                ParameterLayout parameter = byName.get(member);
                if (parameter != null && parameter.source == ParameterLayout.Source.STORED) {
                    members.add(parameter);
                }
            }
            if (members.size() == key.parameters().size()) {
                usable.add(new Key(List.copyOf(members), key.functional()));
            }
        }
        return List.copyOf(usable);
    }

    private Object[] defaults() {
        return parameters.stream()
                .filter(p -> p.slot >= 0)
                .map(p -> (Object) p.defaultValue)
                .toArray();
    }

    private Object[] emptyChildren() {
        return children.stream().map(c -> c.table ? Rows.NONE : c.initial).toArray();
    }

    /// The name of the table that a parameter of this name counts the rows of, if it counts any.
    static String countedTable(String parameterName) {
        String otherwise = COUNTED.get(parameterName);
        if (otherwise != null) {
            return otherwise;
        }
        return parameterName.endsWith(COUNT_SUFFIX)
                ? parameterName.substring(0, parameterName.length() - COUNT_SUFFIX.length())
                : "";
    }

    @Nullable
    ParameterLayout parameter(String parameterName) {
        return byName.get(parameterName);
    }

    @Nullable
    ObjectLayout child(String childName) {
        return childByName.get(childName);
    }

    /// The rows that a counting parameter of this node counts.
    int count(Node node, ParameterLayout parameter) {
        ObjectLayout counted = childByName.get(countedTable(parameter.name));
        return counted == null ? 0 : node.rows(counted).size();
    }

    /// Which service element backs a command or event; -1 where none does.
    int backer(String commandOrEvent) {
        return backers.getOrDefault(commandOrEvent, -1);
    }

    /// Whether this parameter belongs to a unique key, of which it is enough that one holds.
    boolean isKey(ParameterLayout parameter) {
        return keys.stream().anyMatch(key -> key.parameters().contains(parameter));
    }

    /// Whether this parameter never changes after creation: it belongs to keys, none of which has a meaning
    /// of its own (R-KEY.1).
    boolean isFrozenKey(ParameterLayout parameter) {
        return isKey(parameter)
                && keys.stream()
                        .noneMatch(key -> key.functional() && key.parameters().contains(parameter));
    }

    /// Whether the journal has the values of this parameter: what is written, what tells rows apart, and the
    /// dates and references that the device gave rows which outlive a restart, such as when they were created and
    /// by whom.
    boolean isJournalled(ParameterLayout parameter) {
        return parameter.written
                || (table
                        && parameter.source == ParameterLayout.Source.STORED
                        && (isKey(parameter) || isKeptOrigin(parameter)));
    }

    private boolean isKeptOrigin(ParameterLayout parameter) {
        return kept
                && (parameter.definition.type().base() == PrimitiveType.DATE_TIME
                        || parameter.definition.reference().isPresent());
    }
}
