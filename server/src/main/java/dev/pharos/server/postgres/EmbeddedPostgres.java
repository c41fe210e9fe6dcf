// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.postgres;

import dev.pharos.server.postgres.PostgresFolder.Credentials;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL of our own: durable settings on, reached only through a UNIX socket and only with a generated
/// password (scram-sha-256, no trust anywhere), data checksums on, never run as root. It is brought back when it
/// dies, and ends with the server, also when the server is killed: it hangs on a pipe of ours.
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String DATABASE = "pharos";

    /// The role in which people's requests are done.
    private static final String PEOPLE = "pharos_people";

    /// Runs PostgreSQL until it ends by itself or our end of standard input closes, which the kernel does for us when
    /// we are killed.
    private static final String KEEPER = """
            exec 3<&0
            "$@" </dev/null 3<&- &
            server=$!
            (cat <&3 >/dev/null; kill -INT $server 2>/dev/null) &
            exec 3<&-
            wait $server
            """;

    /// Away from the terminal, whose Ctrl-C is for the server: PostgreSQL stops after it, not beside it.
    private static final List<String> OWN_SESSION =
            Files.isExecutable(Path.of("/usr/bin/setsid")) ? List.of("/usr/bin/setsid") : List.of();

    private final PostgresFolder folder;
    private final PostgresBinaries binaries;
    private final Path socketFolder;
    private final Credentials credentials;
    private volatile @Nullable Process keeper;
    private volatile boolean closed;

    private EmbeddedPostgres(
            PostgresFolder folder, PostgresBinaries binaries, Path socketFolder, Credentials credentials) {
        this.folder = folder;
        this.binaries = binaries;
        this.socketFolder = socketFolder;
        this.credentials = credentials;
    }

    /// Starts the PostgreSQL of this server folder, made at the first start, and waits until it takes connections.
    ///
    /// @throws PostgresException saying why it cannot be had
    public static EmbeddedPostgres start(Path serverFolder) throws IOException {
        PostgresFolder folder = PostgresFolder.in(serverFolder, UnprivilegedUser.forThisProcess());
        PostgresBinaries binaries = PostgresBinaries.in(folder.root());
        Credentials credentials = folder.credentials();
        EmbeddedPostgres postgres = new EmbeddedPostgres(folder, binaries, folder.socketFolder(), credentials);
        if (Files.exists(folder.data())) {
            postgres.checkVersion();
            Postmaster.endOrphan(folder.data());
        } else {
            postgres.initialise();
        }
        try {
            postgres.launch();
            postgres.ensureDatabase();
        } catch (IOException | RuntimeException failed) {
            postgres.close();
            throw failed;
        }
        Thread.ofVirtual().name("postgres-keeper").start(postgres::keepAlive);
        return postgres;
    }

    /// Connections to the application's database, not pooled.
    public PGSimpleDataSource dataSource() {
        return dataSource(DATABASE, DATABASE, credentials.application());
    }

    /// The process that serves the data folder now, where one does.
    public Optional<Long> processId() throws IOException {
        return Postmaster.of(folder.data()).map(Postmaster::pid);
    }

    private PGSimpleDataSource dataSource(String database, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"localhost"});
        source.setDatabaseName(database);
        source.setUser(user);
        source.setPassword(password);
        source.setSslMode("disable");
        source.setGssEncMode("disable");
        source.setSocketFactory(UnixSocketFactory.class.getName());
        source.setSocketFactoryArg(PostgresFolder.socketIn(socketFolder).toString());
        return source;
    }

    private void checkVersion() throws IOException {
        Path file = folder.data().resolve("PG_VERSION");
        if (!Files.exists(file)) {
            throw new PostgresException(
                    "The data folder " + folder.data()
                            + " is damaged (it has no PG_VERSION): restore it from a backup, or start with another --data folder");
        }
        String made = Files.readString(file).strip();
        if (!made.equals(binaries.major())) {
            throw new PostgresException("The data folder " + folder.data() + " was made by PostgreSQL " + made
                    + ", and this is PostgreSQL " + binaries.major() + ": restore a backup into an empty folder");
        }
    }

    /// Makes the cluster beside its final place and moves it there when it is whole.
    private void initialise() throws IOException {
        Path fresh = folder.root().resolve("data.new");
        if (Files.exists(fresh)) {
            try (Stream<Path> leftover = Files.walk(fresh)) {
                for (Path file : leftover.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        folder.privateFolder(fresh);
        Path passing = folder.root().resolve("run");
        folder.privateFolder(passing);
        Path passwordFile = passing.resolve("initial-password");
        PostgresFolder.writePrivate(passwordFile, credentials.administrator() + "\n");
        folder.user().own(passwordFile);
        try {
            run(List.of(
                    binaries.program("initdb").toString(),
                    "--pgdata=" + fresh,
                    "--username=postgres",
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--data-checksums",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C"));
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        Files.move(fresh, folder.data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void run(List<String> command) throws IOException {
        Process process = prepared(command).start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(Limits.INITIALISE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new PostgresException("initdb did not end within " + Limits.INITIALISE.toSeconds() + " s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new PostgresException("The start of PostgreSQL was interrupted", interrupted);
        }
        if (process.exitValue() != 0) {
            throw new PostgresException("PostgreSQL could not make its data folder: " + lastWords());
        }
    }

    private ProcessBuilder prepared(List<String> command) throws IOException {
        List<String> words = new ArrayList<>(OWN_SESSION);
        words.addAll(folder.user().prefix(folder.data()));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words);
        // its own account may not be able to stand where the server was started
        builder.directory(Path.of("/").toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()));
        String path = builder.environment().getOrDefault("PATH", "/usr/bin:/bin");
        builder.environment().clear();
        builder.environment().put("PATH", path);
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    private void launch() throws IOException {
        Path log = folder.log();
        if (Files.exists(log) && Files.size(log) > Limits.LOG_BYTES) {
            Files.writeString(log, "", StandardOpenOption.TRUNCATE_EXISTING);
        }
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                KEEPER,
                "sh",
                binaries.program("postgres").toString(),
                "-D",
                folder.data().toString()));
        for (String setting : List.of(
                "listen_addresses=",
                "unix_socket_directories=" + socketFolder,
                "unix_socket_permissions=0700",
                "max_connections=" + Limits.MAX_CONNECTIONS,
                "fsync=on",
                "full_page_writes=on",
                "synchronous_commit=on",
                "shared_buffers=128MB",
                "max_wal_size=256MB",
                "password_encryption=scram-sha-256",
                "log_timezone=UTC",
                "timezone=UTC",
                "log_min_messages=warning")) {
            command.add("-c");
            command.add(setting);
        }
        Process started = prepared(command).start();
        keeper = started;
        long end = System.nanoTime() + Limits.START.toNanos();
        while (!Postmaster.of(folder.data()).map(this::readyAndOurs).orElse(false)) {
            if (!started.isAlive()) {
                throw new PostgresException("PostgreSQL does not start on " + folder.data() + ": " + lastWords()
                        + " (all of it in " + log + ")");
            }
            if (System.nanoTime() > end) {
                throw new PostgresException(
                        "PostgreSQL was not ready within " + Limits.START.toSeconds() + " s; see " + log);
            }
            Postmaster.pause();
        }
    }

    private boolean readyAndOurs(Postmaster postmaster) {
        return postmaster.ready() && postmaster.serves(folder.data());
    }

    private void ensureDatabase() throws IOException {
        try (Connection connection = dataSource("postgres", "postgres", credentials.administrator())
                        .getConnection();
                Statement statement = connection.createStatement()) {
            if (absent(connection, "select 1 from pg_roles where rolname = ?", DATABASE)) {
                // a password cannot be a parameter of this statement; ours is hexadecimal
                statement.execute("create role pharos login password '" + credentials.application() + "'");
            }
            if (absent(connection, "select 1 from pg_roles where rolname = ?", PEOPLE)) {
                statement.execute("create role " + PEOPLE + " nologin");
                statement.execute("grant " + PEOPLE + " to pharos");
            }
            if (absent(connection, "select 1 from pg_database where datname = ?", DATABASE)) {
                statement.execute("create database pharos owner pharos");
            }
        } catch (SQLException refused) {
            throw new PostgresException(
                    "The embedded PostgreSQL does not take our password or is damaged: " + refused.getMessage()
                            + " (see " + folder.log() + ")",
                    refused);
        }
    }

    private static boolean absent(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return !rows.next();
            }
        }
    }

    /// Brings PostgreSQL back when it dies, for as long as we are open.
    private void keepAlive() {
        try {
            while (!closed) {
                Process current = keeper;
                if (current != null) {
                    current.waitFor();
                    release(current);
                }
                if (closed) {
                    return;
                }
                LOG.warn("PostgreSQL has ended; it is started again (see {})", folder.log());
                Thread.sleep(Limits.RESTART_WAIT);
                revive();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void revive() {
        if (closed) {
            return;
        }
        try {
            Postmaster.endOrphan(folder.data());
            launch();
            LOG.warn("PostgreSQL runs again");
        } catch (IOException failed) {
            LOG.error("PostgreSQL could not be started again: {}", failed.getMessage());
        }
    }

    private static void release(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyGone) {
            LOG.debug("the pipe to PostgreSQL was closed already", alreadyGone);
        }
    }

    /// The reason PostgreSQL itself gave last.
    private String lastWords() throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(folder.log().toFile(), "r")) {
            long start = Math.max(0, log.length() - Limits.LOG_TAIL);
            byte[] tail = new byte[(int) (log.length() - start)];
            log.seek(start);
            log.readFully(tail);
            List<String> lines = new String(tail, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.reversed().stream()
                    .filter(EmbeddedPostgres::tellsWhy)
                    .findFirst()
                    .orElse(lines.isEmpty() ? "it said nothing" : lines.getLast());
        }
    }

    private static boolean tellsWhy(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        return lower.contains("fatal:") || lower.contains("panic:") || lower.contains("error:");
    }

    /// Stops PostgreSQL in order (its fast shutdown: open transactions are rolled back), harder where that takes too
    /// long.
    @Override
    public void close() {
        closed = true;
        Process current = keeper;
        if (current == null) {
            return;
        }
        release(current);
        try {
            if (!current.waitFor(Limits.STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                Optional<Long> pid = processId();
                if (pid.isPresent()) {
                    // immediate shutdown: what was committed is in the write-ahead log, and replayed at the next start
                    Postmaster.signal("QUIT", pid.get());
                }
                current.waitFor(1, TimeUnit.SECONDS);
                current.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            current.destroyForcibly();
        } catch (IOException unreadable) {
            LOG.warn("PostgreSQL may still run: {}", unreadable.getMessage());
        }
    }
}
