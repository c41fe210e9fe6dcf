// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.bulkdata;

/// A profile stands for more than a report may hold; there is no such report then, not even a part of it.
final class ReportTooLargeException extends Exception {
    private static final long serialVersionUID = 1L;

    ReportTooLargeException(String why) {
        super(why, null, false, false);
    }
}
