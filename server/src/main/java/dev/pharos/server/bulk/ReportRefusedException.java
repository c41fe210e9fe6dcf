// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.bulk;

/// A report that is not taken, and why, in the terms of HTTP. Without a stack trace.
public final class ReportRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /// More than the bound.
    public static final int TOO_LARGE = 413;

    /// Not now.
    public static final int LATER = 503;

    private final int status;
    private final String title;

    ReportRefusedException(int status, String title, String reason) {
        super(reason, null, false, false);
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /// A sentence.
    public String reason() {
        return String.valueOf(getMessage());
    }
}
