// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.definition;

import dev.pharos.datamodel.Limits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Everything that a device supports, by object. Immutable; shared by all devices of a kind.
public final class SupportedDataModel {
    private final String uri;
    private final Map<String, ObjectDefinition> objects;
    private final Map<String, List<ObjectDefinition>> children;
    private volatile @Nullable String contentHash;

    private SupportedDataModel(
            String uri, Map<String, ObjectDefinition> objects, Map<String, List<ObjectDefinition>> children) {
        this.uri = uri;
        this.objects = Collections.unmodifiableMap(objects);
        this.children = children;
    }

    /// @param uri such as `urn:broadband-forum-org:tr-181-2-19-0`
    /// @throws IllegalArgumentException where an object is defined twice or has no parent
    public static SupportedDataModel of(String uri, Collection<ObjectDefinition> definitions) {
        if (definitions.size() > Limits.OBJECTS_PER_MODEL) {
            throw new IllegalArgumentException("more than " + Limits.OBJECTS_PER_MODEL + " objects");
        }
        Map<String, ObjectDefinition> given = new LinkedHashMap<>();
        for (ObjectDefinition definition : definitions) {
            if (given.put(definition.path(), definition) != null) {
                throw new IllegalArgumentException("defined twice: " + definition.path());
            }
        }
        Map<String, List<ObjectDefinition>> children = new LinkedHashMap<>();
        List<ObjectDefinition> roots = new ArrayList<>();
        for (ObjectDefinition definition : given.values()) {
            String holder = definition.holderPath();
            if (holder.isEmpty()) {
                roots.add(definition);
            } else if (given.containsKey(holder)) {
                children.computeIfAbsent(holder, h -> new ArrayList<>()).add(definition);
            } else {
                throw new IllegalArgumentException("has no parent " + holder + ": " + definition.path());
            }
        }
        children.replaceAll((holder, list) -> List.copyOf(list));
        Map<String, ObjectDefinition> ordered = new LinkedHashMap<>();
        roots.forEach(root -> collect(root, children, ordered));
        return new SupportedDataModel(uri, ordered, Map.copyOf(children));
    }

    private static void collect(
            ObjectDefinition definition,
            Map<String, List<ObjectDefinition>> children,
            Map<String, ObjectDefinition> ordered) {
        ordered.put(definition.path(), definition);
        for (ObjectDefinition child : children.getOrDefault(definition.path(), List.of())) {
            collect(child, children, ordered);
        }
    }

    /// All that these models have together. The same object may be in several; of the same element in two of
    /// them the definitions must be equal.
    ///
    /// @throws IllegalArgumentException where definitions contradict each other, naming the path
    public static SupportedDataModel union(String uri, List<SupportedDataModel> models) {
        return models.size() == 1 && models.getFirst().uri.equals(uri) ? models.getFirst() : ModelUnion.of(uri, models);
    }

    public String uri() {
        return uri;
    }

    /// The object of this supported path, such as `Device.WiFi.SSID.{i}.`.
    public Optional<ObjectDefinition> object(String supportedPath) {
        return Optional.ofNullable(objects.get(supportedPath));
    }

    /// The definition of the object at an instantiated path, such as `Device.WiFi.SSID.3.`.
    public Optional<ObjectDefinition> objectOfInstance(String instancePath) {
        return object(supportedPath(instancePath));
    }

    /// The table of this supported path without `{i}`, such as `Device.WiFi.SSID.`.
    public Optional<ObjectDefinition> table(String supportedTablePath) {
        return object(supportedTablePath + "{i}.");
    }

    /// The parameter at a supported or instantiated path, such as `Device.WiFi.SSID.3.Enable`.
    public Optional<ParameterDefinition> parameter(String parameterPath) {
        int dot = parameterPath.lastIndexOf('.') + 1;
        return objectOfInstance(parameterPath.substring(0, dot))
                .flatMap(o -> o.parameter(parameterPath.substring(dot)));
    }

    /// The supported form of an instantiated path: each Instance Number becomes `{i}`. Does not say that the
    /// model has it.
    public static String supportedPath(String instancePath) {
        StringBuilder supported = null;
        int copied = 0;
        int start = 0;
        while (start < instancePath.length()) {
            int end = instancePath.indexOf('.', start);
            end = end < 0 ? instancePath.length() : end;
            char first = instancePath.charAt(start);
            if (end > start && first >= '0' && first <= '9') {
                supported = supported == null ? new StringBuilder(instancePath.length() + 8) : supported;
                supported.append(instancePath, copied, start).append("{i}");
                copied = end;
            }
            start = end + 1;
        }
        return supported == null
                ? instancePath
                : supported.append(instancePath, copied, instancePath.length()).toString();
    }

    /// All objects, parents before children.
    public Collection<ObjectDefinition> objects() {
        return objects.values();
    }

    /// The objects directly beneath, in order; a table `X.{i}.` counts as a child of the object that holds
    /// `X`.
    public List<ObjectDefinition> children(String supportedPath) {
        return children.getOrDefault(supportedPath, List.of());
    }

    /// This model with only those objects, parameters, commands and events for which the filter says yes;
    /// parents of kept objects stay.
    public SupportedDataModel restrictedTo(ElementFilter filter) {
        List<ObjectDefinition> kept = new ArrayList<>();
        for (ObjectDefinition definition : objects.values()) {
            if (definition.holderPath().isEmpty()) {
                restrict(definition, filter, kept);
            }
        }
        return of(uri, kept);
    }

    /// Adds what stays of this object and of those beneath, and says whether anything did.
    private boolean restrict(ObjectDefinition definition, ElementFilter filter, List<ObjectDefinition> kept) {
        int place = kept.size();
        boolean needed = filter.keep(definition.path(), "");
        for (ObjectDefinition child : children(definition.path())) {
            needed |= restrict(child, filter, kept);
        }
        ObjectDefinition rest = restricted(definition, filter);
        needed |= !rest.parameters().isEmpty()
                || !rest.commands().isEmpty()
                || !rest.events().isEmpty();
        if (needed) {
            kept.add(place, rest);
        }
        return needed;
    }

    private static ObjectDefinition restricted(ObjectDefinition definition, ElementFilter filter) {
        String path = definition.path();
        List<ParameterDefinition> parameters = definition.parameters().stream()
                .filter(p -> filter.keep(path, p.name()))
                .toList();
        return new ObjectDefinition(
                path,
                definition.access(),
                definition.uniqueKeys().stream()
                        .filter(key -> key.parameters().stream()
                                .allMatch(name -> definition.parameter(name).isEmpty() || filter.keep(path, name)))
                        .toList(),
                parameters,
                definition.commands().stream()
                        .filter(c -> filter.keep(path, c.name()))
                        .toList(),
                definition.events().stream()
                        .filter(e -> filter.keep(path, e.name()))
                        .toList(),
                definition.description(),
                definition.presence());
    }

    /// What this model says, as 64 hexadecimal digits: equal for equal content in whatever order it was
    /// given, on every machine and in every version of this program that knows the same properties.
    public String contentHash() {
        String known = contentHash;
        if (known == null) {
            known = ContentHash.of(this);
            contentHash = known;
        }
        return known;
    }

    /// Decides which elements stay.
    @FunctionalInterface
    public interface ElementFilter {
        /// @param element a parameter, command (`X()`) or event (`X!`) name; empty for the object itself
        boolean keep(String supportedObjectPath, String element);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof SupportedDataModel that && contentHash().equals(that.contentHash()));
    }

    @Override
    public int hashCode() {
        return contentHash().hashCode();
    }

    @Override
    public String toString() {
        return uri + " (" + objects.size() + " objects)";
    }
}
