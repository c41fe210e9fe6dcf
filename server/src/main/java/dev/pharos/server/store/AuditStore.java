// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import java.time.Instant;
import java.util.List;

/// Who did what: every change that came through the REST interface.
public final class AuditStore {
    private final Database database;

    public AuditStore(Database database) {
        this.database = database;
    }

    /// @param device empty where the action was on no device
    public record Entry(Instant time, String user, String action, String device, String detail) {}

    public void add(Entry entry) {
        String detail = Storable.text(entry.detail());
        database.with(handle -> handle.execute(
                "insert into audit (time, user_name, action, device, detail) values (?, ?, ?, ?, ?)",
                Storable.time(entry.time()),
                Storable.text(entry.user()),
                entry.action(),
                entry.device(),
                detail.length() > Limits.AUDIT_DETAIL ? detail.substring(0, Limits.AUDIT_DETAIL) + "…" : detail));
    }

    public List<Entry> newest(int limit) {
        return database.with(handle -> handle.createQuery("select * from audit order by seq desc limit :limit")
                .bind("limit", limit)
                .map((rows, context) -> new Entry(
                        rows.getTimestamp("time").toInstant(),
                        rows.getString("user_name"),
                        rows.getString("action"),
                        rows.getString("device"),
                        rows.getString("detail")))
                .list());
    }
}
