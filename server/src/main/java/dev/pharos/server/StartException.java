// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

/// The server cannot start as it was asked to; the text is for the person who asked.
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean usage;

    private StartException(String message, boolean usage) {
        super(message, null, false, false);
        this.usage = usage;
    }

    /// The options cannot be met whatever the machine.
    static StartException usage(String message) {
        return new StartException(message, true);
    }

    static StartException failed(String message) {
        return new StartException(message, false);
    }

    /// The program's exit status.
    public int exitStatus() {
        return usage ? 2 : 1;
    }
}
