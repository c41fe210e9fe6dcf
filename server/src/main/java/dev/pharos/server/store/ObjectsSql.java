// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.query.ParameterPattern;
import java.util.Map;
import org.jdbi.v3.core.statement.SqlStatement;

/// Which rows of the table `twin` hold the objects that a [ParameterPattern] means. What the pattern says is bound, and
/// never part of the text.
///
/// @param text to stand after `where`
record ObjectsSql(String text, Map<String, Object> bound) {
    private static final String DIGITS = "0123456789";

    /// The character after `9`: with it a prefix and a digit are a range of an index, whatever the rest looks like.
    private static final char PAST_DIGITS = ':';

    /// @param column the object's path
    /// @param prefix of the names of what is bound
    static ObjectsSql of(ParameterPattern pattern, String column, String prefix) {
        String name = prefix + "object";
        if (pattern.single()) {
            return new ObjectsSql(column + " = :" + name, Map.of(name, pattern.object()));
        }
        int star = pattern.prefix().length();
        String rest = pattern.object().substring(star + 1);
        boolean one = rest.indexOf('*') < 0;
        // an expression costs ten times as much as cutting the number off, which is enough where it is the only one
        String test = one ? "ltrim(substr(" + column + ", " + (star + 1) + "), '" + DIGITS + "') = :" : column + " ~ :";
        return new ObjectsSql(
                column + " >= :" + name + "_from and " + column + " < :" + name + "_to and " + test + name,
                Map.of(
                        name + "_from",
                        pattern.prefix() + '0',
                        name + "_to",
                        pattern.prefix() + PAST_DIGITS,
                        name,
                        one ? rest : pattern.expression()));
    }

    void bind(SqlStatement<?> statement) {
        bound.forEach(statement::bind);
    }
}
