// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.genieacs;

import dev.pharos.usp.Frozen;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What the northbound interface of GenieACS gives: presets, provisions, virtual parameters, and the objects that old
/// presets add.
///
/// @param provisions scripts by name
/// @param virtualParameters scripts by name
/// @param objects by name
public record GenieExport(
        List<Preset> presets,
        Map<String, String> provisions,
        Map<String, String> virtualParameters,
        Map<String, JsonNode> objects) {
    public GenieExport {
        presets = Frozen.list(presets);
        provisions = Frozen.map(provisions);
        virtualParameters = Frozen.map(virtualParameters);
        objects = Collections.unmodifiableMap(new LinkedHashMap<>(objects));
    }

    /// @param precondition an expression, a query of MongoDB in JSON, or empty
    /// @param events on which it is applied, as people write them; empty for all
    /// @param schedule empty for always
    public record Preset(
            String name,
            int weight,
            String precondition,
            String events,
            String schedule,
            List<JsonNode> configurations) {
        public Preset {
            configurations = Frozen.list(configurations);
        }

        private static Preset of(JsonNode node) {
            List<JsonNode> configurations = new ArrayList<>();
            node.path("configurations").forEach(configurations::add);
            JsonNode precondition = node.path("precondition");
            return new Preset(
                    node.path("_id").asString(""),
                    node.path("weight").asInt(0),
                    precondition.isObject() ? precondition.toString() : precondition.asString(""),
                    events(node.path("events")),
                    node.path("schedule").asString(""),
                    configurations);
        }

        private static String events(JsonNode events) {
            List<String> names = new ArrayList<>();
            events.properties()
                    .forEach(event -> names.add((event.getValue().asBoolean(true) ? "" : "not ") + event.getKey()));
            return String.join(", ", names);
        }
    }

    /// @param presets a list, as `/presets` gives it
    /// @param provisions a list, as `/provisions` gives it
    /// @param virtualParameters a list, as `/virtual_parameters` gives it
    /// @param objects a list, as `/objects` gives it
    /// @throws IllegalArgumentException what is wrong with it, for people
    public static GenieExport of(
            @Nullable List<JsonNode> presets,
            @Nullable List<JsonNode> provisions,
            @Nullable List<JsonNode> virtualParameters,
            @Nullable List<JsonNode> objects) {
        return new GenieExport(
                List.copyOf(named("presets", presets, Preset::of).values()),
                named("provisions", provisions, node -> node.path("script").asString("")),
                named(
                        "virtualParameters",
                        virtualParameters,
                        node -> node.path("script").asString("")),
                named("objects", objects, node -> node));
    }

    private static <T> Map<String, T> named(String what, @Nullable List<JsonNode> list, Function<JsonNode, T> read) {
        Map<String, T> named = new LinkedHashMap<>();
        if (list == null) {
            return named;
        }
        if (list.size() > Limits.EACH) {
            throw new IllegalArgumentException(
                    "\"" + what + "\" must be a list of " + Limits.EACH + " at most, as GenieACS gives it");
        }
        for (JsonNode node : list) {
            String name = node.path("_id").asString("");
            if (name.isEmpty() || named.put(name, read.apply(node)) != null) {
                throw new IllegalArgumentException(
                        "each of \"" + what + "\" needs an \"_id\" of its own, as GenieACS gives it");
            }
        }
        return named;
    }
}
