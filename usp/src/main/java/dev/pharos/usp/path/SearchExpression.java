// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.path;

import dev.pharos.usp.Frozen;
import java.util.List;
import java.util.stream.Collectors;

/// The conditions of a Search Path, all of which a row must meet (R-ARC.7, R-ARC.9).
public record SearchExpression(List<Condition> conditions) {
    public SearchExpression {
        conditions = Frozen.list(conditions);
    }

    /// @param parameter steps to the parameter, relative to the row: names of single-instance objects and
    ///     references to follow
    /// @param constant unescaped; quoted where the text had quotes, which only strings and dates may have
    public record Condition(List<Segment> parameter, Operator operator, String constant, boolean quoted) {
        public Condition {
            parameter = Frozen.list(parameter);
        }

        @Override
        public String toString() {
            String path = parameter.stream().map(Segment::toString).collect(Collectors.joining("."));
            String value = quoted ? '"' + constant.replace("%", "%25").replace("\"", "%22") + '"' : constant;
            return path + operator.text() + value;
        }
    }

    /// The seven comparison operators.
    public enum Operator {
        EQUAL("=="),
        NOT_EQUAL("!="),
        CONTAINS("~="),
        LESS("<"),
        GREATER(">"),
        LESS_OR_EQUAL("<="),
        GREATER_OR_EQUAL(">=");

        private final String text;

        Operator(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /// The form on the wire, without spaces around operators (R-ARC.9b).
    @Override
    public String toString() {
        return conditions.stream().map(Condition::toString).collect(Collectors.joining("&&", "[", "]"));
    }
}
