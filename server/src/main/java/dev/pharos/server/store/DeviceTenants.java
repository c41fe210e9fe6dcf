// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.usp.EndpointId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/// To whom devices belong. Who asks is looked at before: all of this is the server's own work.
public final class DeviceTenants {
    /// Those that hang on the number of a device without a reference to it. The first one first: whoever counts what
    /// lies
    /// in five minutes ends before what they count is looked at.
    static final List<String> WITHOUT_REFERENCE = List.of("series_unrolled", "series", "series_rolled", "twin");

    private final Database database;

    public DeviceTenants(Database database) {
        this.database = database;
    }

    /// Empty where the inventory has no such device.
    public Optional<Tenant> of(EndpointId device) {
        return Tenant.ofServer(
                () -> database.with(handle -> handle.createQuery("select tenant from devices where id = :id")
                        .bind("id", device.toString())
                        .mapTo(Short.class)
                        .findOne()
                        .map(Tenant::new)));
    }

    /// Does something for whoever a device belongs to: images, groups and rules that are found for it are theirs.
    public <T> T forOwner(EndpointId device, Supplier<T> work) {
        return of(device).orElse(Tenant.MAIN).within(work::get);
    }

    /// With all that is known of it, and what it told. What its former owner did with it stays theirs: jobs and
    /// campaigns
    /// have lost a device, and their alarms over it are over.
    ///
    /// @return whether the inventory has such a device
    public boolean move(EndpointId device, Tenant to) {
        return Tenant.ofServer(() -> database.inTransaction(handle -> move(handle, device.toString(), to)));
    }

    private static boolean move(Handle handle, String device, Tenant to) {
        Optional<Long> before = handle.createQuery("select no from devices where id = :id and tenant <> :to for update")
                .bind("id", device)
                .bind("to", to.number())
                .mapTo(Long.class)
                .findOne();
        if (before.isEmpty()) {
            return handle.createQuery("select exists (select 1 from devices where id = :id)")
                    .bind("id", device)
                    .mapTo(Boolean.class)
                    .one();
        }
        long no = before.get();
        long after = (no & ((1L << 40) - 1)) | ((long) to.number() << 40);
        handle.execute(
                "update job_targets set state = 'WAITING', due = now() where device = ? and state = 'OFFLINE'", device);
        handle.execute("delete from alarm_watch where subject = ?", device);
        handle.execute(
                "update alarms set cleared = now(), cleared_by = 'the device was given to another tenant'"
                        + " where subject = ? and cleared is null",
                device);
        handle.execute("delete from profile_secrets where device_no = ?", no);
        handle.execute("delete from profile_drift where device_no = ?", no);
        handle.execute("delete from profile_due where device_no = ?", no);
        handle.execute("delete from profile_work where device = ?", device);
        handle.execute("update devices set tenant = ?, no = ? where id = ?", to.number(), after, device);
        for (String table : WITHOUT_REFERENCE) {
            handle.execute("update " + table + " set device_no = ? where device_no = ?", after, no);
        }
        // what it takes to make two of it again has numbers of its former owner's
        handle.execute("update device_unions set kept = null where device_no = ?", after);
        handle.execute("update events set tenant = ? where device = ?", to.number(), device);
        return true;
    }
}
