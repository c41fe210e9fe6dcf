// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The tenants who share this server. Who asks is looked at before: all of this is the server's own work.
public final class TenantStore {
    /// Who always exists.
    public static final String FIRST = "main";

    /// Nobody's: no tenant has this number, so that whoever asks for it finds nothing.
    public static final Tenant NONE = new Tenant(Short.MAX_VALUE);

    /// What goes with a tenant, before what it refers to; devices are given away or removed before.
    static final List<String> BELONGINGS = List.of(
            "alarms",
            "alarm_news",
            "alarm_rules",
            "approvals",
            "approval_rules",
            "bootstraps",
            "jobs",
            "campaigns",
            "device_groups",
            "firmware_images",
            "idempotency",
            "passkeys",
            "passkey_handles",
            "profiles",
            "profile_versions",
            "series_kept",
            "saved_views",
            "time_zones",
            "tokens",
            "users",
            "webhooks",
            "events");

    private final Database database;

    public TenantStore(Database database) {
        this.database = database;
    }

    /// How a tenant stands.
    public enum State {
        ACTIVE,
        /// Its people and tokens are not let in; its devices go on.
        SUSPENDED
    }

    /// A tenant as it is kept.
    ///
    /// @param devices how many it has
    /// @param people how many may sign in
    public record StoredTenant(
            Tenant tenant, String name, State state, Instant created, String createdBy, long devices, long people) {}

    /// Whether there may be more than the first: PostgreSQL must keep them apart.
    public boolean mayBeMore() {
        return database.keepsTenantsApart();
    }

    /// The first one first.
    public List<StoredTenant> all() {
        return Tenant.ofServer(() -> database.with(handle ->
                handle.createQuery("""
                        select t.*, (select count(*) from devices d where d.tenant = t.no) as devices,
                            (select count(*) from users u where u.tenant = t.no) as people
                        from tenants t order by t.no
                        """).map((rows, context) -> tenant(rows)).list()));
    }

    public Optional<StoredTenant> find(String name) {
        return all().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /// Those that are let in, by name.
    public Map<String, Tenant> active() {
        return Tenant.ofServer(() ->
                database.with(handle -> handle.createQuery("select name, no from tenants where state = 'ACTIVE'")
                        .map((rows, context) -> Map.entry(rows.getString("name"), new Tenant(rows.getShort("no"))))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
    }

    /// Whether there are others than the first.
    public boolean areSeveral() {
        return Tenant.ofServer(
                () -> database.with(handle -> handle.createQuery("select exists (select 1 from tenants where no <> 0)")
                        .mapTo(Boolean.class)
                        .one()));
    }

    /// @return empty where one is called so, or there are as many as may be
    public Optional<StoredTenant> add(String name, String by, Instant now) {
        boolean added = Tenant.ofServer(() -> database.with(handle -> handle.execute(
                        "insert into tenants (no, name, state, created, created_by)"
                                + " select nextval('tenant_no'), ?, 'ACTIVE', ?, ?"
                                + " where (select count(*) from tenants) < ? on conflict (name) do nothing",
                        Storable.text(name),
                        Storable.time(now),
                        Storable.text(by),
                        Limits.TENANTS)
                > 0));
        return added ? find(name) : Optional.empty();
    }

    /// @return whether it is there
    public boolean put(String name, State state) {
        return Tenant.ofServer(() -> database.with(handle ->
                handle.execute("update tenants set state = ? where name = ?", state.name(), Storable.text(name)) > 0));
    }

    /// With everything that belongs to it, but for the entries of its audit log, which nobody sees any more.
    ///
    /// @return false where it has devices, and nothing was removed
    public boolean remove(Tenant tenant) {
        return Tenant.ofServer(() -> database.inTransaction(handle -> {
            // whoever gives it a device meanwhile waits, and finds no such tenant then
            handle.execute("select 1 from tenants where no = ? for update", tenant.number());
            if (handle.createQuery("select exists (select 1 from devices where tenant = :tenant)")
                    .bind("tenant", tenant.number())
                    .mapTo(Boolean.class)
                    .one()) {
                return false;
            }
            for (String table : BELONGINGS) {
                handle.execute("delete from " + table + " where tenant = ?", tenant.number());
            }
            handle.execute("delete from tenants where no = ?", tenant.number());
            return true;
        }));
    }

    private static StoredTenant tenant(ResultSet rows) throws SQLException {
        return new StoredTenant(
                new Tenant(rows.getShort("no")),
                rows.getString("name"),
                State.valueOf(rows.getString("state")),
                rows.getTimestamp("created").toInstant(),
                rows.getString("created_by"),
                rows.getLong("devices"),
                rows.getLong("people"));
    }
}
