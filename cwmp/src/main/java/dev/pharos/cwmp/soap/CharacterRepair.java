// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes text that devices have put into XML as it is readable: characters that XML forbids are left out, an ampersand
/// that begins no reference is escaped. CDATA sections lose forbidden characters only.
final class CharacterRepair {
    private static final Pattern REFERENCE =
            Pattern.compile("&(?:(?:amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));");
    private static final String CDATA_BEGIN = "<![CDATA[";
    private static final String CDATA_END = "]]>";
    private static final int HEXADECIMAL = 16;

    private final String text;
    private final Matcher reference;
    private final StringBuilder repaired;

    private CharacterRepair(String text) {
        this.text = text;
        this.reference = REFERENCE.matcher(text);
        this.repaired = new StringBuilder(text.length() + HEXADECIMAL);
    }

    static String repair(String text) {
        return new CharacterRepair(text).repair();
    }

    private String repair() {
        int at = 0;
        int literalUntil = 0;
        while (at < text.length()) {
            if (at >= literalUntil && text.startsWith(CDATA_BEGIN, at)) {
                int end = text.indexOf(CDATA_END, at);
                literalUntil = end < 0 ? text.length() : end;
            }
            if (at >= literalUntil && text.charAt(at) == '&') {
                at = ampersand(at);
            } else {
                at = character(at);
            }
        }
        return repaired.toString();
    }

    private int character(int at) {
        int point = text.codePointAt(at);
        if (XmlText.isAllowed(point)) {
            repaired.appendCodePoint(point);
        }
        return at + Character.charCount(point);
    }

    private int ampersand(int at) {
        reference.region(at, text.length());
        if (!reference.lookingAt()) {
            repaired.append("&amp;");
            return at + 1;
        }
        if (XmlText.isAllowed(referenced())) {
            repaired.append(reference.group());
        }
        return reference.end();
    }

    private int referenced() {
        String decimal = reference.group(1);
        if (decimal != null) {
            return Integer.parseInt(decimal);
        }
        String hexadecimal = reference.group(2);
        return hexadecimal == null ? '&' : Integer.parseInt(hexadecimal, HEXADECIMAL);
    }
}
