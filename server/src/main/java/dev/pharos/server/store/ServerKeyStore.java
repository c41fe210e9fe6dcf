// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.usp.Bytes;

/// Keys of the server itself, which all servers on one database share.
public final class ServerKeyStore {
    private final Database database;

    public ServerKeyStore(Database database) {
        this.database = database;
    }

    /// The key of this name.
    ///
    /// @param fresh becomes it where there is none yet
    public Bytes key(String name, Bytes fresh) {
        return Tenant.ofServer(() -> database.with(handle -> {
            handle.execute(
                    "insert into server_keys (name, secret) values (?, ?) on conflict (name) do nothing",
                    name,
                    fresh.toByteArray());
            return handle.createQuery("select secret from server_keys where name = :name")
                    .bind("name", Storable.text(name))
                    .map((rows, context) -> Bytes.adopt(rows.getBytes("secret")))
                    .one();
        }));
    }
}
