// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

/// What somebody asked of a campaign cannot be; the reason is a sentence that says what is allowed.
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    public RefusedException(String reason) {
        super(reason, null, false, false);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
