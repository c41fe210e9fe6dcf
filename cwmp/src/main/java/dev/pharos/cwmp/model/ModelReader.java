// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.GetParameterNames;
import dev.pharos.cwmp.rpc.ParameterInfo;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.ParameterType;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Reads a data model as an ACS does: by whole names, and by those of objects for all that is beneath them.
final class ModelReader {
    private static final String ROOT = "Device.";

    private final SupportedDataModel supported;
    private final Snapshot snapshot;

    ModelReader(SupportedDataModel supported, Snapshot snapshot) {
        this.supported = supported;
        this.snapshot = snapshot;
    }

    /// A parameter that is there.
    record Found(ObjectInstance object, ParameterDefinition definition) {
        String path() {
            return object.path() + definition.name();
        }

        /// Secrets are written and never read.
        ParameterValue value() {
            String value = definition.secured() ? "" : RequestedState.value(object, definition);
            return new ParameterValue(
                    CwmpNames.forAcs(path()),
                    type(definition.type()),
                    definition.reference().isPresent() ? CwmpNames.valueForAcs(value) : value);
        }

        private static PrimitiveType type(ParameterType type) {
            return type.list() ? PrimitiveType.STRING : type.base();
        }
    }

    /// The parameters that a name stands for, as an ACS says it: one, or all beneath an object or table.
    ///
    /// @throws CallFault (9005) where there is nothing of this name
    List<Found> parameters(String name) {
        String path = CwmpNames.inModel(name);
        List<Found> found = new ArrayList<>();
        if (!path.isEmpty() && !path.endsWith(".")) {
            found.add(parameter(path).orElseThrow(() -> unknown(name)));
            return found;
        }
        objects(path, name).forEach(object -> beneath(object, found::add));
        return found;
    }

    /// The parameter at this path of the data model.
    Optional<Found> parameter(String path) {
        int end = path.lastIndexOf('.') + 1;
        return snapshot.object(path.substring(0, end))
                .flatMap(object -> RequestedState.parameter(object, path.substring(end))
                        .map(definition -> new Found(object, definition)));
    }

    private List<ObjectInstance> objects(String path, String name) {
        if (path.isEmpty()) {
            return List.of(snapshot.root());
        }
        Optional<ObjectInstance> one = snapshot.object(path);
        if (one.isPresent()) {
            return List.of(one.get());
        }
        return table(path).map(holder -> holder.rows(lastWord(path))).orElseThrow(() -> unknown(name));
    }

    /// The object that holds the table at this path, where there is such a table.
    private Optional<ObjectInstance> table(String path) {
        return supported.table(SupportedDataModel.supportedPath(path)).flatMap(_ -> holder(path));
    }

    private Optional<ObjectInstance> holder(String path) {
        return snapshot.object(path.substring(0, path.lastIndexOf('.', path.length() - 2) + 1));
    }

    private static String lastWord(String path) {
        return path.substring(path.lastIndexOf('.', path.length() - 2) + 1, path.length() - 1);
    }

    private static void beneath(ObjectInstance object, Consumer<Found> found) {
        RequestedState.parameters(object).forEach(definition -> found.accept(new Found(object, definition)));
        object.children().forEach(child -> beneath(child, found));
    }

    /// What there is at a place.
    ///
    /// @throws CallFault 9005 where there is no such place, 9003 where something beneath a parameter is asked for
    List<ParameterInfo> names(GetParameterNames asked) {
        String name = asked.parameterPath();
        String path = CwmpNames.inModel(name);
        if (!path.isEmpty() && !path.endsWith(".")) {
            if (asked.nextLevel()) {
                throw new CallFault(StandardFaultCode.INVALID_ARGUMENTS, name + " is no object: nothing is beneath it");
            }
            Found found = parameter(path).orElseThrow(() -> unknown(name));
            return List.of(new ParameterInfo(name, found.definition().access().isWritable()));
        }
        List<ParameterInfo> found = new ArrayList<>();
        if (path.isEmpty() && asked.nextLevel()) {
            found.add(new ParameterInfo(ROOT, false));
            return found;
        }
        Optional<ObjectInstance> object = path.isEmpty() ? Optional.of(snapshot.root()) : snapshot.object(path);
        if (object.isPresent()) {
            if (!asked.nextLevel()) {
                found.add(info(object.get()));
            }
            level(object.get(), !asked.nextLevel(), found);
            return found;
        }
        ObjectInstance holder = table(path).orElseThrow(() -> unknown(name));
        if (!asked.nextLevel()) {
            found.add(new ParameterInfo(name, definition(path).access().canAdd()));
        }
        rows(holder, lastWord(path), !asked.nextLevel(), found);
        return found;
    }

    private ObjectDefinition definition(String tablePath) {
        return supported.table(SupportedDataModel.supportedPath(tablePath)).orElseThrow();
    }

    /// What is directly beneath an object, and what is beneath that where all is wanted.
    private void level(ObjectInstance object, boolean all, List<ParameterInfo> found) {
        for (ParameterDefinition parameter : RequestedState.parameters(object)) {
            found.add(new ParameterInfo(
                    CwmpNames.forAcs(object.path() + parameter.name()),
                    parameter.access().isWritable()));
        }
        for (ObjectDefinition child : supported.children(SupportedDataModel.supportedPath(object.path()))) {
            if (child.isTable()) {
                found.add(new ParameterInfo(
                        CwmpNames.forAcs(object.path() + child.name() + "."),
                        child.access().canAdd()));
                if (all) {
                    rows(object, child.name(), true, found);
                }
            } else {
                object.child(child.name()).ifPresent(one -> {
                    found.add(info(one));
                    if (all) {
                        level(one, true, found);
                    }
                });
            }
        }
    }

    private void rows(ObjectInstance holder, String table, boolean all, List<ParameterInfo> found) {
        for (ObjectInstance row : holder.rows(table)) {
            found.add(info(row));
            if (all) {
                level(row, true, found);
            }
        }
    }

    private static ParameterInfo info(ObjectInstance object) {
        boolean writable =
                object.definition().isTable() && object.definition().access().canDelete();
        return new ParameterInfo(CwmpNames.forAcs(object.path()), writable);
    }

    /// Values of what is there of these names; what is not is left out.
    static List<ParameterValue> present(SupportedDataModel supported, Snapshot snapshot, Stream<String> paths) {
        ModelReader reader = new ModelReader(supported, snapshot);
        return paths.flatMap(path -> reader.parameter(path).stream())
                .map(Found::value)
                .toList();
    }

    static CallFault unknown(String name) {
        return new CallFault(StandardFaultCode.INVALID_PARAMETER_NAME, "there is no " + Shown.of(name));
    }
}
