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
                    || there.contains(union.stays().toString()) != union.known()
                    || (union.known() && !areOfOne(handle, union.gone(), union.stays()))) {
                return false;
            }
            Optional<String> kept = union.known() ? merge(handle, union) : renamed(handle, union);
            remember(handle, union, kept, now);
            union.former().ifPresent(former -> keep(handle, union.stays(), former, now));
            return true;
        });
    }

    @Override
    public boolean mayBeOne(EndpointId one, EndpointId other) {
        return database.with(handle -> areOfOne(handle, one, other));
    }

    /// What is two tenants' never becomes one.
    private static boolean areOfOne(Handle handle, EndpointId one, EndpointId other) {
        return handle.createQuery("select count(distinct tenant) = 1 from devices where id in (:one, :other)")
                .bind("one", one.toString())
                .bind("other", other.toString())
                .mapTo(Boolean.class)
                .one();
    }

    private Optional<String> renamed(Handle handle, Union union) {
        devices.rename(handle, union.gone(), union.stays());
        UnionSql.ofNames(handle, union.gone(), union.stays());
        return Optional.empty();
    }

    /// @return what it takes to make two of them again, where that is wanted
    private Optional<String> merge(Handle handle, Union union) {
        DeviceRecord gone = devices.read(handle, union.gone()).orElseThrow();
        long number = number(handle, union.gone());
        long stays = number(handle, union.stays());
        Optional<String> kept = union.undoable() ? Optional.of(ApartSql.kept(handle, number, stays)) : Optional.empty();
        // what is kept of those that it was made of names rows that are its own
        handle.execute("update device_unions set kept = null where device_no = ?", number);
        UnionSql.ofRows(handle, number, stays);
        UnionSql.ofNames(handle, union.gone(), union.stays());
        handle.execute("delete from devices where id = ?", union.gone().toString());
        devices.update(handle, union.stays(), record -> RecordUnion.of(gone, record));
        return kept;
    }

    /// A name that is somebody's own again leads to nobody else.
    private static void remember(Handle handle, Union union, Optional<String> kept, Instant now) {
        handle.execute(
                "delete from device_unions where former = ?", union.stays().toString());
        handle.execute(
                "insert into device_unions (former, device_no, since, kept) select ?, no, ?, cast(? as jsonb)"
                        + " from devices where id = ? on conflict (former) do update set"
                        + " device_no = excluded.device_no, since = excluded.since, kept = excluded.kept",
                union.gone().toString(),
                Storable.time(now),
                kept.orElse(null),
                union.stays().toString());
    }

    @Override
    public Optional<EndpointId> formerly(EndpointId name) {
        return database.with(handle -> handle.createQuery(
                        "select d.id from device_unions u join devices d on d.no = u.device_no where u.former = :name"
                                + " and not exists (select 1 from devices where id = :name)")
                .bind("name", name.toString())
                .mapTo(String.class)
                .findOne()
                .map(EndpointId::of));
    }

    @Override
    public List<Past> pastOf(EndpointId device) {
        return database.with(handle -> handle.createQuery("select u.former, u.since, u.kept is not null as undoable"
                        + " from device_unions u join devices d on d.no = u.device_no where d.id = :id"
                        + " order by u.former")
                .bind("id", device.toString())
                .map((rows, context) -> new Past(
                        EndpointId.of(rows.getString("former")),
                        rows.getTimestamp("since").toInstant(),
                        rows.getBoolean("undoable")))
                .list());
    }

    @Override
    public boolean split(EndpointId device, EndpointId former, Instant now) {
        return database.inTransaction(handle -> {
            Optional<String> kept = handle.createQuery("select u.kept from device_unions u"
                            + " join devices d on d.no = u.device_no where u.former = :former and d.id = :id"
                            + " and u.kept is not null and not exists (select 1 from devices where id = u.former)"
                            + " for update")
                    .bind("former", former.toString())
                    .bind("id", device.toString())
                    .mapTo(String.class)
                    .findOne();
            kept.ifPresent(rows -> ApartSql.split(handle, devices, new ApartSql.Pair(former, device), rows));
            return kept.isPresent();
        });
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
        database.inTransaction(handle -> {
            handle.execute(
                    "delete from device_unions u using cwmp_names n, devices d where u.former = n.name"
                            + " and n.device_no = d.no and u.device_no = d.no and d.id = ?",
                    device.toString());
            return handle.execute(
                    "delete from cwmp_names where device_no = (select no from devices where id = ?)",
                    device.toString());
        });
    }
}
