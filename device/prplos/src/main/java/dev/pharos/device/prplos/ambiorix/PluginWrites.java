// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ambiorix;

import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.definition.ValueSyntax;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes of management, carried out by plug-ins one after the other: what is added and set first, then what is
/// deleted. Where one refuses, what others did is taken back as far as they let us.
final class PluginWrites {
    private static final Logger LOG = LoggerFactory.getLogger(PluginWrites.class);

    private final Plugins plugins;
    private final SupportedDataModel supported;
    private final Deque<Step> done = new ArrayDeque<>();

    PluginWrites(Plugins plugins, SupportedDataModel supported) {
        this.plugins = plugins;
        this.supported = supported;
    }

    /// Something that a plug-in does.
    @FunctionalInterface
    private interface Step {
        void run() throws InterruptedException;
    }

    /// Where an object is: its plug-in, and the way from there.
    private record Place(String root, String relative) {
        static Place of(String path) {
            String rest = path.substring(PluginModel.DEVICE.length());
            int dot = rest.indexOf('.') + 1;
            return new Place(rest.substring(0, dot - 1), rest.substring(dot));
        }
    }

    /// @return the plug-ins that were concerned
    Set<String> apply(ChangeSet changes) {
        Set<String> roots = new LinkedHashSet<>();
        Map<String, UbusTable> before = new LinkedHashMap<>();
        Map<String, UbusTable> after = new LinkedHashMap<>();
        try {
            for (Change change : changes.changes()) {
                roots.add(Place.of(change.path()).root());
                switch (change) {
                    case Change.RowAdded added -> add(added);
                    case Change.ValueChanged(String path, String old, String now) -> {
                        collect(before, path, old);
                        collect(after, path, now);
                    }
                    case Change.RowDeleted ignored -> {}
                }
            }
            for (Map.Entry<String, UbusTable> object : after.entrySet()) {
                set(object.getKey(), object.getValue(), before.getOrDefault(object.getKey(), UbusTable.EMPTY));
            }
            for (Change change : changes.changes()) {
                if (change instanceof Change.RowDeleted(String path) && !isBeneathDeleted(changes, path)) {
                    delete(changes.before(), path);
                }
            }
            return roots;
        } catch (UspException refused) {
            undo();
            throw refused;
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            undo();
            throw new UspException(StandardErrorCode.INTERNAL_ERROR, "interrupted while a plug-in wrote");
        }
    }

    /// Takes back what was done, the last thing first.
    void undo() {
        while (!done.isEmpty()) {
            try {
                done.pop().run();
            } catch (UspException refused) {
                LOG.error("a plug-in does not take back what it did: {}", refused.fault());
            } catch (InterruptedException cancelled) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// Plug-ins have defaults of their own, so that they are told only what is not empty, false or 0.
    private void add(Change.RowAdded added) throws InterruptedException {
        Map<String, UbusTable> objects = new LinkedHashMap<>();
        objects.put(added.path(), UbusTable.EMPTY);
        added.values().forEach((name, value) -> {
            boolean said = supported
                    .parameter(added.path() + name)
                    .filter(parameter -> parameter.access().isWritable()
                            && !ValueSyntax.emptyValue(parameter.type()).equals(value))
                    .isPresent();
            if (said) {
                collect(objects, added.path() + name, value);
            }
        });
        Place row = Place.of(added.path());
        int dot = row.relative().lastIndexOf('.', row.relative().length() - 2) + 1;
        String table = row.relative().substring(0, dot);
        long index = Long.parseLong(row.relative().substring(dot, row.relative().length() - 1));
        plugins.add(row.root(), table, index, objects.getOrDefault(added.path(), UbusTable.EMPTY));
        done.push(() -> plugins.delete(row.root(), row.relative()));
        objects.remove(added.path());
        for (Map.Entry<String, UbusTable> beneath : objects.entrySet()) {
            Place place = Place.of(beneath.getKey());
            plugins.set(place.root(), place.relative(), beneath.getValue());
        }
    }

    private void set(String path, UbusTable now, UbusTable old) throws InterruptedException {
        Place place = Place.of(path);
        plugins.set(place.root(), place.relative(), now);
        done.push(() -> plugins.set(place.root(), place.relative(), old));
    }

    private void delete(Snapshot before, String path) throws InterruptedException {
        Place row = Place.of(path);
        plugins.delete(row.root(), row.relative());
        before.object(path).ifPresent(object -> done.push(() -> again(object)));
    }

    /// Makes a row and all beneath it again.
    private void again(ObjectInstance object) throws InterruptedException {
        Map<String, String> values = new LinkedHashMap<>();
        for (ParameterDefinition parameter : object.definition().parameters()) {
            object.value(parameter.name()).ifPresent(value -> values.put(parameter.name(), value));
        }
        if (object.instanceNumber().isPresent()) {
            add(new Change.RowAdded(object.path(), values));
            done.pop();
        }
        for (ObjectInstance child : object.children()) {
            again(child);
        }
    }

    private void collect(Map<String, UbusTable> objects, String path, String value) {
        int dot = path.lastIndexOf('.') + 1;
        supported
                .parameter(path)
                .ifPresent(parameter -> objects.merge(
                        path.substring(0, dot),
                        UbusTable.EMPTY.with(parameter.name(), PluginValues.value(parameter.type(), value)),
                        (some, more) -> {
                            UbusTable both = some;
                            for (var member : more.members().entrySet()) {
                                both = both.with(member.getKey(), member.getValue());
                            }
                            return both;
                        }));
    }

    private static boolean isBeneathDeleted(ChangeSet changes, String path) {
        return changes.changes().stream()
                .anyMatch(other -> other instanceof Change.RowDeleted(String above)
                        && path.startsWith(above)
                        && !path.equals(above));
    }
}
