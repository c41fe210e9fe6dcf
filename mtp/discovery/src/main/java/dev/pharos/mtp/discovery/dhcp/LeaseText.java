// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dhcp;

import dev.pharos.usp.Bytes;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// How lease files write values.
final class LeaseText {
    private static final Pattern COLON_HEX = Pattern.compile("[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2})*");
    private static final Pattern PLAIN_HEX = Pattern.compile("([0-9a-fA-F]{2})+");

    private LeaseText() {}

    /// Bytes such as `0:0:d:e9`.
    static Optional<Bytes> colonHex(String text) {
        if (!COLON_HEX.matcher(text).matches()) {
            return Optional.empty();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String part : text.split(":", -1)) {
            out.write(Integer.parseInt(part, 16));
        }
        return Optional.of(Bytes.adopt(out.toByteArray()));
    }

    /// Bytes such as `00000de9`.
    static Optional<Bytes> plainHex(String text) {
        return PLAIN_HEX.matcher(text).matches() ? Optional.of(Bytes.ofHex(text)) : Optional.empty();
    }

    /// The bytes between quotation marks, where `\ooo` is a byte in octal and `\c` is c.
    static Bytes unquoted(String content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int i = 0;
        while (i < content.length()) {
            char c = content.charAt(i++);
            if (c != '\\' || i == content.length()) {
                out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            } else if (i + 3 <= content.length() && content.substring(i, i + 3).matches("[0-3][0-7]{2}")) {
                out.write(Integer.parseInt(content.substring(i, i + 3), 8));
                i += 3;
            } else {
                out.writeBytes(String.valueOf(content.charAt(i++)).getBytes(StandardCharsets.UTF_8));
            }
        }
        return Bytes.adopt(out.toByteArray());
    }

    /// An address written in digits; names are never looked up.
    static Optional<InetAddress> address(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException noLiteral) {
            return Optional.empty();
        }
    }
}
