// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp;

import java.util.Optional;

/// The one way in which reading a peer's envelope fails: what was wrong and where, without a stack trace, so that a
/// hostile peer cannot make us pay for it.
public final class MalformedSoapException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;
    private final transient Optional<String> id;

    /// @param line from 1 on, or 0 where no place is known
    /// @param column from 1 on, or 0 where no place is known
    /// @param id the ID of the envelope, where its header could still be read: a fault can then be sent in answer
    public MalformedSoapException(int line, int column, String detail, Optional<String> id) {
        super(line > 0 ? "line " + line + ", column " + column + ": " + detail : detail, null, false, false);
        this.line = line;
        this.column = column;
        this.id = id;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    public Optional<String> id() {
        return id;
    }

    /// The text of the failure with its place.
    public String detail() {
        return String.valueOf(getMessage());
    }
}
