// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import dev.pharos.mtp.tls.TlsFailure;
import io.netty.handler.codec.DecoderException;

/// Sentences for people about what the broker or the network did.
final class Texts {
    private Texts() {}

    /// What failed: a TLS handshake in a sentence, else the words of the innermost cause that has any.
    static String of(Throwable failure) {
        return TlsFailure.sentence(failure).orElseGet(() -> innermost(failure));
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof DecoderException || cause.getMessage() == null) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : shown(message);
    }

    /// Somebody else's words: no control characters, not too many.
    static String shown(String words) {
        StringBuilder out = new StringBuilder();
        words.codePoints()
                .limit(Limits.SHOWN_CHARACTERS)
                .forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return out.toString().strip();
    }
}
