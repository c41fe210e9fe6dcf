// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Changes of a text that touch nothing but what they are about.
final class UciSplices {
    private final String text;
    private final List<Splice> splices = new ArrayList<>();

    private record Splice(int start, int end, String with) {}

    UciSplices(String text) {
        this.text = text;
    }

    void replace(int start, int end, String with) {
        splices.add(new Splice(start, end, with));
    }

    void replace(UciWord word, String with) {
        replace(word.start(), word.end(), with);
    }

    /// Removes a command, and its line where nothing else stands there. A comment behind it stays.
    void remove(UciCommand command) {
        int end = skipBlanks(command.end());
        if (at(end) == ';') {
            replace(command.start(), skipBlanks(end + 1), "");
            return;
        }
        int start = backOverBlanks(command.start());
        if (start > 0 && text.charAt(start - 1) == ';') {
            replace(start - 1, command.end(), "");
        } else if (isLineStart(start) && isLineEnd(end)) {
            replace(start, Math.min(end + 1, text.length()), "");
        } else {
            replace(command.start(), command.end(), "");
        }
    }

    /// Removes the command that begins a section, and one of several blank lines that it leaves.
    void removeBeginning(UciCommand command) {
        remove(command);
        int start = backOverBlanks(command.start());
        int before = start == 0 ? 0 : backOverBlanks(start - 1);
        if (start > 0 && isLineStart(start) && isLineStart(before)) {
            replace(before, start, "");
        }
    }

    /// Inserts lines beneath a command.
    void insertBelow(UciCommand command, String indent, List<String> lines) {
        int end = skipBlanks(command.end());
        if (at(end) == '#') {
            int newline = text.indexOf('\n', end);
            end = newline < 0 ? text.length() : newline;
        }
        int place = isLineEnd(end) ? end : command.end();
        StringBuilder inserted = new StringBuilder();
        if (place == text.length() && text.endsWith("\\")) {
            // a backslash at the very end would join the first line to what it follows
            inserted.append('\n');
        }
        lines.forEach(line -> inserted.append('\n').append(indent).append(line));
        replace(place, place, inserted.toString());
    }

    /// The white space before a command that begins its line; a TAB for others.
    String indentOf(UciCommand command) {
        int start = backOverBlanks(command.start());
        return isLineStart(start) ? text.substring(start, command.start()).replace("\r", "") : "\t";
    }

    /// The text with all changes. What overlaps is removed once.
    String applied() {
        splices.sort(Comparator.comparingInt(Splice::start));
        StringBuilder result = new StringBuilder(text.length());
        int at = 0;
        for (Splice splice : splices) {
            if (splice.start() > at) {
                result.append(text, at, splice.start());
                at = splice.start();
            }
            result.append(splice.with());
            at = Math.max(at, splice.end());
        }
        return result.append(text, at, text.length()).toString();
    }

    private char at(int position) {
        return position < text.length() ? text.charAt(position) : '\n';
    }

    private int skipBlanks(int from) {
        int position = from;
        while (position < text.length() && UciLexer.isBlank(text.charAt(position))) {
            position++;
        }
        return position;
    }

    private int backOverBlanks(int from) {
        int position = from;
        while (position > 0 && UciLexer.isBlank(text.charAt(position - 1))) {
            position--;
        }
        return position;
    }

    private boolean isLineStart(int position) {
        return position == 0 || text.charAt(position - 1) == '\n';
    }

    private boolean isLineEnd(int position) {
        return at(position) == '\n';
    }
}
