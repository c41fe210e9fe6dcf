// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The charset of an envelope: what was declared with it, else what its byte order mark or its first line says, else
/// UTF-8. The XML reader is given characters, since it writes to standard error about bytes that are none.
final class DeclaredCharset {
    private static final int FIRST_LINE = 128;
    private static final int BUFFER = 8192;
    private static final List<Charset> MARKED =
            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE);
    private static final char MARK = '\uFEFF';
    /// The line by which nearly every envelope begins, and what it says.
    private static final byte[] USUAL =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>".getBytes(StandardCharsets.US_ASCII);

    private static final Pattern ENCODING =
            Pattern.compile("^\\s*<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]+)[\"']");

    private DeclaredCharset() {}

    /// The characters of a stream, without a byte order mark; reading fails at bytes that are no character.
    static Reader characters(BoundedStream stream, Optional<Charset> declared) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(stream, BUFFER);
        buffered.mark(FIRST_LINE);
        byte[] begin = buffered.readNBytes(FIRST_LINE);
        buffered.reset();
        Charset charset = declared.orElseGet(() -> of(begin));
        if (begin.length > 0 && begin[0] != '<' && startsWithMark(begin, charset)) {
            buffered.skipNBytes(markBytes(charset).length);
        }
        return new InputStreamReader(
                buffered,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    /// The characters of an envelope that is there as a whole, with U+FFFD where bytes are none.
    static String text(byte[] bytes, Optional<Charset> declared) {
        Charset charset = declared.orElseGet(() -> of(bytes));
        int from = startsWithMark(bytes, charset) ? markBytes(charset).length : 0;
        return new String(bytes, from, bytes.length - from, charset);
    }

    private static boolean startsWithMark(byte[] begin, Charset charset) {
        byte[] mark = markBytes(charset);
        return begin.length >= mark.length
                && mark.length > 1
                && Arrays.equals(begin, 0, mark.length, mark, 0, mark.length);
    }

    private static byte[] markBytes(Charset charset) {
        return charset.canEncode() ? String.valueOf(MARK).getBytes(charset) : new byte[0];
    }

    private static Charset of(byte[] bytes) {
        if (bytes.length > USUAL.length && Arrays.equals(bytes, 0, USUAL.length, USUAL, 0, USUAL.length)) {
            return StandardCharsets.UTF_8;
        }
        for (Charset marked : MARKED) {
            if (startsWithMark(bytes, marked)) {
                return marked;
            }
        }
        String begin = new String(bytes, 0, Math.min(bytes.length, FIRST_LINE), StandardCharsets.ISO_8859_1);
        Matcher encoding = ENCODING.matcher(begin);
        if (!encoding.find()) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(String.valueOf(encoding.group(1)));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return StandardCharsets.UTF_8;
        }
    }
}
