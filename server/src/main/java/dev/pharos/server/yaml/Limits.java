// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.yaml;

/// The bounds of files that people write, each with its reason.
public final class Limits {
    private Limits() {}

    /// Characters of a file: what a request body may have.
    public static final int FILE = 1 << 20;

    /// Values of a file: twenty profiles as large as may be.
    static final int NODES = 50_000;

    /// The deepest that is known is the value of a row of a profile of a list.
    static final int DEPTH = 8;

    /// Characters of what is quoted in an error.
    static final int QUOTED = 80;
}
