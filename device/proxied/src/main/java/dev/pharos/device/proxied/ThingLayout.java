// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.proxied;

import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Gives a thing the objects that its description asks for, and takes away what an earlier description had beyond
/// that. What stays keeps its Instance Number, its values, and the name that management gave it.
final class ThingLayout {
    private final Transaction tx;
    private final Thing thing;
    private final String row;
    private final Map<String, List<ThingRow.Shown>> values = new LinkedHashMap<>();
    private final Map<String, String> points = new HashMap<>();

    private ThingLayout(Transaction tx, Thing thing, String row) {
        this.tx = tx;
        this.thing = thing;
        this.row = row;
    }

    /// @param protocol for `ProxyProtocol`
    /// @param alias by which its row is found
    static ThingRow publish(Transaction tx, Thing thing, String protocol, String alias) {
        ThingLayout layout = new ThingLayout(tx, thing, tx.add(ProxiedModel.THINGS, Map.of("Alias", alias)));
        layout.tx.set(layout.row + "ProxyProtocol", protocol);
        layout.tx.set(layout.row + "Type", Texts.name(thing.type()));
        layout.tx.set(layout.row + "Description", Texts.line(thing.description(), 256));
        if (layout.value("Name").isEmpty()) {
            layout.tx.set(layout.row + "Name", Texts.name(thing.id()));
        }
        layout.mount();
        return new ThingRow(thing, layout.row, Map.copyOf(layout.values), Map.copyOf(layout.points));
    }

    private String value(String parameter) {
        return tx.snapshot().value(row + parameter).orElse("");
    }

    private void mount() {
        List<String> mounted = new ArrayList<>();
        thing.identity().ifPresent(_ -> mounted.add(ProxiedModel.IDENTITY));
        if (!thing.capabilities().isEmpty()) {
            mounted.add(ProxiedModel.CAPABILITIES);
        }
        if (!thing.nodes().isEmpty()) {
            mounted.add(ProxiedModel.NODES);
        }
        if (!thing.resources().isEmpty()) {
            mounted.add(ProxiedModel.RESOURCES);
        }
        for (String table : List.of(ProxiedModel.CAPABILITIES, ProxiedModel.NODES, ProxiedModel.RESOURCES)) {
            if (!mounted.contains(table)) {
                keepOnly("", table, Set.of());
            }
        }
        tx.set(row + ProxiedModel.MOUNTED, String.join(",", mounted));
        thing.identity().ifPresent(this::identity);
        capabilities("", thing.capabilities());
        nodes();
        resources();
    }

    private void identity(Thing.Identity identity) {
        identity.points()
                .forEach((parameter, point) ->
                        show(point, new ThingRow.Shown(ProxiedModel.IDENTITY + ".", parameter, false)));
    }

    private void show(String point, ThingRow.Shown place) {
        values.computeIfAbsent(point, _ -> new ArrayList<>()).add(place);
    }

    /// @param holder relative to the row
    private void capabilities(String holder, List<Thing.Capability> capabilities) {
        Set<String> wanted = new HashSet<>();
        for (Thing.Capability capability : capabilities) {
            String alias = Texts.alias(capability.kind().object(), capability.point());
            if (wanted.add(alias)) {
                capability(holder, alias, capability);
            }
        }
        keepOnly(holder, ProxiedModel.CAPABILITIES, wanted);
    }

    private void capability(String holder, String alias, Thing.Capability capability) {
        String path = tx.add(row + holder + ProxiedModel.CAPABILITIES + ".", Map.of("Alias", alias));
        tx.set(path + "Class", capability.kind().object());
        if (tx.snapshot().value(path + "Name").orElse("").isEmpty()) {
            tx.set(path + "Name", Texts.name(capability.name()));
        }
        String object = path.substring(row.length()) + capability.kind().object() + ".";
        capability.traits().forEach((parameter, value) -> tx.set(row + object + parameter, Texts.line(value, 256)));
        show(
                capability.point(),
                new ThingRow.Shown(object, ProxiedModel.VALUE, capability.kind().isSensor()));
        if (!capability.kind().isSensor()) {
            points.put(object + ProxiedModel.VALUE, capability.point());
        }
    }

    private void nodes() {
        Set<String> wanted = new HashSet<>();
        for (Thing.Node node : thing.nodes()) {
            String alias = Texts.alias("node", node.id());
            if (wanted.add(alias)) {
                String path = tx.add(row + ProxiedModel.NODES + ".", Map.of("Alias", alias));
                tx.set(path + "Type", Texts.name(node.type()));
                tx.set(path + "Description", Texts.line(node.description(), 256));
                capabilities(path.substring(row.length()), node.capabilities());
            }
        }
        keepOnly("", ProxiedModel.NODES, wanted);
    }

    private void resources() {
        Set<String> wanted = new HashSet<>();
        for (Thing.Resource resource : thing.resources()) {
            String name = Texts.name(resource.point());
            if (wanted.add(name)) {
                resource(name, resource);
            }
        }
        keepOnly("", ProxiedModel.RESOURCES, wanted);
    }

    private void resource(String name, Thing.Resource resource) {
        String path = tx.add(row + ProxiedModel.RESOURCES + ".", Map.of("Path", name));
        tx.set(path + "Name", Texts.name(resource.name()));
        tx.set(path + "Type", resource.type().text());
        tx.set(path + "Unit", Texts.name(resource.unit()));
        List<String> operations = new ArrayList<>();
        Thing.Resource.Access access = resource.access();
        Map.of("Read", access.read(), "Write", access.write(), "Execute", access.execute())
                .forEach((operation, possible) -> {
                    if (possible) {
                        operations.add(operation);
                    }
                });
        tx.set(
                path + "Operations",
                String.join(",", operations.stream().sorted().toList()));
        String object = path.substring(row.length());
        show(resource.point(), new ThingRow.Shown(object, ProxiedModel.VALUE, true));
        points.put(object + ProxiedModel.VALUE, resource.point());
    }

    private void keepOnly(String holder, String table, Set<String> wanted) {
        String key = table.equals(ProxiedModel.RESOURCES) ? "Path" : "Alias";
        Optional<ObjectInstance> place = tx.snapshot().object(row + holder);
        List<ObjectInstance> rows = place.map(there -> there.rows(table)).orElse(List.of());
        rows.stream()
                .filter(found -> !wanted.contains(found.value(key).orElse("")))
                .forEach(found -> tx.delete(found.path()));
    }
}
