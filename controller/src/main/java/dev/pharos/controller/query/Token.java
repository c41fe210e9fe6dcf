// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.query;

/// A piece of a query.
///
/// @param text of a word, without its quotation marks
/// @param begin where it begins in the query
/// @param end after its last character
record Token(Kind kind, String text, int begin, int end) {

    enum Kind {
        WORD,
        /// A word in quotation marks, which is never a name.
        QUOTED,
        SIGN,
        OPEN,
        CLOSE,
        END
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }
}
