// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import java.nio.charset.StandardCharsets;

/// The text of a UCI file, held with one character for each byte, so that bytes which are no UTF-8 survive in
/// what is not touched.
final class UciText {
    private UciText() {}

    static String ofBytes(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// What the bytes of a value say in UTF-8; where they are none, one character for each byte.
    static String shown(String raw) {
        Bytes bytes = Bytes.adopt(bytes(raw));
        String text = bytes.utf8(0, bytes.size());
        return text == null ? raw : text;
    }

    /// A value as the bytes of a file.
    static String raw(String value) {
        return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /// A value between single quotes, as uci writes it.
    static String quoted(String value) {
        return "'" + raw(value).replace("'", "'\\''") + "'";
    }

    /// @param offset in the text, of what is wrong
    static MalformedInputException malformed(String text, int offset, String what) {
        int end = Math.min(offset, text.length());
        int line = 1;
        int start = 0;
        for (int at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) {
            line++;
            start = at + 1;
        }
        return new MalformedInputException(
                StandardErrorCode.INTERNAL_ERROR, "uci: line " + line + ", column " + (end - start + 1) + ": " + what);
    }
}
