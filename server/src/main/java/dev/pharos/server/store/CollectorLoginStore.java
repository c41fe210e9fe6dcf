// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.store.DeviceRecord;
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

    /// A device that has a password.
    public record Login(DeviceRecord device, Bytes hash) {}

    /// In turn with what else the fleet does: many deliver at once.
    public Optional<Login> find(EndpointId device) {
        return database.inTurn(() -> database.with(handle -> handle.createQuery("select devices.*, l.hash"
                        + " from collector_logins l join devices on devices.no = l.device_no where devices.id = :id")
                .bind("id", Storable.text(device.toString()))
                .map((rows, context) -> new Login(PostgresDeviceStore.device(rows), Bytes.adopt(rows.getBytes("hash"))))
                .findOne()));
    }
}
