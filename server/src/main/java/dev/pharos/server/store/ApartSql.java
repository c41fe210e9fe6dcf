// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.acs.RecordUnion;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.usp.EndpointId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// What it takes to make two records again of two that became one: the rows of both that one of them alone can have,
/// as they were. What was told, counted, ordered and fetched meanwhile, and before, stays with the record that stayed,
/// since nobody can say of which of both it is.
final class ApartSql {
    /// Of which the record that went gets its own back as they are now: how TR-069 is spoken with it.
    private static final List<String> OF_WHO_GOES = List.of("cwmp_logins", "cwmp_notices", "cwmp_proofs");

    /// Of which it gets those back that it had.
    private static final List<String> NAMES = List.of("cwmp_names", "device_unions");

    private static final List<String> VALUES = List.of("device_attributes", "twin");

    private ApartSql() {}

    /// @param former the record that went
    /// @param device the one that both are
    record Pair(EndpointId former, EndpointId device) {}

    /// The rows of both, as JSON: the names of tables, and in each its rows.
    static String kept(Handle handle, long gone, long stays) {
        return handle.createQuery("select jsonb_build_object('gone', jsonb_build_object(" + rows("gone")
                        + "), 'stays', jsonb_build_object(" + rows("stays") + "))::text")
                .bind("gone", gone)
                .bind("stays", stays)
                .mapTo(String.class)
                .one();
    }

    private static String rows(String whose) {
        return Stream.concat(
                        Stream.of("'devices', (select jsonb_agg(to_jsonb(t)) from devices t where t.no = :" + whose
                                + ")"),
                        Stream.of(OF_WHO_GOES, NAMES, VALUES)
                                .flatMap(List::stream)
                                .map(table -> "'" + table + "', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from "
                                        + table + " t where t.device_no = :" + whose + ")"))
                .collect(Collectors.joining(", "));
    }

    /// Within a transaction that has the record that stayed for itself.
    ///
    /// @param kept of [#kept]
    static void split(Handle handle, PostgresDeviceStore devices, Pair pair, String kept) {
        DeviceRecord gone = record(handle, kept, "gone");
        DeviceRecord stayed = record(handle, kept, "stays");
        handle.execute("insert into devices overriding system value select * from " + each("devices"), kept, "gone");
        devices.update(handle, pair.former(), RecordUnion::again);
        devices.update(handle, pair.device(), now -> RecordUnion.without(gone, stayed, now));
        long former = number(handle, pair.former());
        long device = number(handle, pair.device());
        OF_WHO_GOES.forEach(table -> {
            handle.execute("update " + table + " set device_no = ? where device_no = ?", former, device);
            handle.execute("insert into " + table + " select * from " + each(table), kept, "stays");
        });
        handle.execute(
                "update cwmp_names set device_no = ? where device_no = ? and name in (select name from "
                        + each("cwmp_names") + ")",
                former,
                device,
                kept,
                "gone");
        handle.execute(
                "update device_unions set device_no = ? where device_no = ? and former in (select former from "
                        + each("device_unions") + ")",
                former,
                device,
                kept,
                "gone");
        // its own name leads to itself again
        handle.execute("delete from cwmp_names where name = ?", pair.former().toString());
        handle.execute(
                "delete from device_unions where former = ?", pair.former().toString());
        values(handle, device, kept);
    }

    /// What is as the record that went had it, and the one that stayed had not, was its own.
    private static void values(Handle handle, long device, String kept) {
        handle.execute(
                "delete from device_attributes k using " + each("device_attributes")
                        + " g where k.device_no = ? and k.name = g.name and k.value = g.value and not exists"
                        + " (select 1 from " + each("device_attributes") + " s where s.name = g.name)",
                kept,
                "gone",
                device,
                kept,
                "stays");
        handle.execute(
                "update twin k set parameters = (select coalesce(jsonb_object_agg(e.key, e.value), '{}')"
                        + " from jsonb_each(k.parameters) e where g.parameters -> e.key is distinct from e.value)"
                        + " from " + each("twin") + " g where k.device_no = ? and k.object_path = g.object_path",
                kept,
                "gone",
                device);
        handle.execute("delete from twin where device_no = ? and parameters = '{}'", device);
        VALUES.forEach(table -> handle.execute("insert into " + table + " select * from " + each(table), kept, "gone"));
    }

    /// The rows of a table, with two parameters: what is kept, and of whom.
    private static String each(String table) {
        return "jsonb_populate_recordset(null::" + table + ", cast(? as jsonb) -> ? -> '" + table + "')";
    }

    private static DeviceRecord record(Handle handle, String kept, String whose) {
        return handle.createQuery("select * from " + each("devices"))
                .bind(0, kept)
                .bind(1, whose)
                .map((rows, context) -> PostgresDeviceStore.device(rows))
                .one();
    }

    private static long number(Handle handle, EndpointId device) {
        return handle.createQuery("select no from devices where id = :id")
                .bind("id", device.toString())
                .mapTo(Long.class)
                .one();
    }
}
