// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.query;

import java.util.ArrayList;
import java.util.List;

/// Takes a query apart: words, words in quotation marks, comparison signs and parentheses.
final class Tokens {
    private static final String BETWEEN_WORDS = " \t\r\n";
    private static final String ENDS_A_WORD = BETWEEN_WORDS + "()\"=!<>~";

    private final String query;
    private int at;

    private Tokens(String query) {
        this.query = query;
    }

    static List<Token> of(String query) throws QueryException {
        Tokens tokens = new Tokens(query);
        List<Token> found = new ArrayList<>();
        Token next;
        do {
            next = tokens.next();
            found.add(next);
        } while (next.kind() != Token.Kind.END);
        return found;
    }

    private Token next() throws QueryException {
        while (at < query.length() && BETWEEN_WORDS.indexOf(query.charAt(at)) >= 0) {
            at++;
        }
        int begin = at;
        if (begin == query.length()) {
            return new Token(Token.Kind.END, "", begin, begin);
        }
        return switch (query.charAt(at)) {
            case '(' -> token(Token.Kind.OPEN, begin, begin + 1);
            case ')' -> token(Token.Kind.CLOSE, begin, begin + 1);
            case '"' -> quoted();
            case '=', '~' -> token(Token.Kind.SIGN, begin, begin + 1);
            case '<', '>' -> token(Token.Kind.SIGN, begin, begin + (query.startsWith("=", begin + 1) ? 2 : 1));
            case '!' -> {
                if (!query.startsWith("=", begin + 1)) {
                    throw new QueryException(begin, "\"!\" is only known as part of \"!=\"; write not");
                }
                yield token(Token.Kind.SIGN, begin, begin + 2);
            }
            default -> word();
        };
    }

    private Token token(Token.Kind kind, int begin, int end) {
        at = end;
        return new Token(kind, query.substring(begin, end), begin, end);
    }

    private Token word() {
        int end = at;
        while (end < query.length() && ENDS_A_WORD.indexOf(query.charAt(end)) < 0) {
            end++;
        }
        return token(Token.Kind.WORD, at, end);
    }

    private Token quoted() throws QueryException {
        int begin = at;
        StringBuilder text = new StringBuilder();
        for (int i = begin + 1; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c == '"') {
                at = i + 1;
                return new Token(Token.Kind.QUOTED, text.toString(), begin, at);
            }
            boolean escape = c == '\\' && i + 1 < query.length() && "\"\\".indexOf(query.charAt(i + 1)) >= 0;
            text.append(escape ? query.charAt(++i) : c);
        }
        throw new QueryException(begin, "the quotation mark is not closed");
    }
}
