// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import io.netty.handler.codec.DecoderException;

/// Sentences for people about what a peer or the system did.
final class Texts {
    private Texts() {}

    /// What failed, in the words of the innermost cause that has any.
    static String of(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof DecoderException || cause.getMessage() == null) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : shown(message);
    }

    /// A peer's words: no control characters, not too many.
    static String shown(String words) {
        return cut(words, Limits.SHOWN_CHARACTERS);
    }

    static String cut(String words, int characters) {
        StringBuilder out = new StringBuilder();
        words.codePoints().limit(characters).forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return out.toString().strip();
    }
}
