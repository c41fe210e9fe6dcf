// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp;

/// A request failed by the rules of USP. Thrown inside handlers and service elements, turned into a value by
/// the dispatcher and nowhere else; it carries no stack trace, since it is an answer and not a defect.
public final class UspException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    public UspException(ErrorCode code, String detail) {
        this(new Fault(code, detail));
    }

    public UspException(Fault fault) {
        super(fault.toString(), null, false, false);
        this.fault = fault;
    }

    /// @param cause what is beneath it, for those who know more of it than USP can say
    public UspException(Fault fault, Exception cause) {
        super(fault.toString(), cause, false, false);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }

    public ErrorCode code() {
        return fault.errCode();
    }
}
