// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.postgres;

import java.io.IOException;

/// The embedded PostgreSQL cannot be had; the text says why and what to do, for the person who starts the server.
public final class PostgresException extends IOException {
    private static final long serialVersionUID = 1L;

    public PostgresException(String detail) {
        super(detail);
    }

    public PostgresException(String detail, Throwable cause) {
        super(detail, cause);
    }
}
