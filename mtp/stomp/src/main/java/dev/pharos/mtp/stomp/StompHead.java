// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.stomp.DefaultStompHeaders;
import io.netty.handler.codec.stomp.StompCommand;
import io.netty.handler.codec.stomp.StompHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Command and headers of one frame while they are read, line by line.
final class StompHead {
    private static final int LENGTH_DIGITS = 18;

    private final StompHeaders headers = new DefaultStompHeaders();
    private @Nullable StompCommand command;
    private int bytes;

    /// @param line without its end; a carriage return before the end belongs to the end
    /// @return whether this was the empty line after the headers
    /// @throws CorruptedFrameException where it is malformed
    boolean add(byte[] line) {
        bytes += line.length + 1;
        if (bytes > Limits.HEAD_BYTES) {
            throw new TooLongFrameException("headers of more than " + Limits.HEAD_BYTES + " bytes");
        }
        int length = line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, length))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new CorruptedFrameException("a header that is not UTF-8", malformed);
        }
        StompCommand known = command;
        if (known == null) {
            command = commandOf(text);
            return false;
        }
        if (text.isEmpty()) {
            return true;
        }
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new CorruptedFrameException("a header without a name: " + Texts.shown(text));
        }
        // Of several headers of one name the first counts, which is what StompHeaders gives.
        headers.add(unescaped(known, text.substring(0, colon)), unescaped(known, text.substring(colon + 1)));
        return false;
    }

    private static StompCommand commandOf(String text) {
        for (StompCommand known : StompCommand.values()) {
            if (known != StompCommand.UNKNOWN && known.name().equals(text)) {
                return known;
            }
        }
        throw new CorruptedFrameException("no STOMP command: " + Texts.shown(text));
    }

    /// CONNECT and CONNECTED know no escapes, and a value may have colons.
    private static String unescaped(StompCommand command, String text) {
        if (command == StompCommand.CONNECT || command == StompCommand.CONNECTED) {
            return text;
        }
        if (text.indexOf(':') >= 0) {
            throw new CorruptedFrameException("a colon that is not escaped: " + Texts.shown(text));
        }
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                out.append(escaped(i < text.length() ? text.charAt(i) : ' '));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static char escaped(char code) {
        return switch (code) {
            case 'c' -> ':';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case '\\' -> '\\';
            default -> throw new CorruptedFrameException("an escape that STOMP does not know");
        };
    }

    StompCommand command() {
        return command == null ? StompCommand.UNKNOWN : command;
    }

    StompHeaders headers() {
        return headers;
    }

    /// What `content-length` says; -1 where it is absent.
    long contentLength() {
        CharSequence text = headers.get(StompHeaders.CONTENT_LENGTH);
        if (text == null) {
            return -1;
        }
        boolean number = !text.isEmpty()
                && text.length() <= LENGTH_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number) {
            throw new CorruptedFrameException("a content-length that is no length: " + Texts.shown(text.toString()));
        }
        return Long.parseLong(text, 0, text.length(), 10);
    }
}
