// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import dev.pharos.usp.MalformedInputException;
import java.util.ArrayList;
import java.util.List;

/// Splits the text of a UCI file into commands of words: by line ends and `;`, with quotes, backslashes and
/// comments as uci reads them.
final class UciLexer {
    private final String text;
    private final List<List<UciWord>> commands = new ArrayList<>();
    private int at;

    private UciLexer(String text) {
        this.text = text;
    }

    /// The commands, none of them without a word.
    static List<List<UciWord>> commands(String text) throws MalformedInputException {
        int zero = text.indexOf('\0');
        if (zero >= 0) {
            throw UciText.malformed(text, zero, "a zero byte");
        }
        UciLexer lexer = new UciLexer(text);
        lexer.read();
        return lexer.commands;
    }

    /// The commands before the first place that cannot be read.
    static List<List<UciWord>> readable(String text) {
        int zero = text.indexOf('\0');
        UciLexer lexer = new UciLexer(zero < 0 ? text : text.substring(0, zero));
        try {
            lexer.read();
        } catch (MalformedInputException unreadable) {
            // a line of changes that was cut off is not yet written: what stands before it counts
            return lexer.commands;
        }
        return lexer.commands;
    }

    private void read() throws MalformedInputException {
        List<UciWord> words = new ArrayList<>();
        while (at < text.length()) {
            char next = text.charAt(at);
            if (next == '\n' || next == ';') {
                if (next == ';') {
                    mustSeparate(words);
                }
                at++;
                if (!words.isEmpty()) {
                    commands.add(List.copyOf(words));
                    words.clear();
                }
            } else if (isBlank(next)) {
                at++;
            } else if (next == '#') {
                skipComment();
            } else if (joinsLines()) {
                at = behindJoin();
            } else {
                words.add(word());
            }
        }
        if (!words.isEmpty()) {
            commands.add(List.copyOf(words));
        }
    }

    static boolean isBlank(char next) {
        return next == ' ' || (next >= '\t' && next <= '\r' && next != '\n');
    }

    private void skipComment() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
    }

    /// uci refuses a semicolon without a command before it, and where one follows a word without quotes
    /// directly, it passes over the rest of the line. Since that can hardly be meant, and would count as soon as
    /// the word gets quotes, it is refused.
    private void mustSeparate(List<UciWord> words) throws MalformedInputException {
        if (words.isEmpty()) {
            throw UciText.malformed(text, at, "a semicolon without a command before it");
        }
        UciWord last = words.getLast();
        String written = text.substring(last.start(), last.end());
        int end = text.indexOf('\n', at);
        String rest = text.substring(at + 1, end < 0 ? text.length() : end).strip();
        boolean bare = last.end() == at && written.indexOf('\'') < 0 && written.indexOf('"') < 0;
        if (bare && !rest.isEmpty() && !rest.startsWith("#")) {
            throw UciText.malformed(
                    text, at, "uci passes over what is behind this semicolon: it needs a space before it");
        }
    }

    private boolean joinsLines() {
        return text.charAt(at) == '\\'
                && (at + 1 == text.length() || text.charAt(at + 1) == '\n' || text.startsWith("\r\n", at + 1));
    }

    private int behindJoin() {
        return Math.min(text.startsWith("\r\n", at + 1) ? at + 3 : at + 2, text.length());
    }

    private UciWord word() throws MalformedInputException {
        StringBuilder word = new StringBuilder();
        int start = at;
        while (at < text.length()) {
            char next = text.charAt(at);
            if (next == '\'') {
                singleQuoted(word);
            } else if (next == '"') {
                doubleQuoted(word);
            } else if (next == '\\') {
                escaped(word);
            } else if (next == '\n' || next == ';' || next == '#' || isBlank(next)) {
                break;
            } else {
                word.append(next);
                at++;
            }
        }
        return new UciWord(word.toString(), start, Math.min(at, text.length()));
    }

    private void singleQuoted(StringBuilder word) throws MalformedInputException {
        int end = text.indexOf('\'', at + 1);
        if (end < 0) {
            throw UciText.malformed(text, at, "a single quote that is not closed");
        }
        word.append(text, at + 1, end);
        at = end + 1;
    }

    private void doubleQuoted(StringBuilder word) throws MalformedInputException {
        int start = at++;
        while (at < text.length()) {
            char next = text.charAt(at);
            if (next == '"') {
                at++;
                return;
            }
            if (next == '\\') {
                escaped(word);
            } else {
                word.append(next);
                at++;
            }
        }
        throw UciText.malformed(text, start, "a double quote that is not closed");
    }

    private void escaped(StringBuilder word) {
        if (joinsLines()) {
            at = behindJoin();
        } else {
            word.append(text.charAt(at + 1));
            at += 2;
        }
    }
}
