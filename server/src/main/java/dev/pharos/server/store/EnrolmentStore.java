// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Which devices have got a certificate of their own. It goes with its device.
public final class EnrolmentStore {
    private final Database database;

    public EnrolmentStore(Database database) {
        this.database = database;
    }

    /// Whether a device is of another tenant than this.
    public boolean isOfAnother(Tenant tenant, EndpointId device) {
        return Tenant.ofServer(() -> database.with(handle -> handle.createQuery(
                        "select exists (select 1 from devices where id = :id and tenant <> :tenant)")
                .bind("id", device.toString())
                .bind("tenant", tenant.number())
                .mapTo(Boolean.class)
                .one()));
    }

    /// The last certificate that a device has got.
    ///
    /// @param bootstrap by which it came the first time; empty where it had a certificate before
    /// @param key SHA-256 of its public key
    /// @param serial of the certificate, hexadecimal
    /// @param until when the certificate ends
    public record Enrolment(String bootstrap, Bytes key, String serial, Instant until, Instant enrolled) {}

    public Optional<Enrolment> find(EndpointId device) {
        return database.with(handle -> handle.createQuery(
                        "select e.* from enrolments e join devices d on d.no = e.device_no where d.id = :id")
                .bind("id", Storable.text(device.toString()))
                .map((rows, context) -> new Enrolment(
                        rows.getString("bootstrap"),
                        Bytes.adopt(rows.getBytes("key")),
                        rows.getString("serial"),
                        rows.getTimestamp("until").toInstant(),
                        rows.getTimestamp("enrolled").toInstant()))
                .findOne());
    }

    /// In place of the one before. Those who come by the same bootstrap are counted one after the other, so that never
    /// more come by it than may.
    ///
    /// @param most how many devices may have come by this bootstrap
    /// @return whether it is kept; not where as many have come already, or the device is not known
    public boolean put(EndpointId device, Enrolment enrolment, int most) {
        return database.inTransaction(handle -> {
            handle.createQuery("select 1 from bootstraps where name = :name for update")
                    .bind("name", enrolment.bootstrap())
                    .mapTo(Integer.class)
                    .findOne();
            int kept = handle.execute(
                    "insert into enrolments (device_no, bootstrap, key, serial, until, enrolled)"
                            + " select no, ?, ?, ?, ?, ? from devices where id = ? and "
                            + BootstrapStore.OTHERS_BY_IT + " < ?"
                            + " on conflict (device_no) do update set bootstrap = excluded.bootstrap,"
                            + " key = excluded.key, serial = excluded.serial, until = excluded.until,"
                            + " enrolled = excluded.enrolled",
                    enrolment.bootstrap(),
                    enrolment.key().toByteArray(),
                    enrolment.serial(),
                    Storable.time(enrolment.until()),
                    Storable.time(enrolment.enrolled()),
                    Storable.text(device.toString()),
                    enrolment.bootstrap(),
                    enrolment.bootstrap(),
                    most);
            if (kept > 0) {
                close(handle, device);
            }
            return kept > 0;
        });
    }

    /// What an operator has allowed counts once.
    static void close(Handle handle, EndpointId device) {
        handle.execute(
                "delete from enrolment_openings o using devices d where d.no = o.device_no and d.id = ?",
                Storable.text(device.toString()));
    }

    /// Lets a device enrol although it has a credential of its own.
    ///
    /// @return whether it is known
    public boolean open(EndpointId device, Instant until) {
        return database.with(handle -> handle.execute(
                        "insert into enrolment_openings (device_no, until) select no, ? from devices where id = ?"
                                + " on conflict (device_no) do update set until = excluded.until",
                        Storable.time(until),
                        Storable.text(device.toString()))
                > 0);
    }

    /// Until when an operator lets it enrol, or did; empty where it has enrolled since.
    public Optional<Instant> openUntil(EndpointId device) {
        return database.with(handle -> handle.createQuery("select o.until from enrolment_openings o"
                        + " join devices d on d.no = o.device_no where d.id = :id")
                .bind("id", Storable.text(device.toString()))
                .map((rows, context) -> rows.getTimestamp("until").toInstant())
                .findOne());
    }
}
