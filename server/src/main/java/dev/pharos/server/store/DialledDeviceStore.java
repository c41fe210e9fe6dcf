// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.usp.EndpointId;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Where devices listen that we dial. It goes with its device.
public final class DialledDeviceStore {
    private final Database database;

    public DialledDeviceStore(Database database) {
        this.database = database;
    }

    public Map<EndpointId, URI> all() {
        Map<EndpointId, URI> all = new TreeMap<>();
        database.with(handle -> handle.createQuery(
                                "select d.id, a.url from dialled_devices a join devices d on d.no = a.device_no")
                        .map((rows, context) ->
                                Map.entry(EndpointId.of(rows.getString("id")), URI.create(rows.getString("url"))))
                        .list())
                .forEach(one -> all.put(one.getKey(), one.getValue()));
        return all;
    }

    public Optional<URI> find(EndpointId device) {
        return database.with(handle -> handle.createQuery(
                        "select a.url from dialled_devices a join devices d on d.no = a.device_no where d.id = :id")
                .bind("id", Storable.text(device.toString()))
                .map((rows, context) -> URI.create(rows.getString("url")))
                .findOne());
    }

    /// In place of the one before.
    ///
    /// @return whether the device is known
    public boolean put(EndpointId device, URI url) {
        return database.with(handle -> handle.execute(
                        "insert into dialled_devices (device_no, url) select no, ? from devices where id = ?"
                                + " on conflict (device_no) do update set url = excluded.url",
                        url.toString(),
                        Storable.text(device.toString()))
                > 0);
    }

    /// @return whether there was one
    public boolean remove(EndpointId device) {
        return database.with(handle -> handle.execute(
                        "delete from dialled_devices a using devices d where d.no = a.device_no and d.id = ?",
                        Storable.text(device.toString()))
                > 0);
    }
}
