// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.postgres;

import dev.pharos.server.store.Database;
import dev.pharos.testkit.FolderTemplate;
import java.io.IOException;
import java.nio.file.Path;

/// What the first start of a server makes in its folder and takes seconds to: PostgreSQL's programs, of which all tests
/// have the same, and an empty database.
public final class PostgresTemplate {
    private static final FolderTemplate PROGRAMS =
            FolderTemplate.ofModule("postgresql", parent -> PostgresBinaries.in(parent));

    private static final FolderTemplate EMPTY =
            without(folder -> EmbeddedPostgres.start(folder).close());

    private static final FolderTemplate WITH_TABLES = without(folder -> {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            Database.open(postgres.dataSource()).close();
        }
    });

    private PostgresTemplate() {}

    /// A template without the programs, which are linked and not copied.
    private static FolderTemplate without(FolderTemplate.Maker maker) {
        return new FolderTemplate(folder -> {
            maker.make(programs(folder));
            FolderTemplate.remove(PostgresBinaries.in(postgres(folder)).folder());
        });
    }

    private static Path postgres(Path serverFolder) {
        return serverFolder.resolve("postgres");
    }

    /// The programs alone.
    ///
    /// @return `serverFolder`
    public static Path programs(Path serverFolder) throws IOException {
        PROGRAMS.into(postgres(serverFolder));
        return serverFolder;
    }

    /// A database without anything in it.
    public static void empty(Path serverFolder) throws IOException {
        EMPTY.into(serverFolder);
        programs(serverFolder);
    }

    /// A database with the tables of a server.
    public static void withTables(Path serverFolder) throws IOException {
        WITH_TABLES.into(serverFolder);
        programs(serverFolder);
    }
}
