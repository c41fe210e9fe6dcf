// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

/// A request body or parameter that cannot be taken: which field, and what is allowed.
public final class BadRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;

    public BadRequestException(String field, String allowed) {
        super("\"" + field + "\" " + allowed, null, false, false);
        this.field = field;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }

    public String field() {
        return field;
    }
}
