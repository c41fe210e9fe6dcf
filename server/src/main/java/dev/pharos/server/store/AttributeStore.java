// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.usp.EndpointId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What operators note of devices, as names with values.
public final class AttributeStore {
    /// What may be noted of one device.
    public static final int MOST = 100;

    private final Database database;

    public AttributeStore(Database database) {
        this.database = database;
    }

    /// @return ordered by name; empty where there is no such device
    public Optional<Map<String, String>> of(EndpointId device) {
        return database.with(handle -> handle.createQuery("select (select jsonb_object_agg(a.name, a.value)::text"
                        + " from device_attributes a where a.device_no = d.no) as attributes"
                        + " from devices d where d.id = :id")
                .bind("id", device.toString())
                .map((rows, context) -> PostgresProfiledDevices.attributes(rows.getString("attributes")))
                .findOne());
    }

    /// In place of all that the device had.
    ///
    /// @return whether there is such a device
    public boolean put(EndpointId device, Map<String, String> attributes) {
        Map<String, String> ordered = new TreeMap<>(attributes);
        return database.inTransaction(handle -> {
            Optional<Long> number = handle.createQuery("select no from devices where id = :id for key share")
                    .bind("id", device.toString())
                    .mapTo(Long.class)
                    .findOne();
            if (number.isEmpty()) {
                return false;
            }
            handle.execute("delete from device_attributes where device_no = ?", number.get());
            handle.createUpdate("insert into device_attributes (device_no, name, value)"
                            + " select :no, name, value from unnest(:names, :values) as a (name, value)")
                    .bind("no", number.get())
                    .bindArray("names", String.class, texts(ordered.keySet()))
                    .bindArray("values", String.class, texts(ordered.values()))
                    .execute();
            return true;
        });
    }

    private static List<String> texts(Collection<String> texts) {
        return texts.stream().map(Storable::text).toList();
    }
}
