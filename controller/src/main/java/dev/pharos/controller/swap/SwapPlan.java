// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.swap;

import dev.pharos.controller.profile.Profile;
import dev.pharos.controller.profile.Template;
import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.usp.Frozen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// What the new router gets of the old one, setting by setting.
public record SwapPlan(List<Line> lines) {
    public SwapPlan {
        lines = Frozen.list(lines);
    }

    /// What is done with a setting.
    public enum Action {
        SET,
        SAME,
        CANNOT;

        /// As the REST interface shows it.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param path of the parameter, or of the row
    /// @param value as far as known; never a secret
    /// @param time when that was learnt
    public record Column(String path, String value, Optional<Instant> time) {}

    /// What is written.
    public sealed interface Writing {
        /// The paths of what is written: parameters, or the table in which a row is made or changed.
        List<String> paths();

        record Value(String path, String value) implements Writing {
            @Override
            public List<String> paths() {
                return List.of(path);
            }

            @Override
            public String toString() {
                return "Value[path=" + path + "]";
            }
        }

        record Row(String object, SortedMap<String, String> key, SortedMap<String, String> values) implements Writing {
            public Row {
                key = new TreeMap<>(key);
                values = new TreeMap<>(values);
            }

            @Override
            public List<String> paths() {
                List<String> paths = new ArrayList<>();
                key.keySet().forEach(name -> paths.add(object + "*." + name));
                values.keySet().forEach(name -> paths.add(object + "*." + name));
                paths.add(object);
                return paths;
            }
        }
    }

    /// One setting.
    ///
    /// @param id the same for the same setting of any two routers: `wifi.5ghz.name`
    /// @param name in plain words
    /// @param now what the new router has; empty where it has nothing in that place
    /// @param writing empty unless it is to be set
    /// @param why it is done so, or cannot be, as a sentence; empty where there is nothing to say
    /// @param secret whether no value of it is shown
    public record Line(
            String id,
            String name,
            Column old,
            Optional<Column> now,
            Action action,
            Optional<Writing> writing,
            String why,
            boolean secret) {

        /// The same, which cannot be.
        Line hindered(String reason) {
            return new Line(id, name, old, now, Action.CANNOT, Optional.empty(), reason, secret);
        }
    }

    public long count(Action action) {
        return lines.stream().filter(line -> line.action() == action).count();
    }

    /// The same where something else stands in the way of lines.
    ///
    /// @param hindrance why a line cannot be, as a sentence; asked of those that would be set
    public SwapPlan without(Function<Writing, Optional<String>> hindrance) {
        return new SwapPlan(lines.stream()
                .map(line ->
                        line.writing().flatMap(hindrance).map(line::hindered).orElse(line))
                .toList());
    }

    /// What a job brings the new router to, once.
    ///
    /// @param name for people, as names of profiles are
    public Profile profile(String name) {
        Map<ParameterPattern, Template> parameters = new LinkedHashMap<>();
        List<Profile.Row> rows = new ArrayList<>();
        for (Line line : lines) {
            line.writing().ifPresent(writing -> {
                switch (writing) {
                    case Writing.Value(String path, String value) ->
                        parameters.put(ParameterPattern.of(path).orElseThrow(), Template.literal(value));
                    case Writing.Row(String object, SortedMap<String, String> key, SortedMap<String, String> values) ->
                        rows.add(new Profile.Row(object, literals(key), literals(values)));
                }
            });
        }
        return new Profile(name, "", 0, parameters, rows);
    }

    private static SortedMap<String, Template> literals(SortedMap<String, String> values) {
        SortedMap<String, Template> literals = new TreeMap<>();
        values.forEach((name, value) -> literals.put(name, Template.literal(value)));
        return literals;
    }

    /// As one sentence.
    public String sentence() {
        if (lines.isEmpty()) {
            return "Nothing personal is known of the old router, so there is nothing to bring over.";
        }
        return String.format(
                Locale.ROOT,
                "%,d of %,d settings are to be set on the new router, %,d are so already, %,d cannot be.",
                count(Action.SET),
                lines.size(),
                count(Action.SAME),
                count(Action.CANNOT));
    }
}
