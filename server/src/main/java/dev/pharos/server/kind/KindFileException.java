// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.kind;

/// A file of kinds cannot be used: which, where, and why.
public final class KindFileException extends Exception {
    private static final long serialVersionUID = 1L;

    /// @param place the file, and the line where there is one: `acme.yaml:3`
    KindFileException(String place, String reason) {
        super(place + ": " + reason, null, false, false);
    }

    /// For people, with the file and the line; never null.
    public String reason() {
        return String.valueOf(getMessage());
    }
}
