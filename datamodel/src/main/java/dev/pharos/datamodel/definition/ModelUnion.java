// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Puts several supported data models together.
final class ModelUnion {
    private ModelUnion() {}

    static SupportedDataModel of(String uri, List<SupportedDataModel> models) {
        Map<String, ObjectDefinition> objects = new LinkedHashMap<>();
        for (SupportedDataModel model : models) {
            for (ObjectDefinition definition : model.objects()) {
                objects.merge(definition.path(), definition, ModelUnion::both);
            }
        }
        return SupportedDataModel.of(uri, objects.values());
    }

    private static ObjectDefinition both(ObjectDefinition first, ObjectDefinition second) {
        if (first.equals(second)) {
            return first;
        }
        if (first.access() != second.access()) {
            throw new IllegalArgumentException(
                    first.path() + " is defined as " + first.access() + " and as " + second.access());
        }
        if (!first.presence().equals(second.presence())) {
            throw new IllegalArgumentException(first.path() + " is there at different times");
        }
        Set<UniqueKey> keys = new LinkedHashSet<>(first.uniqueKeys());
        keys.addAll(second.uniqueKeys());
        return new ObjectDefinition(
                first.path(),
                first.access(),
                List.copyOf(keys),
                both(first.path(), first.parameters(), second.parameters(), ParameterDefinition::name),
                both(first.path(), first.commands(), second.commands(), CommandDefinition::name),
                both(first.path(), first.events(), second.events(), EventDefinition::name),
                first.description().isEmpty() ? second.description() : first.description(),
                first.presence());
    }

    private static <T> List<T> both(String path, List<T> first, List<T> second, Function<T, String> name) {
        Map<String, T> elements = new LinkedHashMap<>();
        first.forEach(element -> elements.put(name.apply(element), element));
        for (T element : second) {
            T other = elements.putIfAbsent(name.apply(element), element);
            if (other != null && !other.equals(element)) {
                throw new IllegalArgumentException("two different definitions of " + path + name.apply(element));
            }
        }
        return new ArrayList<>(elements.values());
    }
}
