// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.usp.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// With what devices come the first time.
public final class BootstrapStore {
    private static final String ALL = "select b.*, (select count(*) from"
            + " (select device_no from enrolments where bootstrap = b.name union"
            + " select device_no from device_logins where bootstrap = b.name) came) as enrolled from bootstraps b ";

    /// How many other devices than that of the row of `devices` have got their credential by a bootstrap, whose name is
    /// asked for twice.
    static final String OTHERS_BY_IT = "(select count(*) from (select device_no from enrolments where bootstrap = ?"
            + " union select device_no from device_logins where bootstrap = ?) came where device_no <> devices.no)";

    private final Database database;

    public BootstrapStore(Database database) {
        this.database = database;
    }

    /// A credential that is good for nothing but to get another one.
    ///
    /// @param name of the login, and in what people read
    /// @param devices an Endpoint ID, or its beginning and `*`: who may come with it
    /// @param most how many devices
    /// @param approves whether an unknown device is let in by it; else an operator is asked
    /// @param secret SHA-256 of its password, where it is a login
    /// @param certificate DER, where it is a certificate: of an authority, or the one that is shown
    /// @param enrolled how many devices have got their certificate or login by it
    /// @param tenant whose devices come by it
    public record Bootstrap(
            String name,
            String devices,
            int most,
            boolean approves,
            Instant until,
            Optional<Bytes> secret,
            Optional<Bytes> certificate,
            Instant created,
            String createdBy,
            int enrolled,
            Tenant tenant) {}

    /// A certificate by which devices come.
    public record Certificate(String bootstrap, Bytes der) {}

    /// Of all tenants: who comes with one is not known before.
    public List<Certificate> certificates() {
        return Tenant.ofServer(() -> database.with(handle -> handle.createQuery(
                        "select name, certificate from bootstraps where certificate is not null order by name")
                .map((rows, context) -> new Certificate(rows.getString(1), Bytes.adopt(rows.getBytes(2))))
                .list()));
    }

    /// By name.
    public List<Bootstrap> all() {
        return database.with(handle -> handle.createQuery(ALL + "order by name")
                .map((rows, context) -> bootstrap(rows))
                .list());
    }

    public Optional<Bootstrap> find(String name) {
        return database.with(handle -> handle.createQuery(ALL + "where name = :name")
                .bind("name", Storable.text(name))
                .map((rows, context) -> bootstrap(rows))
                .findOne());
    }

    /// @return whether it is kept; not where there is one of this name, or as many as may be
    public boolean add(Bootstrap made) {
        return database.with(handle -> handle.execute(
                        "insert into bootstraps (name, devices, most, approves, until, secret, certificate, created,"
                                + " created_by, tenant) select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
                                + " where (select count(*) from bootstraps) < ? on conflict (name) do nothing",
                        Storable.text(made.name()),
                        Storable.text(made.devices()),
                        made.most(),
                        made.approves(),
                        Storable.time(made.until()),
                        made.secret().map(Bytes::toByteArray).orElse(null),
                        made.certificate().map(Bytes::toByteArray).orElse(null),
                        Storable.time(made.created()),
                        Storable.text(made.createdBy()),
                        made.tenant().number(),
                        Limits.BOOTSTRAPS)
                > 0);
    }

    /// @return whether it was there
    public boolean remove(String name) {
        return database.with(
                handle -> handle.execute("delete from bootstraps where name = ?", Storable.text(name)) > 0);
    }

    private static Bootstrap bootstrap(ResultSet rows) throws SQLException {
        return new Bootstrap(
                rows.getString("name"),
                rows.getString("devices"),
                rows.getInt("most"),
                rows.getBoolean("approves"),
                rows.getTimestamp("until").toInstant(),
                bytes(rows.getBytes("secret")),
                bytes(rows.getBytes("certificate")),
                rows.getTimestamp("created").toInstant(),
                rows.getString("created_by"),
                rows.getInt("enrolled"),
                new Tenant(rows.getShort("tenant")));
    }

    private static Optional<Bytes> bytes(byte @Nullable [] stored) {
        return stored == null ? Optional.empty() : Optional.of(Bytes.adopt(stored));
    }
}
