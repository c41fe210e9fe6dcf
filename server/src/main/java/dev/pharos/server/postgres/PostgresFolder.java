// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/// Where the embedded PostgreSQL keeps what: `postgres/data` (the cluster), `postgres/run` (its socket),
/// `postgres/<version>` (its programs), `postgres/credentials` (mode 0600), `logs/postgres.log`.
record PostgresFolder(Path root, Path log, UnprivilegedUser user) {

    static PostgresFolder in(Path serverFolder, UnprivilegedUser user) throws IOException {
        Path root = serverFolder.toAbsolutePath().normalize().resolve("postgres");
        Path logs = serverFolder.toAbsolutePath().normalize().resolve("logs");
        Files.createDirectories(root);
        Files.createDirectories(logs);
        return new PostgresFolder(root, logs.resolve("postgres.log"), user);
    }

    Path data() {
        return root.resolve("data");
    }

    /// The folder of the socket: ours, or one in the folder for temporary files where the path would be too long for
    /// the kernel.
    Path socketFolder() throws IOException {
        Path beside = root.resolve("run");
        Path folder = fits(beside)
                ? beside
                : Path.of(System.getProperty("java.io.tmpdir")).resolve("pharos-" + fingerprint(root.toString()));
        if (!fits(folder)) {
            throw new PostgresException("The path of the data folder is too long for a UNIX socket: " + root);
        }
        privateFolder(folder);
        return folder;
    }

    private static boolean fits(Path folder) {
        return socketIn(folder).toString().getBytes(StandardCharsets.UTF_8).length <= Limits.SOCKET_PATH;
    }

    static Path socketIn(Path folder) {
        return folder.resolve(".s.PGSQL.5432");
    }

    /// Makes a folder that only PostgreSQL's account may enter.
    void privateFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            user.own(folder);
        }
    }

    /// The passwords, made at the first start.
    Credentials credentials() throws IOException {
        Path file = root.resolve("credentials");
        Properties stored = new Properties();
        if (Files.exists(file)) {
            try (var in = Files.newBufferedReader(file)) {
                stored.load(in);
            }
            String administrator = stored.getProperty("administrator");
            String application = stored.getProperty("application");
            if (administrator == null || application == null) {
                throw new PostgresException(
                        "The file " + file + " is damaged: restore it from a backup of the data folder");
            }
            return new Credentials(administrator, application);
        }
        if (Files.exists(data())) {
            throw new PostgresException("The file " + file + " is missing, without which the database in " + data()
                    + " cannot be opened: restore it from a backup of the data folder");
        }
        Credentials fresh = new Credentials(randomPassword(), randomPassword());
        writePrivate(file, "administrator=" + fresh.administrator() + "\napplication=" + fresh.application() + "\n");
        return fresh;
    }

    static void writePrivate(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, text);
        Files.move(fresh, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private static String randomPassword() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static String fingerprint(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// @param administrator of the role `postgres`, used to make the other one and for maintenance
    /// @param application of the role `pharos`, which owns one database and may do nothing else
    record Credentials(String administrator, String application) {
        @Override
        public String toString() {
            return "Credentials[masked]";
        }
    }
}
