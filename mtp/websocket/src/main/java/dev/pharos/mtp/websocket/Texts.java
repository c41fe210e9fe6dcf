// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import dev.pharos.mtp.tls.TlsFailure;
import io.netty.handler.codec.DecoderException;
import java.util.Optional;

/// Sentences for people about what a peer or the network did.
final class Texts {
    private Texts() {}

    /// What failed, in the words of the innermost cause that has any.
    static String of(Throwable failure) {
        Optional<String> tls = TlsFailure.sentence(failure);
        if (tls.isPresent()) {
            return tls.get();
        }
        Throwable cause = failure;
        while ((cause instanceof DecoderException || cause.getMessage() == null) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : shown(message);
    }

    /// A peer's words: no control characters, not too many.
    static String shown(String words) {
        StringBuilder out = new StringBuilder();
        words.codePoints()
                .limit(Limits.SHOWN_CHARACTERS)
                .forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return out.toString().strip();
    }
}
