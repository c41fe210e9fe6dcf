// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// To which tenants the rows of a table belong, for what the server does with them by itself: it does that
/// for whoever owns the row, so that no query, group or device of another has a part in it. A row never
/// changes its owner; thread-safe.
final class Owners {
    private final Database database;
    private final String question;

    /// Of the rows that were asked for last.
    private final Map<Long, Tenant> known = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Tenant> eldest) {
            return size() > Limits.OWNERS_KNOWN;
        }
    });

    /// @param table with the columns `id` and `tenant`
    Owners(Database database, String table) {
        this.database = database;
        this.question = "select tenant from " + table + " where id = :id";
    }

    /// Does something for the owner of a row; for whoever asks, where somebody does.
    <T> T within(long id, Supplier<T> work) {
        return Tenant.current().isPresent() ? work.get() : of(id).within(work::get);
    }

    private Tenant of(long id) {
        Tenant owner = known.get(id);
        if (owner == null) {
            owner = look(id);
            known.put(id, owner);
        }
        return owner;
    }

    /// Of a row that is gone it does not matter.
    private Tenant look(long id) {
        return database.with(handle -> handle.createQuery(question)
                .bind("id", id)
                .mapTo(Short.class)
                .findOne()
                .map(Tenant::new)
                .orElse(Tenant.MAIN));
    }
}
