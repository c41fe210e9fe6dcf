// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.path;

import dev.pharos.usp.Limits;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.path.Segment.Follow;

/// The characters of a path and where reading stands; its errors name that position, counted from 1.
final class PathScanner {
    /// How much of a path an error quotes.
    private static final int QUOTED = 80;

    private final String text;
    private int position;

    PathScanner(String text) {
        this.text = text;
    }

    void requireLength() throws MalformedInputException {
        if (text.isEmpty()) {
            throw wrong("is empty");
        }
        if (text.length() > Limits.MAX_PATH_LENGTH) {
            throw wrong("has " + text.length() + " characters, at most " + Limits.MAX_PATH_LENGTH + " are allowed");
        }
    }

    boolean atEnd() {
        return position == text.length();
    }

    boolean at(char expected) {
        return position < text.length() && text.charAt(position) == expected;
    }

    boolean at(String expected) {
        return text.startsWith(expected, position);
    }

    boolean take(char expected) {
        if (at(expected)) {
            position++;
            return true;
        }
        return false;
    }

    boolean take(String expected) {
        if (at(expected)) {
            position += expected.length();
            return true;
        }
        return false;
    }

    void require(char expected, String otherwise) throws MalformedInputException {
        if (!take(expected)) {
            throw wrong(otherwise);
        }
    }

    void skipSpaces() {
        while (at(' ')) {
            position++;
        }
    }

    boolean atNameStart() {
        return position < text.length() && isLetter(text.charAt(position));
    }

    /// A name: letters, digits and `_`, not beginning with a digit. A hyphen may occur within, as vendors'
    /// names hold their domain with hyphens in place of dots (`X_EXAMPLE-COM_Mode`).
    String name() throws MalformedInputException {
        if (!atNameStart()) {
            throw wrong("expected a name: a letter or '_'");
        }
        int start = position;
        while (position < text.length() && isNamePart(text.charAt(position))) {
            position++;
        }
        return text.substring(start, position);
    }

    /// What follows the name of a reference parameter: `+`, `#2+` or `#*+`.
    Follow follow(String parameter) throws MalformedInputException {
        int item = 1;
        if (take('#')) {
            item = take('*') ? Follow.EVERY_ITEM : (int) positiveNumber(Integer.MAX_VALUE, "the number of a list item");
        }
        require('+', "expected '+' after a reference");
        return new Follow(parameter, item);
    }

    /// Decimal digits without leading zeros, from 1.
    long positiveNumber(long largest, String what) throws MalformedInputException {
        if (atEnd() || !isDigit(text.charAt(position)) || at('0')) {
            throw wrong("expected " + what + ", from 1 and without leading zeros");
        }
        int start = position;
        long number = 0;
        while (position < text.length() && isDigit(text.charAt(position))) {
            number = number * 10 + (text.charAt(position) - '0');
            position++;
            if (number > largest) {
                position = start;
                throw wrong(what + " is greater than " + largest);
            }
        }
        return number;
    }

    /// The text up to the next quotation mark, which is taken as well.
    String untilQuote() throws MalformedInputException {
        int end = text.indexOf('"', position);
        if (end < 0) {
            throw wrong("expected a closing '\"'");
        }
        String literal = text.substring(position, end);
        position = end + 1;
        return literal;
    }

    /// The longest run of characters that numbers, booleans and dates have.
    String plainConstant() {
        int start = position;
        while (position < text.length() && isConstantPart(text.charAt(position))) {
            position++;
        }
        return text.substring(start, position);
    }

    void back(int characters) {
        position -= characters;
    }

    MalformedInputException wrong(String what) {
        String shown = text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "...";
        return new MalformedInputException(
                StandardErrorCode.INVALID_PATH_SYNTAX,
                "path \"" + shown + "\", position " + (position + 1) + ": " + what);
    }

    static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isLetter(char character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character == '_';
    }

    private static boolean isNamePart(char character) {
        return isLetter(character) || isDigit(character) || character == '-';
    }

    private static boolean isConstantPart(char character) {
        return isNamePart(character) || character == '+' || character == '.' || character == ':';
    }
}
