// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.lwm2m;

import dev.pharos.device.lwm2m.ObjectKind.Mapped;
import dev.pharos.device.lwm2m.ObjectKind.ResourceKind;
import dev.pharos.device.proxied.ResourceType;
import dev.pharos.device.proxied.Thing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import org.eclipse.leshan.core.node.LwM2mPath;

/// Describes a thing by what it has, as the mapping says.
final class ThingReader {
    private final Map<Integer, ObjectKind> kinds;

    ThingReader(Map<Integer, ObjectKind> kinds) {
        this.kinds = kinds;
    }

    /// @param resources the resources of each instance, of objects that are understood
    Thing thing(String endpoint, String description, NavigableMap<LwM2mPath, NavigableSet<Integer>> resources) {
        String type = "";
        Map<String, String> identity = new LinkedHashMap<>();
        List<Thing.Capability> own = new ArrayList<>();
        List<Thing.Node> nodes = new ArrayList<>();
        List<Thing.Resource> raw = new ArrayList<>();
        for (Map.Entry<LwM2mPath, NavigableSet<Integer>> entry : resources.entrySet()) {
            LwM2mPath instance = entry.getKey();
            ObjectKind kind = kinds.get(instance.getObjectId());
            if (kind == null) {
                continue;
            }
            type = type.isEmpty() ? kind.thing() : type;
            List<Thing.Capability> found = new ArrayList<>();
            for (ResourceKind resource : known(kind, entry.getValue())) {
                String point = instance.append(resource.id()).toString();
                raw.add(raw(point, resource));
                capability(kind, instance, resource, point).ifPresent(found::add);
                if (!resource.info().isEmpty()) {
                    identity.put(resource.info(), point);
                }
            }
            if (kind.node().isEmpty()) {
                own.addAll(found);
            } else if (!found.isEmpty()) {
                nodes.add(new Thing.Node(instance.toString().substring(1), kind.node(), name(kind, instance), found));
            }
        }
        return new Thing(
                endpoint,
                type,
                description,
                identity.isEmpty() ? Optional.empty() : Optional.of(new Thing.Identity(identity)),
                own,
                nodes,
                raw);
    }

    private static List<ResourceKind> known(ObjectKind kind, NavigableSet<Integer> ids) {
        return ids.stream()
                .flatMap(id -> Optional.ofNullable(kind.resources().get(id)).stream())
                .toList();
    }

    private static Optional<Thing.Capability> capability(
            ObjectKind kind, LwM2mPath instance, ResourceKind resource, String point) {
        return resource.capability()
                .map((Mapped mapped) ->
                        new Thing.Capability(mapped.kind(), name(kind, instance), mapped.traits(), point));
    }

    private static String name(ObjectKind kind, LwM2mPath instance) {
        return instance.getObjectInstanceId() == 0 ? kind.name() : kind.name() + " " + instance.getObjectInstanceId();
    }

    private static Thing.Resource raw(String point, ResourceKind resource) {
        return new Thing.Resource(
                point,
                resource.name(),
                resource.executable() ? ResourceType.NONE : resource.type(),
                new Thing.Resource.Access(resource.readable(), resource.writable(), resource.executable()),
                resource.unit());
    }
}
