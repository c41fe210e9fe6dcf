// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.Optional;

/// The logins of devices of TR-069. They go with their device.
public final class CwmpLoginStore {
    private final Database database;

    public CwmpLoginStore(Database database) {
        this.database = database;
    }

    /// In place of the one before.
    ///
    /// @return whether the device is known, and no other has a login of this name
    public boolean put(EndpointId device, String username, Bytes secret, Instant created) {
        return database.with(handle -> handle.execute(
                        "insert into cwmp_logins (device_no, username, secret, created)"
                                + " select no, ?, ?, ? from devices where id = ? and not exists"
                                + " (select 1 from cwmp_logins where username = ? and device_no <> devices.no)"
                                + " on conflict (device_no) do update set username = excluded.username,"
                                + " secret = excluded.secret, created = excluded.created",
                        username,
                        secret.toByteArray(),
                        Storable.time(created),
                        Storable.text(device.toString()),
                        username)
                > 0);
    }

    /// What is kept of the login of this name.
    public Optional<Bytes> secret(String username) {
        return database.with(handle -> handle.createQuery("select secret from cwmp_logins where username = :name")
                .bind("name", Storable.text(username))
                .map((rows, context) -> Bytes.adopt(rows.getBytes("secret")))
                .findOne());
    }

    /// The name of the login that a device has.
    public Optional<String> username(EndpointId device) {
        return database.with(handle -> handle.createQuery("select l.username from cwmp_logins l"
                        + " join devices d on d.no = l.device_no where d.id = :id")
                .bind("id", Storable.text(device.toString()))
                .mapTo(String.class)
                .findOne());
    }
}
