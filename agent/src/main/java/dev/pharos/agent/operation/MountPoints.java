// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.operation;

import dev.pharos.agent.access.Requester;
import dev.pharos.agent.access.Right;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.usp.path.PathName;
import dev.pharos.usp.path.Segment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What is mounted where, as one requester sees it: the reason why the supported data models of two rows of one table
/// may diverge (TR-369, GetSupportedDM, `divergent_paths`).
final class MountPoints {
    private final SupportedDataModel supported;
    private final PathReader reader;
    /// The objects that the requested path names by Instance Number, by their supported paths: of these it is known
    /// what is mounted.
    private final Map<String, ObjectInstance> named = new HashMap<>();

    MountPoints(InstantiatedDataModel model, Requester requester, PathName requested) {
        this.supported = model.supported();
        this.reader = new PathReader(model, requester);
        List<Segment> segments = requested.segments();
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i) instanceof Segment.Instance) {
                reader.objects(new PathName(segments.subList(0, i + 1), PathName.LeafKind.OBJECT, ""))
                        .forEach(row -> named.put(row.definition().path(), row));
            }
        }
    }

    /// Whether the instances that the requested path names have this object, and all that hold it, mounted.
    boolean has(ObjectDefinition object) {
        ObjectInstance holder = named.get(object.holderPath());
        return (holder == null || !object.isMounted() || isMounted(holder, object))
                && supported.object(object.holderPath()).map(this::has).orElse(true);
    }

    /// The objects of the model beneath this one, without those that are mounted nowhere where it is asked about.
    List<ObjectDefinition> children(ObjectDefinition holder) {
        List<ObjectDefinition> all = supported.children(holder.path());
        if (!isMountPoint(holder)) {
            return all;
        }
        List<ObjectInstance> places = places(holder);
        return all.stream()
                .filter(child -> !child.isMounted()
                        || places.isEmpty()
                        || places.stream().anyMatch(place -> isMounted(place, child)))
                .toList();
    }

    /// The instances of this object, where not all of them have the same mounted; empty where they do, or where the
    /// request is about one of them.
    List<String> divergent(ObjectDefinition holder) {
        if (!isMountPoint(holder)) {
            return List.of();
        }
        List<ObjectInstance> places = places(holder);
        Set<Set<String>> models = new HashSet<>();
        places.forEach(place -> models.add(mounted(place, holder)));
        return models.size() < 2
                ? List.of()
                : places.stream().map(ObjectInstance::path).toList();
    }

    private boolean isMountPoint(ObjectDefinition holder) {
        return supported.children(holder.path()).stream().anyMatch(ObjectDefinition::isMounted);
    }

    private List<ObjectInstance> places(ObjectDefinition holder) {
        ObjectInstance one = named.get(holder.path());
        return one != null
                ? List.of(one)
                : reader.objects(PathName.require(holder.path().replace("{i}", "*"))).stream()
                        .filter(place -> reader.allows(Right.READ_ROW, place.path()))
                        .toList();
    }

    private Set<String> mounted(ObjectInstance place, ObjectDefinition holder) {
        return supported.children(holder.path()).stream()
                .filter(child -> child.isMounted() && isMounted(place, child))
                .map(ObjectDefinition::name)
                .collect(Collectors.toSet());
    }

    private static boolean isMounted(ObjectInstance place, ObjectDefinition child) {
        return child.presence()
                .map(presence ->
                        presence.names(place.value(presence.parameter()).orElse(""), child.name()))
                .orElse(true);
    }
}
