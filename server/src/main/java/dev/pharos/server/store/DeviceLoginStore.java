// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.time.Instant;
import java.util.Optional;

/// The logins of devices at our own brokers. They go with their device.
public final class DeviceLoginStore {
    private final Database database;

    public DeviceLoginStore(Database database) {
        this.database = database;
    }

    /// @param bootstrap with which the device came when it was given; empty where it came by none
    /// @param secret SHA-256 of its password
    /// @param used whether the device has come with it
    /// @param byMove whether it was written over TR-069, into a device that moves to USP
    public record DeviceLogin(String bootstrap, Bytes secret, boolean used, boolean byMove) {
        /// A new one, for a device that came by that bootstrap.
        public static DeviceLogin by(String bootstrap, Bytes secret) {
            return new DeviceLogin(bootstrap, secret, false, false);
        }

        /// A new one, which a person brings to the device.
        public static DeviceLogin byHand(Bytes secret) {
            return by("", secret);
        }

        /// A new one, for a device that moves to USP.
        public static DeviceLogin byMove(Bytes secret) {
            return new DeviceLogin("", secret, false, true);
        }
    }

    public Optional<DeviceLogin> find(EndpointId device) {
        return database.with(handle -> handle.createQuery(
                        "select l.* from device_logins l join devices d on d.no = l.device_no where d.id = :id")
                .bind("id", Storable.text(device.toString()))
                .map((rows, context) -> new DeviceLogin(
                        rows.getString("bootstrap"),
                        Bytes.adopt(rows.getBytes("secret")),
                        rows.getTimestamp("used") != null,
                        rows.getBoolean("by_move")))
                .findOne());
    }

    /// In place of the one before. Those who come by the same bootstrap are counted one after the other, with those who
    /// got a certificate by it, so that never more come by it than may.
    ///
    /// @param most how many devices may have come by its bootstrap
    /// @return whether it is kept; not where as many have come already, or the device is not known
    public boolean put(EndpointId device, DeviceLogin login, int most, Instant created) {
        return database.inTransaction(handle -> {
            handle.createQuery("select 1 from bootstraps where name = :name for update")
                    .bind("name", login.bootstrap())
                    .mapTo(Integer.class)
                    .findOne();
            int kept = handle.execute(
                    "insert into device_logins (device_no, bootstrap, secret, created, by_move) select no, ?, ?, ?, ?"
                            + " from devices where id = ? and " + BootstrapStore.OTHERS_BY_IT + " < ?"
                            + " on conflict (device_no) do update set bootstrap = excluded.bootstrap,"
                            + " secret = excluded.secret, created = excluded.created, used = null,"
                            + " by_move = excluded.by_move",
                    login.bootstrap(),
                    login.secret().toByteArray(),
                    Storable.time(created),
                    login.byMove(),
                    Storable.text(device.toString()),
                    login.bootstrap(),
                    login.bootstrap(),
                    most);
            if (kept > 0) {
                EnrolmentStore.close(handle, device);
            }
            return kept > 0;
        });
    }

    /// The device has come with it.
    public void use(EndpointId device, Bytes secret, Instant now) {
        database.with(handle -> handle.execute(
                "update device_logins l set used = ? from devices d where d.no = l.device_no and d.id = ?"
                        + " and l.secret = ? and l.used is null",
                Storable.time(now),
                Storable.text(device.toString()),
                secret.toByteArray()));
    }

    /// Takes back one that the device did not get.
    public void takeBack(EndpointId device, Bytes secret) {
        database.with(handle -> handle.execute(
                "delete from device_logins l using devices d where d.no = l.device_no and d.id = ?"
                        + " and l.secret = ? and l.used is null",
                Storable.text(device.toString()),
                secret.toByteArray()));
    }

    /// Takes back the one that a device was given for its move to USP, whether it has come with it or not.
    ///
    /// @return whether there was one
    public boolean takeBackMoved(EndpointId device) {
        return database.with(handle -> handle.execute(
                        "delete from device_logins l using devices d where d.no = l.device_no and d.id = ? and l.by_move",
                        Storable.text(device.toString())))
                > 0;
    }
}
