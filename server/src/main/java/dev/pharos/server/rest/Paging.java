// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.rest.json.BadRequestException;
import org.jspecify.annotations.Nullable;

/// Reads the paging parameters of a request.
final class Paging {
    private Paging() {}

    static int limit(@Nullable Integer asked, int otherwise, int most) {
        if (asked == null) {
            return otherwise;
        }
        if (asked < 1 || asked > most) {
            throw new BadRequestException("limit", "must be 1 to " + most);
        }
        return asked;
    }

    /// A cursor of events: the number of the last one shown.
    static long before(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return Long.MAX_VALUE;
        }
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException notOurs) {
            throw new BadRequestException("cursor", "must be the nextCursor of the page before");
        }
    }

    /// The same the other way round: -1 for the first page.
    static int after(String cursor) {
        if (cursor.isEmpty()) {
            return -1;
        }
        try {
            return Integer.parseInt(cursor);
        } catch (NumberFormatException notOurs) {
            throw new BadRequestException("cursor", "must be the nextCursor of the page before");
        }
    }
}
