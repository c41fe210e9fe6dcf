// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import dev.pharos.datamodel.Limits;
import dev.pharos.datamodel.definition.ValueSyntax;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot.TableInstance;
import dev.pharos.datamodel.instance.Snapshot.Visibility;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.path.PathName;
import dev.pharos.usp.path.Segment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds what a path stands for in one snapshot, on behalf of one reader (R-ARC.7, R-ARC.9, R-ARC.10).
final class PathResolver {
    private final TreeSnapshot snapshot;
    private final Visibility readable;

    PathResolver(TreeSnapshot snapshot, Visibility readable) {
        this.snapshot = snapshot;
        this.readable = readable;
    }

    /// Where a walk along a path has come to.
    ///
    /// @param layouts the kinds of object that can be here by the model; null after a reference that may lead
    ///     anywhere
    /// @param atTable whether the last step named a table without saying which row
    record Place(List<InstanceView> objects, @Nullable Set<ObjectLayout> layouts, boolean atTable) {}

    List<ObjectInstance> objects(PathName path) {
        Place place = walk(path, path.segments());
        return place.atTable() ? List.of() : distinct(place.objects());
    }

    List<TableInstance> tables(PathName path) {
        List<Segment> segments = path.segments();
        if (!path.isObject() || segments.size() < 2 || !(segments.getLast() instanceof Segment.Name(String name))) {
            walk(path, segments);
            throw new UspException(StandardErrorCode.OBJECT_IS_NOT_A_TABLE, "not a table: " + path);
        }
        if (!walk(path, segments).atTable()) {
            throw new UspException(StandardErrorCode.OBJECT_IS_NOT_A_TABLE, "not a table: " + path);
        }
        Place holders = walk(path, segments.subList(0, segments.size() - 1));
        Map<String, TableInstance> tables = new LinkedHashMap<>();
        for (InstanceView holder : holders.objects()) {
            ObjectLayout table = holder.node().layout.child(name);
            if (table != null && table.table && holder.node().has(table)) {
                String tablePath = holder.path() + name + ".";
                tables.putIfAbsent(tablePath, new TableInstance(holder, name, tablePath));
            }
        }
        return List.copyOf(tables.values());
    }

    private static List<ObjectInstance> distinct(List<InstanceView> objects) {
        Map<String, ObjectInstance> byPath = new LinkedHashMap<>();
        objects.forEach(object -> byPath.putIfAbsent(object.path(), object));
        return List.copyOf(byPath.values());
    }

    private Place walk(PathName path, List<Segment> segments) {
        if (!(segments.getFirst() instanceof Segment.Name(String root)) || !root.equals(snapshot.model().root.name)) {
            throw unsupported(path);
        }
        Place start = new Place(List.of(snapshot.root()), Set.of(snapshot.model().root), false);
        return walk(path, start, segments.subList(1, segments.size()));
    }

    /// Goes on from a place.
    Place walk(PathName path, Place start, List<Segment> segments) {
        Place place = start;
        int followed = 0;
        for (int i = 0; i < segments.size(); i++) {
            switch (segments.get(i)) {
                case Segment.Name(String name) -> {
                    Segment selector = i + 1 < segments.size() ? segments.get(i + 1) : null;
                    if (isSelector(selector)) {
                        place = rows(path, place, name, selector);
                        i++;
                    } else {
                        place = child(path, place, name, selector == null);
                    }
                }
                case Segment.Follow(String parameter, int item) -> {
                    if (++followed > Limits.REFERENCE_STEPS) {
                        throw new UspException(
                                StandardErrorCode.RESOURCES_EXCEEDED,
                                "more than " + Limits.REFERENCE_STEPS + " references to follow: " + path);
                    }
                    place = follow(path, place, parameter, item);
                }
                case Segment.Instance _, Segment.Wildcard _, Segment.Search _, Segment.Placeholder _ ->
                    throw unsupported(path);
            }
            if (place.objects().size() > Limits.RESOLVED_OBJECTS) {
                throw new UspException(StandardErrorCode.RESOURCES_EXCEEDED, "stands for too many objects: " + path);
            }
        }
        return place;
    }

    private static boolean isSelector(@Nullable Segment segment) {
        return segment instanceof Segment.Instance
                || segment instanceof Segment.Wildcard
                || segment instanceof Segment.Search;
    }

    private static UspException unsupported(PathName path) {
        return new UspException(StandardErrorCode.INVALID_PATH, "not in the supported data model: " + path);
    }

    private Place child(PathName path, Place place, String name, boolean last) {
        Set<ObjectLayout> singles = children(place, name, false);
        boolean table = last && singles != null && singles.isEmpty() && !noneOf(children(place, name, true));
        if (singles != null && singles.isEmpty() && !table) {
            throw unsupported(path);
        }
        if (table) {
            return new Place(place.objects(), place.layouts(), true);
        }
        List<InstanceView> objects = new ArrayList<>();
        for (InstanceView object : place.objects()) {
            ObjectLayout child = object.node().layout.child(name);
            if (child != null && !child.table && object.node().has(child)) {
                objects.add(object.single(child));
            }
        }
        return new Place(objects, singles, false);
    }

    private static boolean noneOf(@Nullable Set<ObjectLayout> layouts) {
        return layouts != null && layouts.isEmpty();
    }

    /// The kinds of object of this name beneath; null where anything may be there.
    private static @Nullable Set<ObjectLayout> children(Place place, String name, boolean table) {
        Set<ObjectLayout> layouts = place.layouts();
        if (layouts == null && place.objects().isEmpty()) {
            return null;
        }
        Set<ObjectLayout> found = new LinkedHashSet<>();
        if (layouts != null) {
            layouts.forEach(layout -> addChild(found, layout, name, table));
        } else {
            place.objects().forEach(object -> addChild(found, object.node().layout, name, table));
        }
        return layouts == null && found.isEmpty() ? null : found;
    }

    private static void addChild(Set<ObjectLayout> found, ObjectLayout layout, String name, boolean table) {
        ObjectLayout child = layout.child(name);
        if (child != null && child.table == table) {
            found.add(child);
        }
    }

    private Place rows(PathName path, Place place, String name, @Nullable Segment selector) {
        Set<ObjectLayout> tables = children(place, name, true);
        if (noneOf(tables)) {
            throw unsupported(path);
        }
        SearchConditions search = selector instanceof Segment.Search(var expression)
                ? new SearchConditions(this, path, expression, readable)
                : null;
        if (search != null && tables != null) {
            tables.forEach(search::check);
        }
        List<InstanceView> objects = new ArrayList<>();
        for (InstanceView holder : place.objects()) {
            ObjectLayout table = holder.node().layout.child(name);
            if (table == null || !table.table) {
                continue;
            }
            if (selector instanceof Segment.Instance(long number)) {
                holder.row(table, number).ifPresent(objects::add);
            } else {
                for (InstanceView row : holder.rows(table)) {
                    if (search == null || search.matches(row)) {
                        objects.add(row);
                    }
                }
            }
        }
        return new Place(objects, tables, false);
    }

    private Place follow(PathName path, Place place, String parameter, int item) {
        Set<ObjectLayout> targets = place.layouts() == null ? null : targets(path, place.layouts(), parameter);
        List<InstanceView> objects = new ArrayList<>();
        for (InstanceView object : place.objects()) {
            List<String> references = references(object, parameter);
            for (int i = 0; i < references.size(); i++) {
                if (item == Segment.Follow.EVERY_ITEM || item == i + 1) {
                    target(references.get(i)).ifPresent(objects::add);
                }
            }
        }
        return new Place(objects, targets, false);
    }

    private List<String> references(InstanceView object, String parameter) {
        ParameterLayout layout = object.node().layout.parameter(parameter);
        if (layout == null || layout.definition.reference().isEmpty() || !readable.parameter(object, parameter)) {
            return List.of();
        }
        String value = object.value(parameter).orElse("");
        return layout.definition.type().list()
                ? ValueSyntax.items(value)
                : value.isEmpty() ? List.of() : List.of(value);
    }

    private Optional<InstanceView> target(String reference) {
        String objectPath = reference.endsWith(".") ? reference : reference + ".";
        return snapshot.object(objectPath).map(InstanceView.class::cast);
    }

    /// What the parameter may refer to by the model; null where that may be anything.
    private @Nullable Set<ObjectLayout> targets(PathName path, Set<ObjectLayout> layouts, String parameter) {
        Set<ObjectLayout> targets = new LinkedHashSet<>();
        boolean found = false;
        for (ObjectLayout layout : layouts) {
            ParameterLayout reference = layout.parameter(parameter);
            if (reference != null && reference.definition.reference().isPresent()) {
                found = true;
                List<String> paths = reference.definition.reference().get().targets();
                if (paths.isEmpty()) {
                    return null;
                }
                paths.forEach(target -> snapshot.model().layout(target).ifPresent(targets::add));
            }
        }
        if (!found) {
            throw new UspException(
                    StandardErrorCode.INVALID_PATH, parameter + " is no reference to an object: " + path);
        }
        return targets;
    }
}
