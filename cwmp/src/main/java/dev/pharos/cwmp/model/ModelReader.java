// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.model.AcsNames.Place;
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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads a data model as an ACS does: by whole names, and by those of objects for all that is beneath them.
final class ModelReader {
    private static final String ROOT = "Device.";

    private final SupportedDataModel supported;
    private final Snapshot snapshot;
    private final AcsNames names;

    ModelReader(SupportedDataModel supported, Snapshot snapshot) {
        this.supported = supported;
        this.snapshot = snapshot;
        this.names = new AcsNames(supported, snapshot);
    }

    /// A parameter that is there.
    ///
    /// @param said what the ACS calls it
    record Found(ObjectInstance object, ParameterDefinition definition, String said) {
        String path() {
            return object.path() + definition.name();
        }

        private ParameterValue value(AcsNames names) {
            // secrets are written and never read
            String value = definition.secured() ? "" : CommandParameters.value(object, definition);
            return new ParameterValue(
                    said, type(definition.type()), definition.reference().isPresent() ? names.value(value) : value);
        }

        private static PrimitiveType type(ParameterType type) {
            return type.list() ? PrimitiveType.STRING : type.base();
        }
    }

    /// The parameters that a name stands for, as an ACS says it: one, or all beneath an object or table.
    ///
    /// @throws CallFault (9005) where there is nothing of this name
    List<Found> parameters(String name) {
        List<Found> found = new ArrayList<>();
        // what only some of the rows have is not missed in the others
        boolean any = AcsNames.hasWildcard(name);
        for (Place place : names.places(name)) {
            if (isParameter(place)) {
                Optional<Found> one = parameter(place);
                if (one.isEmpty() && !any) {
                    throw unknown(name);
                }
                one.ifPresent(found::add);
            } else {
                Optional<List<ObjectInstance>> objects = objects(place.path());
                if (objects.isEmpty() && !any) {
                    throw unknown(name);
                }
                objects.orElse(List.of()).forEach(object -> beneath(place, object, found::add));
            }
        }
        if (found.isEmpty() && any && !names.isSupported(name)) {
            throw unknown(name);
        }
        return found;
    }

    /// What these stand for, as an ACS reads it.
    List<ParameterValue> values(Collection<Found> found) {
        return found.stream().map(each -> each.value(names)).toList();
    }

    private static boolean isParameter(Place place) {
        return !place.path().isEmpty() && !place.path().endsWith(".");
    }

    private Optional<Found> parameter(Place place) {
        int end = place.path().lastIndexOf('.') + 1;
        return snapshot.object(place.path().substring(0, end))
                .flatMap(object -> CommandParameters.find(object, place.path().substring(end))
                        .map(definition -> new Found(object, definition, place.said())));
    }

    /// The parameter at this path of the data model.
    Optional<Found> parameter(String path) {
        int end = path.lastIndexOf('.') + 1;
        return end == 0
                ? Optional.empty()
                : parameter(new Place(path, names.said(path.substring(0, end)) + path.substring(end)));
    }

    private Optional<List<ObjectInstance>> objects(String path) {
        if (path.isEmpty()) {
            return Optional.of(List.of(snapshot.root()));
        }
        return snapshot.object(path).map(List::of).or(() -> table(path).map(holder -> holder.rows(lastWord(path))));
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

    private void beneath(Place place, ObjectInstance object, Consumer<Found> found) {
        String said = names.said(place, object.path());
        CommandParameters.of(object)
                .forEach(definition -> found.accept(new Found(object, definition, said + definition.name())));
        object.children().forEach(child -> beneath(place, child, found));
    }

    /// What there is at a place.
    ///
    /// @throws CallFault 9005 where there is no such place, 9003 where something beneath a parameter is asked for
    List<ParameterInfo> names(GetParameterNames asked) {
        String name = asked.parameterPath();
        boolean any = AcsNames.hasWildcard(name);
        List<ParameterInfo> found = new ArrayList<>();
        for (Place place : names.places(name)) {
            if (isParameter(place) && asked.nextLevel()) {
                throw new CallFault(StandardFaultCode.INVALID_ARGUMENTS, name + " is no object: nothing is beneath it");
            }
            boolean there = isParameter(place)
                    ? parameter(place).map(each -> found.add(info(each))).orElse(false)
                    : names(place, asked.nextLevel(), found);
            if (!there && !any) {
                throw unknown(name);
            }
        }
        if (found.isEmpty() && any && !names.isSupported(name)) {
            throw unknown(name);
        }
        return found;
    }

    private static ParameterInfo info(Found parameter) {
        return new ParameterInfo(
                parameter.said(), parameter.definition().access().isWritable());
    }

    /// @return false where there is no such object or table
    private boolean names(Place place, boolean nextLevel, List<ParameterInfo> found) {
        String path = place.path();
        if (path.isEmpty() && nextLevel) {
            return found.add(new ParameterInfo(ROOT, false));
        }
        Optional<ObjectInstance> object = path.isEmpty() ? Optional.of(snapshot.root()) : snapshot.object(path);
        if (object.isPresent()) {
            if (!nextLevel) {
                found.add(info(place, object.get()));
            }
            level(place, object.get(), !nextLevel, found);
            return true;
        }
        Optional<ObjectInstance> holder = table(path);
        if (holder.isPresent()) {
            if (!nextLevel) {
                found.add(new ParameterInfo(
                        place.said(), definition(path).access().canAdd()));
            }
            rows(place, holder.get(), lastWord(path), !nextLevel, found);
        }
        return holder.isPresent();
    }

    private ObjectDefinition definition(String tablePath) {
        return supported.table(SupportedDataModel.supportedPath(tablePath)).orElseThrow();
    }

    /// What is directly beneath an object, and what is beneath that where all is wanted.
    private void level(Place place, ObjectInstance object, boolean all, List<ParameterInfo> found) {
        String said = names.said(place, object.path());
        for (ParameterDefinition parameter : CommandParameters.of(object)) {
            found.add(new ParameterInfo(
                    said + parameter.name(), parameter.access().isWritable()));
        }
        for (ObjectDefinition child : supported.children(SupportedDataModel.supportedPath(object.path()))) {
            if (child.isTable()) {
                found.add(new ParameterInfo(
                        names.said(place, object.path() + child.name() + "."),
                        child.access().canAdd()));
                if (all) {
                    rows(place, object, child.name(), true, found);
                }
            } else {
                object.child(child.name()).ifPresent(one -> {
                    found.add(info(place, one));
                    if (all) {
                        level(place, one, true, found);
                    }
                });
            }
        }
    }

    private void rows(Place place, ObjectInstance holder, String table, boolean all, List<ParameterInfo> found) {
        for (ObjectInstance row : holder.rows(table)) {
            found.add(info(place, row));
            if (all) {
                level(place, row, true, found);
            }
        }
    }

    private ParameterInfo info(Place place, ObjectInstance object) {
        boolean writable =
                object.definition().isTable() && object.definition().access().canDelete();
        return new ParameterInfo(names.said(place, object.path()), writable);
    }

    /// The one place of the data model that a name means, where something is there.
    ///
    /// @throws CallFault (9005) where nothing is, or the name has a wildcard
    String place(String name) {
        if (AcsNames.hasWildcard(name)) {
            throw new CallFault(
                    StandardFaultCode.INVALID_PARAMETER_NAME,
                    Shown.of(name) + ": * is not allowed where something is changed");
        }
        Place place = names.places(name).getFirst();
        boolean there = isParameter(place)
                ? parameter(place).isPresent()
                : objects(place.path()).isPresent();
        if (!there) {
            throw unknown(name);
        }
        return place.path();
    }

    static CallFault unknown(String name) {
        return new CallFault(StandardFaultCode.INVALID_PARAMETER_NAME, "there is no " + Shown.of(name));
    }
}
