// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.server.store.SavedViewStore.Owner;
import dev.pharos.server.store.SavedViewStore.Person;
import java.time.ZoneId;
import java.util.Optional;

/// In which time zone people want to read times.
public final class TimeZoneStore {
    private final Database database;

    public TimeZoneStore(Database database) {
        this.database = database;
    }

    /// Empty for that of their browser.
    public Optional<ZoneId> of(Owner owner) {
        return database.with(handle -> handle.createQuery(
                        "select zone from time_zones where " + SavedViewStore.column(owner) + " = :owner")
                .bind("owner", owner.key())
                .map((rows, context) -> ZoneId.of(rows.getString("zone")))
                .findOne());
    }

    /// @param zone empty for that of their browser
    public void put(Owner owner, Optional<ZoneId> zone) {
        String column = SavedViewStore.column(owner);
        if (zone.isEmpty()) {
            database.with(handle -> handle.execute("delete from time_zones where " + column + " = ?", owner.key()));
            return;
        }
        String unique = owner instanceof Person ? "tenant, person" : "token";
        database.with(handle -> handle.execute(
                "insert into time_zones (" + column + ", zone) values (?, ?) on conflict (" + unique
                        + ") do update set zone = excluded.zone",
                owner.key(),
                zone.get().getId()));
    }
}
