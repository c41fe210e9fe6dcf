// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The names of places as an ACS says and hears them. A row goes by its number or, in square brackets, by its
/// Alias
/// (TR-069 3.6.1), and a `*` in its place stands for all rows where something is read. In answers a place
/// keeps what
/// the ACS has called it by, and what is beneath it goes by numbers or aliases as `InstanceMode` says. For one
/// snapshot and one thread.
final class AcsNames {
    static final String ALIAS = "Alias";
    private static final String SERVER = "Device.ManagementServer.";
    private static final String MODE = SERVER + "InstanceMode";
    private static final String AUTO_CREATE = SERVER + "AutoCreateInstances";
    private static final String WILDCARD = "*";
    private static final Place ROOT = new Place("", "");

    private final SupportedDataModel supported;
    private final Snapshot snapshot;
    private final boolean byAlias;
    private final Map<String, String> said = new HashMap<>();

    AcsNames(SupportedDataModel supported, Snapshot snapshot) {
        this.supported = supported;
        this.snapshot = snapshot;
        this.byAlias = snapshot.value(MODE).filter("InstanceAlias"::equals).isPresent();
    }

    /// A place of the data model, and what the ACS calls it.
    ///
    /// @param path of the data model, with instance numbers; empty for everything
    record Place(String path, String said) {}

    /// Whether rows that are named by an Alias that none has are made when values are written to them.
    static boolean createsRows(Snapshot snapshot) {
        return snapshot.value(AUTO_CREATE).filter("true"::equals).isPresent();
    }

    /// Whether a name has rows in it that go by their Alias.
    static boolean hasAlias(String name) {
        return name.indexOf('[') >= 0;
    }

    static boolean hasWildcard(String name) {
        return segments(name).contains(WILDCARD);
    }

    /// The Alias that a segment of a name is.
    static Optional<String> alias(String segment) {
        return segment.length() > 2 && segment.startsWith("[") && segment.endsWith("]")
                ? Optional.of(segment.substring(1, segment.length() - 1))
                : Optional.empty();
    }

    /// What is between the dots of a name; those in an Alias are none.
    static List<String> segments(String name) {
        List<String> segments = new ArrayList<>();
        int from = 0;
        while (from < name.length()) {
            int close = name.charAt(from) == '[' ? name.indexOf("].", from) : -1;
            int dot = close >= 0 ? close + 1 : name.indexOf('.', from);
            boolean last = dot < 0 || (name.charAt(from) == '[' && close < 0);
            segments.add(last ? name.substring(from) : name.substring(from, dot));
            from = last ? name.length() : dot + 1;
        }
        return segments;
    }

    /// The row of a table that has this Alias.
    ///
    /// @param table its path with the dot, in the data model
    static Optional<ObjectInstance> row(Snapshot snapshot, String table, String alias) {
        return rows(snapshot, table)
                .filter(row -> row.value(ALIAS).filter(alias::equals).isPresent())
                .findFirst();
    }

    private static Stream<ObjectInstance> rows(Snapshot snapshot, String table) {
        int start = table.lastIndexOf('.', table.length() - 2) + 1;
        return start == 0
                ? Stream.empty()
                : snapshot.object(table.substring(0, start)).stream()
                        .flatMap(holder -> holder.rows(table.substring(start, table.length() - 1)).stream());
    }

    /// The places that a name means; of one with a wildcard there may be none.
    ///
    /// @throws CallFault (9005) where a row is named by an Alias that none has
    List<Place> places(String name) {
        if (!hasAlias(name) && name.indexOf('*') < 0) {
            return List.of(new Place(CwmpNames.inModel(name), name));
        }
        List<String> segments = segments(CwmpNames.inModel(name));
        List<String> told = segments(name);
        List<Place> places = List.of(ROOT);
        for (int i = 0; i < segments.size(); i++) {
            boolean dotted = i < segments.size() - 1 || name.endsWith(".");
            places = next(places, segments.get(i), told.get(i), dotted ? "." : "");
        }
        if (places.isEmpty() && !hasWildcard(name)) {
            throw ModelReader.unknown(name);
        }
        return places;
    }

    private List<Place> next(List<Place> places, String segment, String told, String end) {
        Optional<String> alias = alias(segment);
        List<Place> found = new ArrayList<>();
        for (Place place : places) {
            if (alias.isPresent()) {
                row(snapshot, place.path(), alias.get())
                        .ifPresent(row -> found.add(place(place, row, "[" + alias.get() + "]", end)));
            } else if (segment.equals(WILDCARD)) {
                rows(snapshot, place.path()).forEach(row -> found.add(place(place, row, identifier(row), end)));
            } else {
                found.add(new Place(place.path() + segment + end, place.said() + told + end));
            }
        }
        return found;
    }

    private static Place place(Place table, ObjectInstance row, String identifier, String end) {
        String path = row.path();
        return new Place(end.isEmpty() ? path.substring(0, path.length() - 1) : path, table.said() + identifier + end);
    }

    /// Whether the data model has such a place at all, whatever rows there are.
    boolean isSupported(String name) {
        boolean object = name.endsWith(".");
        String path = segments(CwmpNames.inModel(name)).stream()
                .map(each -> each.equals(WILDCARD) || alias(each).isPresent() ? "1" : each)
                .collect(Collectors.joining(".", "", object ? "." : ""));
        return object
                ? supported.objectOfInstance(path).isPresent()
                        || supported
                                .table(SupportedDataModel.supportedPath(path))
                                .isPresent()
                : supported.parameter(path).isPresent();
    }

    /// By what a row goes where the ACS has not said it.
    private String identifier(ObjectInstance row) {
        String number = String.valueOf(row.instanceNumber().orElseThrow());
        return byAlias
                ? row.value(ALIAS)
                        // one with a bracket could not be said
                        .filter(alias -> !alias.isEmpty() && alias.indexOf(']') < 0)
                        .map(alias -> "[" + alias + "]")
                        .orElse(number)
                : number;
    }

    /// What the ACS hears of an object that is at a place or beneath it.
    ///
    /// @param path of the data model, with the dot
    String said(Place place, String path) {
        if (path.length() <= place.path().length()) {
            return place.said();
        }
        return !byAlias && place.said().equals(CwmpNames.forAcs(place.path()))
                ? CwmpNames.forAcs(path)
                : said.computeIfAbsent(place.said() + " " + path, _ -> beneath(place, path));
    }

    private String beneath(Place place, String path) {
        List<String> known = segments(place.said());
        List<String> segments = segments(CwmpNames.forAcs(path));
        StringBuilder name = new StringBuilder(path.length());
        StringBuilder inModel = new StringBuilder(path.length());
        List<String> own = segments(path);
        for (int i = 0; i < own.size(); i++) {
            inModel.append(own.get(i)).append('.');
            String segment = i < known.size() ? known.get(i) : segments.get(i);
            boolean row = byAlias && i >= known.size() && Character.isDigit(segment.charAt(0));
            name.append(
                            row
                                    ? snapshot.object(inModel.toString())
                                            .map(this::identifier)
                                            .orElse(segment)
                                    : segment)
                    .append('.');
        }
        return name.toString();
    }

    /// What the ACS hears of an object of which it has not asked.
    String said(String path) {
        return said(ROOT, path);
    }

    /// A value that is a list of paths, or one, as the ACS reads it.
    String value(String value) {
        return byAlias
                ? Stream.of(value.split(",", -1)).map(this::reference).collect(Collectors.joining(","))
                : CwmpNames.valueForAcs(value);
    }

    private String reference(String target) {
        boolean dotted = target.endsWith(".");
        String path = dotted ? target : target + ".";
        String name = target.isEmpty() || snapshot.object(path).isEmpty() ? CwmpNames.valueForAcs(path) : said(path);
        return dotted ? name : name.substring(0, name.length() - 1);
    }

    /// A value that is a list of paths, or one, that the ACS has written, as the data model has it. What it
    /// says of a row that is not there is left as it is.
    String valueInModel(String value) {
        return hasAlias(value)
                ? Stream.of(value.split(",", -1)).map(this::target).collect(Collectors.joining(","))
                : CwmpNames.valueInModel(value);
    }

    private String target(String said) {
        try {
            return hasWildcard(said) ? said : places(said).getFirst().path();
        } catch (CallFault unknown) {
            return said;
        }
    }
}
