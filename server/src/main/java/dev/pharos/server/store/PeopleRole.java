// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.store.StoreException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The role of PostgreSQL in which people's requests are done. It owns nothing and passes by no policy, so
/// that a row of another tenant is out of its reach, also for a superuser's login, which takes this role as
/// well.
///
/// The embedded PostgreSQL has it from its start. In another one it is made where the login may make roles;
/// where it may not, and nobody has made the role for it, there is one tenant only, and nothing to keep
/// apart.
final class PeopleRole {
    static final String NAME = "pharos_people";

    /// What nobody's request reads or writes but through the server itself.
    static final List<String> OF_THE_SERVER = List.of("event_keys", "schema_history", "server_keys");

    private static final Logger LOG = LoggerFactory.getLogger(PeopleRole.class);

    /// Held while it is made and given its rights: of two servers that start at once one does it.
    private static final long MAKING = 0x5065_6f70_6c65L;

    private static final String MAY_MAKE_ROLES =
            "select rolsuper or rolcreaterole from pg_roles where rolname = current_user";

    /// Tables that it may not use yet. Parts of tables are reached through the whole, which has the policy.
    private static final String WITHOUT_RIGHTS = """
            select c.relname from pg_class c
            where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                and not c.relname = any(:own) and not has_table_privilege('pharos_people', c.oid, 'DELETE')
            """;

    private PeopleRole() {}

    /// Makes the role where it is not there and may be made, and gives it its rights on tables that it has none on yet.
    ///
    /// @return whether it can be used
    static boolean ready(Handle handle) {
        handle.execute("select pg_advisory_xact_lock(?)", MAKING);
        if (!exists(handle) && truth(handle, MAY_MAKE_ROLES)) {
            handle.execute("create role " + NAME + " nologin");
            handle.execute("grant " + NAME + " to current_user");
        }
        if (!exists(handle) || !truth(handle, "select pg_has_role(current_user, '" + NAME + "', 'MEMBER')")) {
            LOG.info("this login of PostgreSQL has no role {}: there is one tenant only (see docs/tenants.md)", NAME);
            return alone(handle);
        }
        if (!mayMakeTemporaryTables(handle)) {
            LOG.warn(
                    "the role {} may make no temporary tables in this database, nor may this login let it: there is one"
                            + " tenant only (see docs/tenants.md)",
                    NAME);
            return alone(handle);
        }
        String schema = quoted(handle.createQuery("select current_schema()")
                .mapTo(String.class)
                .one());
        if (!truth(handle, "select has_schema_privilege('" + NAME + "', current_schema(), 'USAGE')")) {
            handle.execute("grant usage on schema " + schema + " to " + NAME);
        }
        handle.createQuery(WITHOUT_RIGHTS)
                .bindArray("own", String.class, OF_THE_SERVER)
                .mapTo(String.class)
                .list()
                .forEach(table -> handle.execute(
                        "grant select, insert, update, delete on " + schema + "." + quoted(table) + " to " + NAME));
        return true;
    }

    /// @return false
    /// @throws StoreException where there are several tenants already, whose rows nothing would keep apart
    private static boolean alone(Handle handle) {
        boolean several = truth(handle, "select to_regclass('tenants') is not null")
                && truth(handle, "select exists (select 1 from tenants where no <> 0)");
        if (several) {
            throw new StoreException("there are several tenants, and this login of PostgreSQL cannot use the role "
                    + NAME + ", by which their rows are kept apart: see docs/tenants.md");
        }
        return false;
    }

    /// Rules of alarms are looked at in one, for whoever owns them. PostgreSQL lets everybody, unless somebody took it
    /// back.
    private static boolean mayMakeTemporaryTables(Handle handle) {
        String may = "select has_database_privilege('" + NAME + "', current_database(), 'TEMPORARY')";
        if (!truth(handle, may)
                && truth(
                        handle,
                        "select has_database_privilege(current_user, current_database(), 'TEMPORARY WITH GRANT OPTION')")) {
            String database = quoted(handle.createQuery("select current_database()")
                    .mapTo(String.class)
                    .one());
            handle.execute("grant temporary on database " + database + " to " + NAME);
        }
        return truth(handle, may);
    }

    private static boolean exists(Handle handle) {
        return truth(handle, "select exists (select 1 from pg_roles where rolname = '" + NAME + "')");
    }

    private static boolean truth(Handle handle, String question) {
        return handle.createQuery(question).mapTo(Boolean.class).one();
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
