// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.query;

/// A query means a group that cannot be known. The text says which and why, in a sentence without its full stop.
public final class UnresolvedGroupException extends Exception {
    private static final long serialVersionUID = 1L;

    UnresolvedGroupException(String reason) {
        super(reason, null, false, false);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
