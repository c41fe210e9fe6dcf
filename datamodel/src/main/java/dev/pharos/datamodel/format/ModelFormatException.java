// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.format;

/// A file that is not the description of a data model that it claims to be: says where and what. Without a
/// stack trace, since files come from users.
public final class ModelFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String sourceName;
    private final int line;

    /// @param line counted from 1; 0 where the fault has no place of its own
    public ModelFormatException(String sourceName, int line, String detail) {
        super(sourceName + (line > 0 ? ":" + line : "") + ": " + detail, null, false, false);
        this.sourceName = sourceName;
        this.line = line;
    }

    public String sourceName() {
        return sourceName;
    }

    public int line() {
        return line;
    }
}
