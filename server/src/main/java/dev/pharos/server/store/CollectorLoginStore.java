// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.Optional;

/// The passwords with which devices deliver reports: their SHA-256 hashes, as of tokens. They go with their device.
public final class CollectorLoginStore {
    private final Database database;

    public CollectorLoginStore(Database database) {
        this.database = database;
    }

    /// In place of the one before.
    ///
    /// @return whether the device is known
    public boolean put(EndpointId device, Bytes hash, Instant created) {
        return database.with(handle -> handle.execute(
                        "insert into collector_logins (device_no, hash, created)"
                                + " select no, ?, ? from devices where id = ?"
                                + " on conflict (device_no) do update set hash = excluded.hash, created = excluded.created",
                        hash.toByteArray(),
                        Storable.time(created),
                        Storable.text(device.toString()))
                > 0);
    }

    public Optional<Bytes> find(EndpointId device) {
        return database.with(handle -> handle.createQuery("select l.hash from collector_logins l"
                        + " join devices d on d.no = l.device_no where d.id = :id")
                .bind("id", Storable.text(device.toString()))
                .map((rows, context) -> Bytes.adopt(rows.getBytes("hash")))
                .findOne());
    }
}
