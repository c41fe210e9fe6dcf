// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.path;

import dev.pharos.usp.Limits;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.path.SearchExpression.Condition;
import dev.pharos.usp.path.SearchExpression.Operator;
import dev.pharos.usp.path.Segment.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The grammar of what stands between `[` and `]`. Beyond the formal grammar, spaces around operators are
/// accepted (R-ARC.9a), and booleans, decimals and dates as constants without quotes, which the
/// specification's own examples use.
final class SearchSyntax {
    // The two-character operators first, so that `<=` is not read as `<`.
    private static final Operator[] OPERATORS = {
        Operator.EQUAL,
        Operator.NOT_EQUAL,
        Operator.CONTAINS,
        Operator.LESS_OR_EQUAL,
        Operator.GREATER_OR_EQUAL,
        Operator.LESS,
        Operator.GREATER
    };
    private static final Pattern PLAIN = Pattern.compile(
            "true|false|[+-]?[0-9]+(?:\\.[0-9]+)?"
                    + "|-?[0-9]{4,9}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?");

    private SearchSyntax() {}

    static SearchExpression parse(PathScanner in) throws MalformedInputException {
        in.require('[', "expected [");
        List<Condition> conditions = new ArrayList<>();
        do {
            if (conditions.size() == Limits.MAX_CONDITIONS) {
                throw in.wrong("has more than " + Limits.MAX_CONDITIONS + " conditions");
            }
            conditions.add(condition(in));
            in.skipSpaces();
        } while (in.take("&&"));
        in.require(']', "expected && or ]");
        return new SearchExpression(conditions);
    }

    private static Condition condition(PathScanner in) throws MalformedInputException {
        in.skipSpaces();
        List<Segment> parameter = relativeParameter(in);
        in.skipSpaces();
        Operator operator = operator(in);
        in.skipSpaces();
        if (in.take('"')) {
            return new Condition(parameter, operator, unescaped(in.untilQuote()), true);
        }
        String constant = in.plainConstant();
        if (!PLAIN.matcher(constant).matches()) {
            in.back(constant.length());
            throw in.wrong("expected a number, true, false, a date or a text in quotation marks");
        }
        return new Condition(parameter, operator, constant, false);
    }

    private static List<Segment> relativeParameter(PathScanner in) throws MalformedInputException {
        List<Segment> steps = new ArrayList<>();
        while (true) {
            if (steps.size() == Limits.MAX_PATH_SEGMENTS) {
                throw in.wrong("has more than " + Limits.MAX_PATH_SEGMENTS + " steps");
            }
            String name = in.name();
            if (in.at('+') || in.at('#')) {
                steps.add(in.follow(name));
                in.require('.', "expected a dot after a followed reference");
            } else {
                steps.add(new Name(name));
                if (!in.take('.')) {
                    return steps;
                }
            }
        }
    }

    private static Operator operator(PathScanner in) throws MalformedInputException {
        for (Operator operator : OPERATORS) {
            if (in.take(operator.text())) {
                return operator;
            }
        }
        throw in.wrong("expected ==, !=, ~=, <, >, <= or >=");
    }

    /// `%22` is a quotation mark and `%25` a percent sign; any other percent sign stands for itself.
    private static String unescaped(String literal) {
        if (literal.indexOf('%') < 0) {
            return literal;
        }
        StringBuilder text = new StringBuilder(literal.length());
        for (int index = 0; index < literal.length(); index++) {
            if (literal.startsWith("%22", index)) {
                text.append('"');
                index += 2;
            } else if (literal.startsWith("%25", index)) {
                text.append('%');
                index += 2;
            } else {
                text.append(literal.charAt(index));
            }
        }
        return text.toString();
    }
}
