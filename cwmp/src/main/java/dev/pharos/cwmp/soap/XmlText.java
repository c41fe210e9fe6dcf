// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

/// Text within XML 1.0.
public final class XmlText {
    private static final char REPLACEMENT = '\uFFFD';

    private XmlText() {}

    /// Whether XML 1.0 knows this character at all, even as a reference.
    static boolean isAllowed(int point) {
        return point >= 0x20
                ? point <= 0xD7FF || (point >= 0xE000 && point <= 0xFFFD) || (point >= 0x10000 && point <= 0x10FFFF)
                : point == '\t' || point == '\n' || point == '\r';
    }

    /// Appends text so that it is read as it is; what XML cannot say becomes U+FFFD.
    public static void append(StringBuilder xml, String text) {
        int plainFrom = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c >= 0x20 && c < 0xD800 && c != '&' && c != '<' && c != '>' && c != '"') {
                continue;
            }
            if (Character.isHighSurrogate(c)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1))) {
                at++;
                continue;
            }
            xml.append(text, plainFrom, at);
            special(xml, c);
            plainFrom = at + 1;
        }
        xml.append(text, plainFrom, text.length());
    }

    private static void special(StringBuilder xml, char c) {
        switch (c) {
            case '&' -> xml.append("&amp;");
            case '<' -> xml.append("&lt;");
            case '>' -> xml.append("&gt;");
            case '"' -> xml.append("&quot;");
            case '\r' -> xml.append("&#13;");
            default -> xml.append(isAllowed(c) ? c : REPLACEMENT);
        }
    }
}
