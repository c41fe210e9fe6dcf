// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.usp.Frozen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What profiles want of one device, parameter by parameter. It depends on what is known only where paths have `*` and
/// for rows, of which it must be known which are there. The order of the profiles does not matter.
///
/// @param slots by path
/// @param rows that are to be added
/// @param unclear where not even the path can be said, each with the profile's reason
public record Resolution(List<Slot> slots, List<NewRow> rows, List<Unclear> unclear) {
    public Resolution {
        slots = Frozen.list(slots);
        rows = Frozen.list(rows);
        unclear = Frozen.list(unclear);
    }

    /// A row that is wanted and not there.
    ///
    /// @param place as the first profile writes it
    /// @param key by name; the values of the row are slots with paths such as `Device.X.[Alias=="a"].Enable`
    public record NewRow(
            String object, String place, SortedMap<String, String> key, List<Slot> slots, List<String> profiles) {
        public NewRow {
            slots = Frozen.list(slots);
            profiles = Frozen.list(profiles);
        }

        /// `Device.X.[Alias=="a"].`
        public String path() {
            return Resolution.path(object, key);
        }
    }

    /// @param path as the profile writes it
    /// @param mustBeRead whether reading the device makes it clear
    public record Unclear(String path, String profile, String why, boolean mustBeRead) {}

    public static Resolution of(List<Profile> applying, Facts facts, Known known) {
        return new Building(facts, known).of(applying);
    }

    static String path(String object, SortedMap<String, String> key) {
        StringBuilder path = new StringBuilder(object).append('[');
        key.forEach((name, value) -> path.append(path.charAt(path.length() - 1) == '[' ? "" : "&&")
                .append(name)
                .append("==\"")
                .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                .append('"'));
        return path.append("].").toString();
    }

    private static final String ROWS_UNKNOWN = "it is not known which rows there are";

    private static final class Building {
        private final Facts facts;
        private final Known known;
        private final SortedMap<String, List<Claim>> claims = new TreeMap<>();
        private final SortedMap<String, Missing> missing = new TreeMap<>();
        private final List<Unclear> unclear = new ArrayList<>();

        private record Missing(
                String object,
                String place,
                SortedMap<String, String> key,
                SortedMap<String, List<Claim>> claims,
                List<String> profiles) {}

        Building(Facts facts, Known known) {
            this.facts = facts;
            this.known = known;
        }

        Resolution of(List<Profile> applying) {
            for (Profile profile : applying) {
                for (Map.Entry<ParameterPattern, Template> wish :
                        profile.parameters().entrySet()) {
                    parameter(profile, wish.getKey(), wish.getValue());
                }
                profile.rows().forEach(row -> row(profile, row));
            }
            List<NewRow> rows = missing.values().stream()
                    .map(row -> new NewRow(
                            row.object(),
                            row.place(),
                            row.key(),
                            slots(row.claims()),
                            row.profiles().stream().distinct().sorted().toList()))
                    .toList();
            return new Resolution(
                    slots(claims),
                    rows,
                    unclear.stream()
                            .sorted(Comparator.comparing(Unclear::path).thenComparing(Unclear::profile))
                            .toList());
        }

        private static List<Slot> slots(SortedMap<String, List<Claim>> claims) {
            return claims.entrySet().stream()
                    .map(each -> new Slot(each.getKey(), each.getValue()))
                    .toList();
        }

        private void parameter(Profile profile, ParameterPattern pattern, Template template) {
            List<String> paths = known.paths(pattern);
            if (paths.isEmpty() && !known.whole()) {
                unclear.add(new Unclear(pattern.object() + pattern.parameter(), profile.name(), ROWS_UNKNOWN, true));
            }
            Claim claim = claim(profile, pattern.object() + pattern.parameter(), template);
            paths.forEach(path -> add(claims, path, claim));
        }

        private Claim claim(Profile profile, String place, Template template) {
            return new Claim(profile.name(), profile.priority(), place, template.text(), template.render(facts));
        }

        private static void add(SortedMap<String, List<Claim>> claims, String path, Claim claim) {
            claims.computeIfAbsent(path, _ -> new ArrayList<>()).add(claim);
        }

        private void row(Profile profile, Profile.Row row) {
            SortedMap<String, String> key = new TreeMap<>();
            for (Map.Entry<String, Template> part : row.key().entrySet()) {
                switch (part.getValue().render(facts)) {
                    case Said.Value(String value) -> key.put(part.getKey(), value);
                    case Said.Nothing(String why) -> {
                        unclear.add(new Unclear(row.place(), profile.name(), why, false));
                        return;
                    }
                }
            }
            Optional<String> there = known.row(row.object(), key);
            if (there.isPresent()) {
                row.values()
                        .forEach((name, value) ->
                                add(claims, there.get() + name, claim(profile, row.place() + name, value)));
            } else if (known.whole()) {
                String path = path(row.object(), key);
                Missing add = missing.computeIfAbsent(
                        path, _ -> new Missing(row.object(), row.place(), key, new TreeMap<>(), new ArrayList<>()));
                add.profiles().add(profile.name());
                row.values()
                        .forEach((name, value) ->
                                add(add.claims(), path + name, claim(profile, row.place() + name, value)));
            } else {
                unclear.add(new Unclear(row.place(), profile.name(), ROWS_UNKNOWN, true));
            }
        }
    }
}
