// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.genieacs;

/// The bounds of an export, each with its reason.
final class Limits {
    private Limits() {}

    /// Of presets, of provisions and of virtual parameters: installations have some dozens of each.
    static final int EACH = 2_000;

    /// Characters of one script; the longest that people show each other have some thousands.
    static final int SCRIPT = 100_000;

    /// Characters of a precondition, of which a query of ours has 2,000.
    static final int PRECONDITION = 10_000;

    /// Parentheses, operators and lists within one another in a precondition.
    static final int DEPTH = 50;

    /// Remarks on one thing of the export; a script whose every line cannot be said is read by people anyway.
    static final int REMARKS = 50;

    /// Characters of what a remark quotes.
    static final int QUOTED = 80;
}
