// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import dev.pharos.datamodel.engine.PathResolver.Place;
import dev.pharos.datamodel.instance.Snapshot.Visibility;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.path.PathName;
import dev.pharos.usp.path.SearchExpression;
import dev.pharos.usp.path.SearchExpression.Condition;
import dev.pharos.usp.path.Segment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A Search Expression at work in a path. Conditions may look at the row, at single objects beneath it, and
/// at what references lead to.
final class SearchConditions {
    private final PathResolver resolver;
    private final PathName path;
    private final SearchExpression expression;
    private final Visibility readable;
    private final Map<Condition, Map<ParameterLayout, Comparison>> comparisons = new HashMap<>();

    SearchConditions(PathResolver resolver, PathName path, SearchExpression expression, Visibility readable) {
        this.resolver = resolver;
        this.path = path;
        this.expression = expression;
        this.readable = readable;
        for (Condition condition : expression.conditions()) {
            if (condition.parameter().isEmpty() || !(condition.parameter().getLast() instanceof Segment.Name)) {
                throw wrong(condition, "a condition compares a parameter");
            }
        }
    }

    /// Whether the conditions make sense for rows of this kind, so that a wrong one is refused whatever rows
    /// there are.
    ///
    /// @throws UspException 7008 for a wrong type or operator, 7026 for an unsupported parameter
    void check(ObjectLayout table) {
        for (Condition condition : expression.conditions()) {
            Place place = new Place(List.of(), Set.of(table), false);
            Set<ObjectLayout> layouts = walk(condition, place).layouts();
            if (layouts == null) {
                continue;
            }
            boolean found = false;
            for (ObjectLayout layout : layouts) {
                ParameterLayout parameter = layout.parameter(name(condition));
                if (parameter != null) {
                    found = true;
                    comparison(condition, parameter);
                }
            }
            if (!found) {
                throw new UspException(
                        StandardErrorCode.INVALID_PATH, condition + ": not in the supported data model: " + path);
            }
        }
    }

    /// Whether the row meets all conditions. What may not be read, or cannot be read now, meets none.
    boolean matches(InstanceView row) {
        for (Condition condition : expression.conditions()) {
            Place place = new Place(List.of(row), Set.of(row.node().layout), false);
            if (walk(condition, place).objects().stream().noneMatch(object -> meets(object, condition))) {
                return false;
            }
        }
        return true;
    }

    private Place walk(Condition condition, Place place) {
        List<Segment> way =
                condition.parameter().subList(0, condition.parameter().size() - 1);
        Place end = resolver.walk(path, place, way);
        if (end.atTable()) {
            throw wrong(condition, "a condition cannot look into a table");
        }
        return end;
    }

    private boolean meets(InstanceView object, Condition condition) {
        String name = name(condition);
        ParameterLayout parameter = object.node().layout.parameter(name);
        if (parameter == null || !readable.parameter(object, name)) {
            return false;
        }
        String value;
        try {
            value = object.value(name).orElse("");
        } catch (UspException unreadableNow) {
            return false;
        }
        return comparison(condition, parameter).test(value);
    }

    private Comparison comparison(Condition condition, ParameterLayout parameter) {
        return comparisons
                .computeIfAbsent(condition, c -> new HashMap<>())
                .computeIfAbsent(parameter, p -> new Comparison(p.definition, condition));
    }

    private static String name(Condition condition) {
        return ((Segment.Name) condition.parameter().getLast()).name();
    }

    private static UspException wrong(Condition condition, String why) {
        return new UspException(StandardErrorCode.INVALID_PATH_SYNTAX, condition + ": " + why);
    }
}
