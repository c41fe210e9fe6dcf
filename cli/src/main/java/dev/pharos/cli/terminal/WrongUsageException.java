// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.terminal;

/// An option or argument that cannot be used; the text says which, and what is allowed.
public final class WrongUsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public WrongUsageException(String message) {
        super(message);
    }
}
