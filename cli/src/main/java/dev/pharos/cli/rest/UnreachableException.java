// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.rest;

/// The server or the device cannot be reached, or did not answer in time.
public final class UnreachableException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnreachableException(String message) {
        super(message, null, false, false);
    }
}
