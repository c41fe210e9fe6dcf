// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.terminal;

/// What the exit status of a command says; 0 is done.
public final class ExitStatus {
    /// The device or the server said no.
    public static final int DENIED = 1;

    /// Wrong usage.
    public static final int USAGE = 2;

    /// Unreachable, or timed out.
    public static final int UNREACHABLE = 3;

    private ExitStatus() {}
}
