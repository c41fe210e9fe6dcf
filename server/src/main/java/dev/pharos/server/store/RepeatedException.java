// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.store.StoreException;
import java.sql.SQLException;

/// Some of the rows that a statement took for new are there already. Without a stack trace.
final class RepeatedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// PostgreSQL's word for a row that is there already.
    private static final String UNIQUE_VIOLATION = "23505";

    RepeatedException() {
        super("a row is there already", null, false, false);
    }

    /// Whether this is why a statement failed.
    static boolean isWhy(Throwable failure) {
        Throwable cause = failure instanceof StoreException ? failure.getCause() : failure;
        return cause instanceof SQLException refused && UNIQUE_VIOLATION.equals(refused.getSQLState());
    }
}
