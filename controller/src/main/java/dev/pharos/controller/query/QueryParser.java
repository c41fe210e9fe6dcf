// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.query;

import dev.pharos.controller.policy.Limits;
import java.util.ArrayList;
import java.util.List;

/// Reads queries such as `model = "X" and Device.WiFi.Radio.*.Channel > 11 and lastSeen < 1h and tag:pilot`.
///
///     query      = all { "or" all }
///     all        = negation { ["and"] negation }
///     negation   = "not" negation | "(" query ")" | comparison | word
///     comparison = name sign value | name ":" value
///     sign       = "=" | "!=" | "<" | "<=" | ">" | ">=" | "~"
///
/// A name is an attribute of the inventory or the path of a parameter. A word alone is looked for as text. Words with
/// blanks or signs in them stand in quotation marks; `\"` and `\\` within them.
public final class QueryParser {
    private final List<Token> tokens;
    private int at;
    private int depth;
    private int conditions;

    private QueryParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /// @param query blank for every device
    /// @throws QueryException where and why it is no query
    public static Condition parse(String query) throws QueryException {
        if (query.length() > Limits.QUERY_CHARACTERS) {
            throw new QueryException(
                    Limits.QUERY_CHARACTERS, "a query may have " + Limits.QUERY_CHARACTERS + " characters at most");
        }
        QueryParser parser = new QueryParser(Tokens.of(query));
        if (parser.peek().kind() == Token.Kind.END) {
            return Condition.EVERYTHING;
        }
        Condition condition = parser.any();
        Token rest = parser.peek();
        if (rest.kind() != Token.Kind.END) {
            throw new QueryException(rest.begin(), "this parenthesis closes nothing");
        }
        return condition;
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token take() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    private Condition any() throws QueryException {
        List<Condition> met = new ArrayList<>(List.of(all()));
        while (peek().isWord("or")) {
            take();
            met.add(all());
        }
        return met.size() == 1 ? met.getFirst() : new Condition.Any(met);
    }

    private Condition all() throws QueryException {
        List<Condition> met = new ArrayList<>(List.of(negation()));
        while (true) {
            Token next = peek();
            if (next.isWord("and")) {
                take();
            } else if (next.kind() == Token.Kind.END || next.kind() == Token.Kind.CLOSE || next.isWord("or")) {
                return met.size() == 1 ? met.getFirst() : new Condition.All(met);
            }
            met.add(negation());
        }
    }

    private Condition negation() throws QueryException {
        Token first = peek();
        if (!first.isWord("not") && first.kind() != Token.Kind.OPEN) {
            return single();
        }
        take();
        if (++depth > Limits.QUERY_DEPTH) {
            throw new QueryException(
                    first.begin(), "a query may be nested " + Limits.QUERY_DEPTH + " parentheses deep at most");
        }
        Condition met;
        if (first.kind() == Token.Kind.OPEN) {
            met = any();
            if (take().kind() != Token.Kind.CLOSE) {
                throw new QueryException(first.begin(), "this parenthesis is not closed");
            }
        } else {
            met = new Condition.Not(negation());
        }
        depth--;
        return met;
    }

    private Condition single() throws QueryException {
        Token first = take();
        if (++conditions > Limits.QUERY_CONDITIONS) {
            throw new QueryException(
                    first.begin(), "a query may have " + Limits.QUERY_CONDITIONS + " conditions at most");
        }
        return switch (first.kind()) {
            case WORD -> named(first);
            case QUOTED -> {
                if (peek().kind() == Token.Kind.SIGN) {
                    throw new QueryException(first.begin(), "a name stands without quotation marks");
                }
                yield new Condition.Word(first.text());
            }
            case SIGN -> throw new QueryException(first.begin(), "a name is missing before \"" + first.text() + "\"");
            case CLOSE -> throw new QueryException(first.begin(), "a condition is missing before this parenthesis");
            case OPEN, END -> throw new QueryException(first.begin(), "a condition is missing");
        };
    }

    private Condition named(Token first) throws QueryException {
        if (peek().kind() == Token.Kind.SIGN) {
            Token sign = take();
            return Comparison.of(first, sign.text(), value(sign));
        }
        if (first.isWord("and") || first.isWord("or")) {
            throw new QueryException(first.begin(), "a condition is missing before \"" + first.text() + "\"");
        }
        int colon = first.text().indexOf(':');
        if (colon < 0 || !Comparison.isAttribute(first.text().substring(0, colon))) {
            return new Condition.Word(first.text());
        }
        Token name = part(first, 0, colon);
        boolean apart = colon + 1 == first.text().length();
        Token value = apart ? value(first) : part(first, colon + 1, first.text().length());
        return Comparison.of(name, ":", value);
    }

    private static Token part(Token word, int from, int to) {
        return new Token(Token.Kind.WORD, word.text().substring(from, to), word.begin() + from, word.begin() + to);
    }

    private Token value(Token before) throws QueryException {
        Token value = take();
        if (value.kind() != Token.Kind.WORD && value.kind() != Token.Kind.QUOTED) {
            throw new QueryException(value.begin(), "a value is missing after \"" + before.text() + "\"");
        }
        return value;
    }
}
