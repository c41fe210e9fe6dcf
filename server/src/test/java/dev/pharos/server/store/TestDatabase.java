// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.server.postgres.EmbeddedPostgres;
import dev.pharos.server.postgres.PostgresTemplate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// One real PostgreSQL for all tests of this JVM, which ends with it.
public final class TestDatabase {
    private static final EmbeddedPostgres POSTGRES = start();
    private static final Database DATABASE = open();

    private TestDatabase() {}

    public static Database database() {
        return DATABASE;
    }

    /// Connections to a schema of its own, new and empty, of the same PostgreSQL; what a run before has left goes.
    static DataSource empty(String schema) {
        database().with(handle -> handle.execute("drop schema if exists " + schema + " cascade"));
        database().with(handle -> handle.execute("create schema " + schema));
        PGSimpleDataSource source = POSTGRES.dataSource();
        source.setCurrentSchema(schema);
        return source;
    }

    private static Database open() {
        Database database = Database.open(POSTGRES.dataSource());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            database.close();
            POSTGRES.close();
        }));
        return database;
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.start(PostgresTemplate.programs(Files.createTempDirectory("pharos-stores")));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
