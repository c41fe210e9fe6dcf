// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import dev.pharos.datamodel.Limits;
import dev.pharos.datamodel.definition.CommandDefinition;
import dev.pharos.datamodel.definition.EventDefinition;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.engine.ParameterLayout.Source;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How the instances of a whole supported data model are kept, and which service element backs what. Devices
/// of the same kind in one process share one layout, which is what makes thousands of simulated devices
/// cheap.
final class ModelLayout {
    private static final Map<Kind, ModelLayout> SHARED = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Kind, ModelLayout> eldest) {
            return size() > Limits.SHARED_LAYOUTS;
        }
    };

    final SupportedDataModel supported;
    final ObjectLayout root;
    private final Map<String, ObjectLayout> byPath = new HashMap<>();
    private final List<SupportedDataModel> models;
    private final Set<String> live;
    private final List<Map<String, ObjectDefinition>> byElement;

    /// What makes two devices share a layout.
    private record Kind(List<SupportedDataModel> models, Set<String> live) {}

    /// @throws IllegalArgumentException where models contradict each other or back the same
    static ModelLayout of(List<? extends ServiceElement> elements) {
        List<SupportedDataModel> models = new ArrayList<>();
        Set<String> live = new HashSet<>();
        for (ServiceElement element : elements) {
            SupportedDataModel model = element.supported();
            models.add(model);
            for (ObjectDefinition object : model.objects()) {
                for (ParameterDefinition parameter : object.parameters()) {
                    if (element.isLive(object.path() + parameter.name())) {
                        live.add(object.path() + parameter.name());
                    }
                }
            }
        }
        Kind kind = new Kind(List.copyOf(models), Set.copyOf(live));
        synchronized (SHARED) {
            return SHARED.computeIfAbsent(kind, k -> new ModelLayout(k.models(), k.live()));
        }
    }

    private ModelLayout(List<SupportedDataModel> models, Set<String> live) {
        if (models.isEmpty()) {
            throw new IllegalArgumentException("no service elements");
        }
        this.models = models;
        this.live = live;
        this.byElement = models.stream().map(ModelLayout::byPath).toList();
        this.supported = SupportedDataModel.union(models.getFirst().uri(), models);
        List<ObjectDefinition> roots = supported.objects().stream()
                .filter(object -> object.holderPath().isEmpty())
                .toList();
        if (roots.size() != 1 || roots.getFirst().isTable()) {
            throw new IllegalArgumentException("a device has one root object, this has "
                    + roots.stream().map(ObjectDefinition::path).toList());
        }
        this.root = object(roots.getFirst(), 0);
    }

    /// The layout of a supported object; `X.` and `X.{i}.` both name the rows of a table.
    Optional<ObjectLayout> layout(String supportedPath) {
        ObjectLayout layout = byPath.get(supportedPath);
        return Optional.ofNullable(layout != null ? layout : byPath.get(supportedPath + "{i}."));
    }

    private static Map<String, ObjectDefinition> byPath(SupportedDataModel model) {
        Map<String, ObjectDefinition> objects = new HashMap<>();
        model.objects().forEach(object -> objects.put(object.path(), object));
        return objects;
    }

    private ObjectLayout object(ObjectDefinition definition, int index) {
        List<ObjectLayout> children = new ArrayList<>();
        for (ObjectDefinition child : supported.children(definition.path())) {
            children.add(object(child, children.size()));
        }
        List<ParameterLayout> parameters = new ArrayList<>();
        int slot = 0;
        for (ParameterDefinition parameter : definition.parameters()) {
            Source source = source(definition, parameter);
            int owner = source == Source.COUNT ? -1 : parameterOwner(definition, parameter);
            parameters.add(new ParameterLayout(parameter, source, source == Source.STORED ? slot++ : -1, owner));
        }
        BitSet owners = new BitSet();
        for (int i = 0; i < models.size(); i++) {
            owners.set(i, byElement.get(i).containsKey(definition.path()));
        }
        ObjectLayout layout = new ObjectLayout(definition, index, parameters, children, owners, backers(definition));
        byPath.put(definition.path(), layout);
        return layout;
    }

    private Source source(ObjectDefinition object, ParameterDefinition parameter) {
        String counted = ObjectLayout.countedTable(parameter.name());
        if (!counted.isEmpty()
                && supported.object(object.path() + counted + ".{i}.").isPresent()) {
            return Source.COUNT;
        }
        String path = object.path() + parameter.name();
        if (!live.contains(path)) {
            return Source.STORED;
        }
        if (parameter.access().isWritable()) {
            throw new IllegalArgumentException("a writable parameter cannot be live: " + path);
        }
        return Source.LIVE;
    }

    private int parameterOwner(ObjectDefinition object, ParameterDefinition parameter) {
        int owner = -1;
        for (int i = 0; i < models.size(); i++) {
            ObjectDefinition part = byElement.get(i).get(object.path());
            if (part != null && part.parameter(parameter.name()).isPresent()) {
                owner = once(owner, i, object.path() + parameter.name());
            }
        }
        return owner;
    }

    private Map<String, Integer> backers(ObjectDefinition object) {
        Map<String, Integer> backers = new HashMap<>();
        for (int i = 0; i < models.size(); i++) {
            ObjectDefinition part = byElement.get(i).get(object.path());
            if (part != null) {
                for (CommandDefinition command : part.commands()) {
                    back(backers, command.name(), i, object);
                }
                for (EventDefinition event : part.events()) {
                    back(backers, event.name(), i, object);
                }
            }
        }
        return backers;
    }

    private static void back(Map<String, Integer> backers, String name, int element, ObjectDefinition object) {
        backers.put(name, once(backers.getOrDefault(name, -1), element, object.path() + name));
    }

    private static int once(int before, int element, String path) {
        if (before >= 0) {
            throw new IllegalArgumentException("two service elements back " + path);
        }
        return element;
    }
}
