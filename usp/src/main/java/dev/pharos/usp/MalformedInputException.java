// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp;

/// The one way in which reading a peer's bytes or text fails: what was wrong and where, without a stack
/// trace, so that a hostile peer cannot make us pay for it. The code says what a Record-level or
/// Message-level answer would carry.
public final class MalformedInputException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;

    public MalformedInputException(ErrorCode code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    /// The text of the failure; never null.
    public String detail() {
        String message = getMessage();
        return message == null ? code.title() : message;
    }
}
