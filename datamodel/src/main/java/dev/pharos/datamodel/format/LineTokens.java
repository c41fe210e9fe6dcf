// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.format;

import java.util.ArrayList;
import java.util.List;

/// Splits a line of a model file into its words. A word holds quoted parts in which blanks and `#` have no
/// meaning and `\"`, `\\`, `\n` and `\r` stand for a quote, a backslash and the parts of a line break; any
/// other backslash stands for itself.
final class LineTokens {
    private final String line;
    private final List<String> words = new ArrayList<>();
    private int position;

    private LineTokens(String line) {
        this.line = line;
    }

    /// @throws IllegalArgumentException where a quote is not closed
    static List<String> of(String line) {
        LineTokens tokens = new LineTokens(line);
        while (tokens.next()) {
            tokens.words.add(tokens.word());
        }
        return tokens.words;
    }

    private boolean next() {
        while (position < line.length() && isBlank(line.charAt(position))) {
            position++;
        }
        return position < line.length() && line.charAt(position) != '#';
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        while (position < line.length() && !isBlank(line.charAt(position))) {
            char c = line.charAt(position++);
            if (c == '"') {
                quoted(word);
            } else {
                word.append(c);
            }
        }
        return word.toString();
    }

    private void quoted(StringBuilder word) {
        while (position < line.length()) {
            char c = line.charAt(position++);
            if (c == '"') {
                return;
            }
            char escaped = c == '\\' && position < line.length() ? line.charAt(position) : 0;
            switch (escaped) {
                case '"', '\\' -> {
                    word.append(escaped);
                    position++;
                }
                case 'r' -> {
                    word.append('\r');
                    position++;
                }
                case 'n' -> {
                    word.append('\n');
                    position++;
                }
                default -> word.append(c);
            }
        }
        throw new IllegalArgumentException("the quoted text has no end");
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\uFEFF';
    }

    /// The text as one quoted part that [#of] reads back.
    static String quote(String text) {
        String escaped = text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
        return '"' + escaped + '"';
    }
}
