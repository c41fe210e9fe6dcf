// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The pair `eid=<Endpoint ID>` in the query of a request target (R-WS.10b). The Endpoint ID is opaque there:
/// each `%` of it is written `%25`, and exactly one level of percent-encoding is taken off when reading
/// (R-WS.10c).
final class EidQuery {
    private static final String NAME = "eid=";
    /// What may stand in a query as it is (RFC 3986), without `&`, which ends the pair, and `+`, which forms
    /// read as a space.
    private static final String PLAIN = "-._~:@/?!$'()*,;=";

    private EidQuery() {}

    /// A request target made of a path, query pairs that were there before, and our pair.
    static String target(@Nullable String rawPath, @Nullable String rawQuery, EndpointId own) {
        String path = rawPath == null || rawPath.isEmpty() ? "/" : rawPath;
        String before = rawQuery == null || rawQuery.isEmpty() ? "" : rawQuery + "&";
        return path + "?" + before + NAME + encode(own.toString());
    }

    /// Finds the Endpoint ID in a request target.
    ///
    /// @return empty where there is no `eid` pair
    /// @throws MalformedInputException where there are several, or it is no Endpoint ID
    static Optional<EndpointId> read(String requestTarget) throws MalformedInputException {
        int question = requestTarget.indexOf('?');
        if (question < 0) {
            return Optional.empty();
        }
        String found = null;
        int start = question + 1;
        while (start <= requestTarget.length()) {
            int end = requestTarget.indexOf('&', start);
            end = end < 0 ? requestTarget.length() : end;
            if (requestTarget.startsWith(NAME, start) && start + NAME.length() <= end) {
                if (found != null) {
                    throw malformed("the query names more than one eid");
                }
                found = requestTarget.substring(start + NAME.length(), end);
            }
            start = end + 1;
        }
        return found == null ? Optional.empty() : Optional.of(EndpointId.parse(decode(found)));
    }

    static String path(String requestTarget) {
        int question = requestTarget.indexOf('?');
        return question < 0 ? requestTarget : requestTarget.substring(0, question);
    }

    static String encode(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (plain || PLAIN.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
            }
        }
        return out.toString();
    }

    /// Takes off one level of percent-encoding.
    static String decode(String text) throws MalformedInputException {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteBuffer octets = ByteBuffer.allocate(text.length() * 3);
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c > 0x7e) {
                throw malformed("the eid of the query holds a character that must be percent-encoded");
            }
            if (c != '%') {
                octets.put((byte) c);
                i++;
            } else if (i + 2 < text.length()
                    && HexFormat.isHexDigit(text.charAt(i + 1))
                    && HexFormat.isHexDigit(text.charAt(i + 2))) {
                octets.put((byte) HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 3;
            } else {
                throw malformed("the eid of the query holds a % that two hexadecimal digits do not follow");
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(octets.flip()).toString();
        } catch (CharacterCodingException notUtf8) {
            throw malformed("the eid of the query is not UTF-8");
        }
    }

    private static MalformedInputException malformed(String detail) {
        return new MalformedInputException(StandardErrorCode.INVALID_RECORD_VALUE, detail);
    }
}
