// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.pharos.controller.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.array.SqlArrayType;
import org.jdbi.v3.core.array.SqlArrayTypeFactory;

/// The connections to PostgreSQL, with the schema brought up to date. Every failure comes out as a [StoreException].
public final class Database implements AutoCloseable {
    /// Bound while the work of [#ofTheFleet] is done.
    private static final ScopedValue<Boolean> FLEET = ScopedValue.newInstance();

    /// Bound while it is somebody's turn, who needs no second one for what is done within.
    private static final ScopedValue<Boolean> TURN = ScopedValue.newInstance();

    private final HikariDataSource pool;
    private final Jdbi jdbi;

    /// Empty where PostgreSQL keeps no tenants apart for us, and there is one only.
    private final Optional<PeopleConnections> people;

    /// First come, first served: whoever waits here holds no connection.
    private final Semaphore turns = new Semaphore(Limits.FLEET_CONNECTIONS, true);

    private Database(HikariDataSource pool, Optional<PeopleConnections> people) {
        this.pool = pool;
        this.jdbi = jdbi(pool);
        this.people = people;
    }

    private static Jdbi jdbi(HikariDataSource pool) {
        Jdbi jdbi = Jdbi.create(pool);
        jdbi.registerArrayType(arrays(String.class, "text"));
        jdbi.registerArrayType(arrays(Long.class, "bigint"));
        jdbi.registerArrayType(arrays(byte[].class, "bytea"));
        jdbi.registerArrayType(Timestamp.class, "timestamptz");
        return jdbi;
    }

    /// Arrays that the driver sends as they are. Of mere objects, which Jdbi makes else, it writes a text in which each
    /// quotation mark is escaped, and PostgreSQL takes that apart again.
    private static SqlArrayTypeFactory arrays(Class<?> element, String name) {
        Elements elements = new Elements(element, name);
        return (wanted, _) -> wanted.equals(element) ? Optional.of(elements) : Optional.empty();
    }

    /// @throws StoreException where the database cannot be reached or its schema is not ours
    public static Database open(DataSource source) {
        return open(source, "latest");
    }

    /// With the schema as it was at that migration, which is for restoring what was kept then.
    ///
    /// @throws StoreException where there is no such migration, or the schema is past it already
    public static Database openAt(DataSource source, int migration) {
        return open(source, Integer.toString(migration));
    }

    private static Database open(DataSource source, String target) {
        HikariConfig config = config(source, "postgres", Limits.CONNECTIONS, 2);
        config.setInitializationFailTimeout(Limits.CONNECTION_WAIT.toMillis());
        try {
            HikariDataSource pool = new HikariDataSource(config);
            try {
                migrate(pool, target);
                return new Database(pool, people(source, pool));
            } catch (RuntimeException wrong) {
                pool.close();
                throw wrong;
            }
        } catch (FlywayException wrong) {
            throw new StoreException(
                    "The database's schema cannot be brought up to date: " + wrong.getMessage(), wrong);
        } catch (RuntimeException unreachable) {
            throw new StoreException("The database cannot be reached: " + unreachable.getMessage(), unreachable);
        }
    }

    private static void migrate(DataSource pool, String target) {
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(pool)
                .locations("classpath:dev/pharos/server/migrations")
                .table("schema_history")
                .target(target)
                // those who work at the same time number ahead: a lower number may come later
                .outOfOrder(true)
                .load()
                .migrate();
    }

    private static Optional<PeopleConnections> people(DataSource source, HikariDataSource pool) {
        if (!jdbi(pool).inTransaction(PeopleRole::ready)) {
            return Optional.empty();
        }
        HikariConfig config = config(source, "postgres-people", Limits.PEOPLE_CONNECTIONS, 1);
        config.setConnectionInitSql("set role " + PeopleRole.NAME);
        // the other pool has shown that the database is there
        config.setInitializationFailTimeout(-1);
        HikariDataSource own = new HikariDataSource(config);
        return Optional.of(new PeopleConnections(own, jdbi(own)));
    }

    private static HikariConfig config(DataSource source, String name, int most, int idle) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName(name);
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(idle);
        config.setConnectionTimeout(Limits.CONNECTION_WAIT.toMillis());
        config.setValidationTimeout(1_000);
        config.setAutoCommit(true);
        // whoever wants a first connection, the threads of the pool are not of the web server that may be stopped
        // before
        config.setThreadFactory(Thread.ofPlatform()
                .daemon()
                .inheritInheritableThreadLocals(false)
                .name(name + "-", 0)
                .factory());
        return config;
    }

    /// Whether PostgreSQL keeps what belongs to one tenant from all others, so that there may be several.
    public boolean keepsTenantsApart() {
        return people.isPresent();
    }

    /// Does what a device asked for by coming: whatever is read or written meanwhile, in this thread, waits for its
    /// turn
    /// as [#inTurn] does. However many come at once, people and what is done by itself find a connection.
    public static void ofTheFleet(Runnable work) {
        ScopedValue.where(FLEET, true).run(work);
    }

    /// Runs `work` on a connection that commits each statement; of the tenant for whom this thread works, if any
    /// ([Tenant#current]).
    <T> T with(Work<T> work) {
        return FLEET.isBound() ? inTurn(() -> connected(work)) : connected(work);
    }

    private <T> T connected(Work<T> work) {
        Optional<Tenant> tenant = Tenant.current();
        try {
            return tenant.isPresent() && people.isPresent()
                    ? people.get().with(tenant.get(), work)
                    : jdbi.withHandle(work::on);
        } catch (JdbiException failed) {
            throw storeException(failed);
        }
    }

    /// Runs `work` in one transaction, of the same tenant.
    <T> T inTransaction(Work<T> work) {
        return FLEET.isBound() ? inTurn(() -> transacted(work)) : transacted(work);
    }

    private <T> T transacted(Work<T> work) {
        Optional<Tenant> tenant = Tenant.current();
        try {
            return tenant.isPresent() && people.isPresent()
                    ? people.get().inTransaction(tenant.get(), work)
                    : jdbi.inTransaction(work::on);
        } catch (JdbiException failed) {
            throw storeException(failed);
        }
    }

    /// Runs `work`, which uses a connection, when it is its turn among what the fleet does. However many devices
    /// come at once, what people and notifications need a connection for does not wait behind them.
    ///
    /// @throws StoreException where it was not its turn in time
    <T> T inTurn(Supplier<T> work) {
        if (TURN.isBound()) {
            return work.get();
        }
        try {
            if (!turns.tryAcquire(Limits.TURN_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StoreException("PostgreSQL is behind: it was not this work's turn within "
                        + Limits.TURN_WAIT.toSeconds() + " seconds");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted before it was this work's turn", stop);
        }
        try {
            return ScopedValue.where(TURN, true).call(work::get);
        } finally {
            turns.release();
        }
    }

    private static StoreException storeException(JdbiException failed) {
        Throwable cause = failed.getCause() instanceof SQLException sql ? sql : failed;
        return storeException(cause);
    }

    /// Of what a connection was used for by itself.
    static StoreException storeException(Throwable cause) {
        return new StoreException("PostgreSQL could not do it: " + cause.getMessage(), cause);
    }

    /// Whether PostgreSQL answers now; waits less than a second.
    public boolean answers() {
        FutureTask<Boolean> probe = new FutureTask<>(this::probe);
        Thread.ofVirtual().name("database-probe").start(probe);
        try {
            return probe.get(Limits.PROBE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException no) {
            return false;
        }
    }

    private boolean probe() throws SQLException {
        try (Connection connection = pool.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select 1")) {
            return rows.next();
        }
    }

    /// Connections in use and idle, for the metrics.
    public int activeConnections() {
        return pool.getHikariPoolMXBean().getActiveConnections()
                + people.map(PeopleConnections::active).orElse(0);
    }

    /// As many as there may be.
    public int mostConnections() {
        return Limits.CONNECTIONS + people.map(_ -> Limits.PEOPLE_CONNECTIONS).orElse(0);
    }

    @Override
    public void close() {
        people.ifPresent(PeopleConnections::close);
        pool.close();
    }

    /// What an array is of.
    private record Elements(Class<?> getArrayElementClass, String getTypeName) implements SqlArrayType<Object> {
        @Override
        public Object convertArrayElement(Object element) {
            return element;
        }
    }

    /// Something done with a connection.
    @FunctionalInterface
    interface Work<T> {
        T on(Handle handle);
    }
}
