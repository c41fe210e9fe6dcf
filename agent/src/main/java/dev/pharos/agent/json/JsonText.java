// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.json;

/// Strings as JSON writes them (RFC 8259).
public final class JsonText {
    private JsonText() {}

    /// Appends the value in quotation marks.
    public static void quote(String value, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < 0x20) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
