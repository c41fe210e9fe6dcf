// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

/// A text is no template: where, why, and what is allowed there.
public final class TemplateException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int position;

    TemplateException(int position, String reason) {
        super(reason, null, false, false);
        this.position = position;
    }

    /// Counted from 0, in characters of the text.
    public int position() {
        return position;
    }

    /// The sentence for people; never null.
    public String reason() {
        return String.valueOf(getMessage());
    }
}
