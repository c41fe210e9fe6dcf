// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.genieacs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Preconditions as expressions: `DeviceID.ProductClass = "X" AND Tags.pilot IS NOT NULL`.
///
///     or      = and { "OR" and }
///     and     = not { "AND" not }
///     not     = "NOT" not | "(" or ")" | test
///     test    = PATH [ sign literal | ["NOT"] "LIKE" text | "IS" ["NOT"] "NULL" ] | literal sign PATH
///     literal = text in either quotation marks | number | TRUE | FALSE
///
/// What else an expression may have, arithmetic, functions and CASE, no query can say.
final class ExpressionPrecondition {
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:(?<text>\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.|'')*+')"
                    + "|(?<number>-?(?:0|[1-9][0-9]{0,17})(?:\\.[0-9]{1,17})?(?![A-Za-z0-9_.]))"
                    + "|(?<word>[A-Za-z_][A-Za-z0-9_*-]*+(?:\\.[A-Za-z0-9_*{}-]++)*+)"
                    + "|(?<sign><>|!=|<=|>=|=|<|>|\\(|\\)))");
    private static final String END = "";

    private enum Kind {
        TEXT,
        NUMBER,
        WORD,
        SIGN,
        END
    }

    private record Token(Kind kind, String text) {
        boolean is(String word) {
            return (kind == Kind.WORD || kind == Kind.SIGN) && text.equalsIgnoreCase(word);
        }

        boolean isLiteral() {
            return kind == Kind.TEXT || kind == Kind.NUMBER || is("true") || is("false");
        }

        String value() {
            return kind == Kind.WORD ? text.toLowerCase(Locale.ROOT) : text;
        }
    }

    private final Conditions conditions;
    private final List<Token> tokens;
    private int at;
    private int depth;

    private ExpressionPrecondition(Conditions conditions, List<Token> tokens) {
        this.conditions = conditions;
        this.tokens = tokens;
    }

    static Which read(String expression, Conditions conditions) throws UntranslatableException {
        ExpressionPrecondition reader = new ExpressionPrecondition(conditions, tokens(expression));
        Which which = reader.or();
        if (reader.peek().kind() != Kind.END) {
            throw new UntranslatableException("a query cannot say what begins at \""
                    + UntranslatableException.quoted(reader.peek().text()) + "\"");
        }
        return which;
    }

    private static List<Token> tokens(String expression) throws UntranslatableException {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(expression);
        int from = 0;
        int end = expression.stripTrailing().length();
        while (from < end) {
            matcher.region(from, end);
            if (!matcher.lookingAt()) {
                throw new UntranslatableException("a query cannot say what begins at \""
                        + UntranslatableException.quoted(expression.substring(from)) + "\"");
            }
            if (matcher.group("text") != null) {
                tokens.add(new Token(Kind.TEXT, unquoted(matcher.group("text"))));
            } else if (matcher.group("number") != null) {
                tokens.add(new Token(Kind.NUMBER, matcher.group("number")));
            } else if (matcher.group("word") != null) {
                tokens.add(new Token(Kind.WORD, matcher.group("word")));
            } else {
                tokens.add(new Token(Kind.SIGN, matcher.group("sign")));
            }
            from = matcher.end();
        }
        tokens.add(new Token(Kind.END, END));
        return tokens;
    }

    private static String unquoted(String text) {
        String inner = text.substring(1, text.length() - 1);
        return text.startsWith("'") ? inner.replace("''", "'") : inner.replaceAll("\\\\(.)", "$1");
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token take() {
        return tokens.get(at < tokens.size() - 1 ? at++ : at);
    }

    private boolean takes(String word) {
        if (peek().is(word)) {
            take();
            return true;
        }
        return false;
    }

    private Which or() throws UntranslatableException {
        List<Which> any = new ArrayList<>(List.of(and()));
        while (takes("or")) {
            any.add(and());
        }
        if (any.contains(Which.every())) {
            return Which.every();
        }
        return any.size() == 1 ? any.getFirst() : new Which.Any(any);
    }

    private Which and() throws UntranslatableException {
        List<Which> all = new ArrayList<>(List.of(not()));
        while (takes("and")) {
            all.add(not());
        }
        return all.size() == 1 ? all.getFirst() : new Which.All(all);
    }

    private Which not() throws UntranslatableException {
        if (++depth > Limits.DEPTH) {
            throw new UntranslatableException("it is nested too deep");
        }
        Which which;
        if (takes("not")) {
            which = not().not();
        } else if (takes("(")) {
            which = or();
            if (!takes(")")) {
                throw new UntranslatableException("a query cannot say what stands before \""
                        + UntranslatableException.quoted(peek().text()) + "\"");
            }
        } else {
            which = test();
        }
        depth--;
        return which;
    }

    private Which test() throws UntranslatableException {
        Token first = take();
        if (first.isLiteral()) {
            return literalFirst(first);
        }
        if (first.kind() != Kind.WORD || peek().is("(")) {
            throw new UntranslatableException("a query cannot say \"" + UntranslatableException.quoted(first.text())
                    + (peek().is("(") ? "(…)" : "") + "\"");
        }
        String name = first.text();
        if (takes("is")) {
            boolean known = takes("not");
            if (!takes("null")) {
                throw new UntranslatableException("NULL is missing after IS");
            }
            return conditions.known(name, known);
        }
        if (peek().is("not") && tokens.get(at + 1).is("like")) {
            throw new UntranslatableException("NOT LIKE is no comparison of a query");
        }
        if (takes("like")) {
            Token pattern = take();
            if (pattern.kind() != Kind.TEXT) {
                throw new UntranslatableException("LIKE needs a text");
            }
            return conditions.like(name, pattern.text());
        }
        String sign = sign(peek());
        if (sign.isEmpty()) {
            return conditions.compared(name, "=", "true", false);
        }
        take();
        Token value = take();
        if (!value.isLiteral()) {
            throw new UntranslatableException(
                    "a query compares with a value, not with \"" + UntranslatableException.quoted(value.text()) + "\"");
        }
        return conditions.compared(name, sign, value.value(), value.kind() == Kind.NUMBER);
    }

    private Which literalFirst(Token value) throws UntranslatableException {
        String sign = sign(peek());
        if (sign.isEmpty()) {
            if (value.is("true")) {
                return Which.every();
            }
            throw new UntranslatableException("a value alone is no condition: " + value.text());
        }
        take();
        Token name = take();
        if (name.kind() != Kind.WORD || name.isLiteral()) {
            throw new UntranslatableException("a query compares parameters with values, not values with each other");
        }
        String turned = switch (sign) {
            case "<" -> ">";
            case ">" -> "<";
            case "<=" -> ">=";
            case ">=" -> "<=";
            default -> sign;
        };
        return conditions.compared(name.text(), turned, value.value(), value.kind() == Kind.NUMBER);
    }

    private static String sign(Token token) {
        boolean sign = token.kind() == Kind.SIGN && !token.is("(") && !token.is(")");
        return !sign ? "" : token.text().equals("<>") ? "!=" : token.text();
    }
}
