// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.pharos.controller.store.StoreException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;

/// The connections on which people's requests are done, in [PeopleRole]: each is some tenant's at a time,
/// whose rows alone PostgreSQL shows and takes there. They are never the connections of the server's own
/// work, so that none of these can be left in a wrong role.
final class PeopleConnections implements AutoCloseable {
    private final HikariDataSource pool;
    private final Jdbi jdbi;

    /// Whose each connection is now: it is said again only where it is to be another's.
    private final Map<PGConnection, Tenant> tenants = Collections.synchronizedMap(new WeakHashMap<>());

    PeopleConnections(HikariDataSource pool, Jdbi jdbi) {
        this.pool = pool;
        this.jdbi = jdbi;
    }

    <T> T with(Tenant tenant, Database.Work<T> work) {
        return jdbi.withHandle(handle -> {
            become(handle, tenant);
            return work.on(handle);
        });
    }

    <T> T inTransaction(Tenant tenant, Database.Work<T> work) {
        return with(tenant, handle -> handle.inTransaction(work::on));
    }

    private void become(Handle handle, Tenant tenant) {
        PGConnection connection;
        try {
            connection = handle.getConnection().unwrap(PGConnection.class);
        } catch (SQLException no) {
            throw new StoreException("this is no connection to PostgreSQL", no);
        }
        if (tenant.equals(tenants.get(connection))) {
            return;
        }
        if (handle.isInTransaction()) {
            // what is said in a transaction is taken back with it
            throw new IllegalStateException("a transaction of one tenant cannot go on as another's");
        }
        tenants.remove(connection);
        handle.execute("set pharos.tenant = '" + tenant.number() + "'");
        tenants.put(connection, tenant);
    }

    int active() {
        return pool.getHikariPoolMXBean().getActiveConnections();
    }

    @Override
    public void close() {
        pool.close();
    }
}
