// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.controller.store.StoreException;
import dev.pharos.server.backup.Restore;
import dev.pharos.server.backup.Restore.Restored;
import dev.pharos.server.postgres.EmbeddedPostgres;
import java.io.Console;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The program: `pharos restore`.
///
/// What comes back is made beside what is there, and put in its place when it is whole: however this ends, there is the
/// one
/// or the other.
@Command(
        name = "pharos restore",
        mixinStandardHelpOptions = true,
        versionProvider = PharosServer.Version.class,
        sortOptions = false,
        description = "Brings back what pharos backup has written, into a data folder or a database that is empty. The"
                + " server must not run.",
        footer = {
            "",
            "Examples:",
            "  pharos restore pharos-2026-11-26.zip                     into the usual data folder",
            "  pharos restore pharos-2026-11-26.zip --data /srv/pharos",
            "  pharos restore pharos-2026-11-26.zip --replace           what is there is put aside, not deleted",
            "  pharos restore pharos-2026-11-26.zip --database 'jdbc:postgresql://db/fresh?user=pharos&password=secret'",
            "",
            "Jobs and campaigns that had not ended are paused. Exit status: 0 done, 1 not done, and it says what was changed, 2 wrong usage."
        })
public final class PharosRestore implements Callable<Integer> {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final long MIB = 1 << 20;

    @Parameters(index = "0", paramLabel = "FILE", description = "the backup")
    private Path file = Path.of("");

    @Mixin
    private final DataOptions kept = new DataOptions();

    @Option(names = "--replace", description = "put aside what the data folder holds now")
    private boolean replace;

    private final Clock clock = Clock.systemUTC();

    PharosRestore() {}

    public static void main(String[] arguments) {
        int status = new CommandLine(new PharosRestore()).execute(arguments);
        // a virtual or pool thread of some library may linger; the operator wants the prompt
        System.exit(status);
    }

    @Override
    public Integer call() {
        try {
            Optional<DataSource> external = kept.external();
            if (!Files.isReadable(file)) {
                throw StartException.usage("cannot read " + file);
            }
            try (DataFolder folder = DataFolder.open(kept.folder())) {
                ServerLog.start(folder.path().resolve("logs"));
                try (Restore restore = Restore.of(file, progress())) {
                    end();
                    Restored restored =
                            external.isPresent() ? into(external.get(), folder, restore) : into(folder, restore);
                    say(restored, restore, folder.path());
                }
            }
            return CommandLine.ExitCode.OK;
        } catch (StartException failed) {
            System.err.println("pharos restore: " + failed.getMessage());
            return failed.exitStatus();
        } catch (IOException | StoreException failed) {
            end();
            System.err.println(
                    "pharos restore: " + file + " was not restored, and nothing is changed: " + failed.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private Restored into(DataFolder folder, Restore restore) throws StartException, IOException {
        List<Path> there = there(folder.path());
        if (!there.isEmpty() && !replace) {
            throw StartException.failed("the data folder " + folder.path()
                    + " is not empty: choose another with --data, or put aside what it holds with --replace");
        }
        Path fresh = folder.path().resolve("restoring");
        delete(fresh);
        Restored restored;
        try (DataFolder making = DataFolder.open(fresh)) {
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(making.path())) {
                restored = restore.into(postgres.dataSource(), making.path().resolve("firmware"), clock);
            }
        } catch (IOException | RuntimeException failed) {
            delete(fresh);
            throw failed;
        }
        if (!there.isEmpty()) {
            Path aside = Files.createDirectory(folder.path().resolve("replaced-" + STAMP.format(clock.instant())));
            for (Path old : there) {
                Files.move(old, aside.resolve(old.getFileName()));
            }
            System.out.println("what was there is in " + aside);
        }
        Files.move(fresh.resolve("firmware"), folder.path().resolve("firmware"));
        Files.move(fresh.resolve("postgres"), folder.path().resolve("postgres"));
        delete(fresh);
        return restored;
    }

    /// What would be overwritten; its token would be refused by the database that comes back.
    private static List<Path> there(Path folder) {
        return Stream.of("postgres", "firmware", "connection.json")
                .map(folder::resolve)
                .filter(Files::exists)
                .toList();
    }

    private Restored into(DataSource database, DataFolder folder, Restore restore) throws StartException, IOException {
        if (replace) {
            throw StartException.usage("--replace is for the data folder: a database of your own must be empty");
        }
        Path firmware = folder.path().resolve("firmware");
        if (Files.isDirectory(firmware) && !isEmpty(firmware)) {
            throw StartException.failed(firmware + " is not empty: choose another data folder with --data");
        }
        try (Connection connection = database.getConnection();
                var rows =
                        connection.getMetaData().getTables(null, connection.getSchema(), "%", new String[] {"TABLE"})) {
            if (rows.next()) {
                throw StartException.failed(
                        "the database is not empty: it has a table " + rows.getString("TABLE_NAME"));
            }
        } catch (SQLException unreachable) {
            throw StartException.failed("the database cannot be reached: " + unreachable.getMessage());
        }
        try {
            return restore.into(database, firmware, clock);
        } catch (IOException | StoreException failed) {
            throw StartException.failed(file + " was not restored: " + failed.getMessage()
                    + ". The database has tables now, and may have rows, and " + firmware
                    + " may have images: empty both before another try");
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            return !files.iterator().hasNext();
        }
    }

    private static void say(Restored restored, Restore restore, Path folder) {
        System.out.printf(
                Locale.ROOT,
                "restored the backup of %s: %,d rows, %,d firmware images%n",
                restore.created(),
                restored.rows(),
                restored.images());
        if (restored.pausedJobs() > 0) {
            System.out.printf(
                    Locale.ROOT,
                    "%,d jobs had not ended and are paused: see what they still have to do, then resume or cancel them%n",
                    restored.pausedJobs());
        }
        System.out.println("start the server: pharos server --data " + folder);
    }

    private static LongConsumer progress() {
        return !isWatched()
                ? _ -> {}
                : bytes -> {
                    if (bytes % MIB < (64 << 10)) {
                        System.err.printf(Locale.ROOT, "\rreading it whole: %,d MiB", bytes / MIB);
                    }
                };
    }

    private static boolean isWatched() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /// The line of the progress goes.
    private static void end() {
        if (isWatched()) {
            System.err.print("\r\033[K");
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
