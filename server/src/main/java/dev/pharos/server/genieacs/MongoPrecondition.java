// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.genieacs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Preconditions as they were written before there were expressions: a query of MongoDB, in JSON.
final class MongoPrecondition {
    private static final String TAGS = "_tags";
    private static final Map<String, String> SIGNS =
            Map.of("$eq", "=", "$ne", "!=", "$lt", "<", "$lte", "<=", "$gt", ">", "$gte", ">=");

    private final Conditions conditions;

    MongoPrecondition(Conditions conditions) {
        this.conditions = conditions;
    }

    Which read(JsonNode query) throws UntranslatableException {
        return read(query, 0);
    }

    private Which read(JsonNode query, int depth) throws UntranslatableException {
        if (!query.isObject() || depth > Limits.DEPTH) {
            throw new UntranslatableException("it is no query: " + UntranslatableException.quoted(query.toString()));
        }
        List<Which> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : query.properties()) {
            String name = entry.getKey();
            JsonNode value = entry.getValue();
            switch (name) {
                case "$and" -> all.add(new Which.All(each(value, depth)));
                case "$or" -> all.add(new Which.Any(each(value, depth)));
                case TAGS -> all.add(tag(value));
                default -> {
                    if (name.startsWith("$")) {
                        throw new UntranslatableException("the operator " + name + " is not known here");
                    }
                    all.add(compared(name, value));
                }
            }
        }
        return all.size() == 1 ? all.getFirst() : new Which.All(all);
    }

    private List<Which> each(JsonNode list, int depth) throws UntranslatableException {
        List<Which> each = new ArrayList<>();
        for (JsonNode one : list) {
            each.add(read(one, depth + 1));
        }
        if (each.isEmpty()) {
            throw new UntranslatableException("$and and $or need a list");
        }
        return each;
    }

    private static Which tag(JsonNode value) throws UntranslatableException {
        if (value.isString()) {
            return new Which.Tagged(value.asString(), true);
        }
        boolean one = value.isObject() && value.size() == 1;
        if (one && value.path("$eq").isString()) {
            return new Which.Tagged(value.path("$eq").asString(), true);
        }
        if (one && value.path("$ne").isString()) {
            return new Which.Tagged(value.path("$ne").asString(), false);
        }
        throw new UntranslatableException("of tags a query knows whether one is there: " + value);
    }

    private Which compared(String name, JsonNode value) throws UntranslatableException {
        if (!value.isObject()) {
            return single(name, "=", value);
        }
        List<Which> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            if (entry.getKey().equals("$exists") && entry.getValue().isBoolean()) {
                all.add(conditions.known(name, entry.getValue().booleanValue()));
                continue;
            }
            String sign = SIGNS.get(entry.getKey());
            if (sign == null) {
                throw new UntranslatableException("the operator " + entry.getKey() + " is not known here");
            }
            all.add(single(name, sign, entry.getValue()));
        }
        return all.size() == 1 ? all.getFirst() : new Which.All(all);
    }

    private Which single(String name, String sign, JsonNode value) throws UntranslatableException {
        if (!value.isString() && !value.isNumber() && !value.isBoolean()) {
            throw new UntranslatableException(
                    "a comparison needs a text, a number, true or false: " + UntranslatableException.quoted(name));
        }
        Which compared = conditions.compared(name, sign, value.asString(), value.isNumber());
        // unlike everywhere else, what is not known is unequal here
        return sign.equals("!=")
                        && compared instanceof Which.Compared(String path, String _, String _)
                        && path.indexOf('.') > 0
                ? new Which.Any(List.of(compared, new Which.Known(path, false)))
                : compared;
    }
}
