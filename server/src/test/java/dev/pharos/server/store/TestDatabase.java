// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.server.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// One real PostgreSQL for all tests of this JVM, which ends with it.
public final class TestDatabase {
    private static final Database DATABASE = open();

    private TestDatabase() {}

    public static Database database() {
        return DATABASE;
    }

    private static Database open() {
        try {
            Path folder = Files.createTempDirectory("pharos-stores");
            EmbeddedPostgres postgres = EmbeddedPostgres.start(folder);
            Database database = Database.open(postgres.dataSource());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                database.close();
                postgres.close();
            }));
            return database;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
