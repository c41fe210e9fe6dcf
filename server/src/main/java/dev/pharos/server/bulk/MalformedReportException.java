// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.bulk;

/// A delivery that is no report, in a sentence that helps to find out why. Without a stack trace.
public final class MalformedReportException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedReportException(String why) {
        super(why, null, false, false);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
