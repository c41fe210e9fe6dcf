// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.acs.OpenTransferStore;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.List;

/// Transfers whose end is not known, in the table `cwmp_transfers`.
public final class PostgresOpenTransfers implements OpenTransferStore {
    private final Database database;

    public PostgresOpenTransfers(Database database) {
        this.database = database;
    }

    @Override
    public void told(EndpointId device, String key, Instant when, int most) {
        database.with(handle -> {
            handle.createUpdate("""
                            insert into cwmp_transfers (device_no, key, told)
                            select no, :key, :told from devices where id = :id
                            on conflict (device_no, key) do update set told = excluded.told
                            """)
                    .bind("key", Storable.text(key))
                    .bind("told", Storable.time(when))
                    .bind("id", Storable.text(device.toString()))
                    .execute();
            return handle.createUpdate("""
                            delete from cwmp_transfers t using devices d where t.device_no = d.no and d.id = :id
                                and t.key in (select key from cwmp_transfers where device_no = d.no
                                    order by told desc, key offset :most)
                            """)
                    .bind("id", Storable.text(device.toString()))
                    .bind("most", most)
                    .execute();
        });
    }

    @Override
    public List<String> of(EndpointId device, Instant since) {
        return database.with(handle -> handle.createQuery("select t.key from cwmp_transfers t"
                        + " join devices d on d.no = t.device_no where d.id = :id and t.told >= :since")
                .bind("id", Storable.text(device.toString()))
                .bind("since", Storable.time(since))
                .mapTo(String.class)
                .list());
    }

    @Override
    public void ended(EndpointId device, String key) {
        database.with(handle -> handle.createUpdate("delete from cwmp_transfers t using devices d"
                        + " where d.no = t.device_no and d.id = :id and t.key = :key")
                .bind("id", Storable.text(device.toString()))
                .bind("key", Storable.text(key))
                .execute());
    }
}
