// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.acs.CwmpNameStore;
import dev.pharos.controller.acs.RecordUnion;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The names of devices of TR-069 in the table `cwmp_names`, and what is kept of devices wherever it is.
public final class PostgresCwmpNames implements CwmpNameStore {
    private final Database database;
    private final PostgresDeviceStore devices;

    public PostgresCwmpNames(Database database, PostgresDeviceStore devices) {
        this.database = database;
        this.devices = devices;
    }

    @Override
    public Optional<EndpointId> device(EndpointId name) {
        return database.with(handle -> handle.createQuery(
                        "select d.id from cwmp_names n join devices d on d.no = n.device_no where n.name = :name")
                .bind("name", name.toString())
                .mapTo(String.class)
                .findOne()
                .map(EndpointId::of));
    }

    @Override
    public List<Former> of(EndpointId device) {
        return database.with(handle -> handle.createQuery("select n.name, n.oui, n.serial_number from cwmp_names n"
                        + " join devices d on d.no = n.device_no where d.id = :id order by n.name")
                .bind("id", device.toString())
                .map((rows, context) -> new Former(
                        EndpointId.of(rows.getString("name")), rows.getString("oui"), rows.getString("serial_number")))
                .list());
    }

    @Override
    public boolean unite(Union union, Instant now) {
        return database.inTransaction(handle -> {
            // in one order, so that two who do the same wait for each other and do not block each other
            List<String> there = handle.createQuery(
                            "select id from devices where id in (:gone, :stays) order by id for update")
                    .bind("gone", union.gone().toString())
                    .bind("stays", union.stays().toString())
                    .mapTo(String.class)
                    .list();
            if (!there.contains(union.gone().toString())
                    || there.contains(union.stays().toString()) != union.known()) {
                return false;
            }
            if (union.known()) {
                merge(handle, union);
            } else {
                devices.rename(handle, union.gone(), union.stays());
                UnionSql.ofNames(handle, union.gone(), union.stays());
            }
            union.former().ifPresent(former -> keep(handle, union.stays(), former, now));
            return true;
        });
    }

    private void merge(Handle handle, Union union) {
        DeviceRecord gone = devices.read(handle, union.gone()).orElseThrow();
        UnionSql.ofRows(handle, number(handle, union.gone()), number(handle, union.stays()));
        UnionSql.ofNames(handle, union.gone(), union.stays());
        handle.execute("delete from devices where id = ?", union.gone().toString());
        devices.update(handle, union.stays(), stays -> RecordUnion.of(gone, stays));
    }

    private static long number(Handle handle, EndpointId device) {
        return handle.createQuery("select no from devices where id = :id")
                .bind("id", device.toString())
                .mapTo(Long.class)
                .one();
    }

    private static void keep(Handle handle, EndpointId device, Former former, Instant now) {
        handle.execute(
                "insert into cwmp_names (name, device_no, oui, serial_number, since)"
                        + " select ?, no, ?, ?, ? from devices where id = ? on conflict (name) do update set"
                        + " device_no = excluded.device_no, oui = excluded.oui, serial_number = excluded.serial_number,"
                        + " since = excluded.since",
                former.name().toString(),
                Storable.text(former.oui()),
                Storable.text(former.serialNumber()),
                Storable.time(now),
                device.toString());
    }

    @Override
    public void part(EndpointId device) {
        database.with(handle -> handle.execute(
                "delete from cwmp_names where device_no = (select no from devices where id = ?)", device.toString()));
    }
}
