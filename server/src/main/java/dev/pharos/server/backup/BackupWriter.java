// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.backup;

import dev.pharos.server.backup.Manifest.File;
import dev.pharos.server.backup.Manifest.Table;
import dev.pharos.server.store.DatabaseCopy;
import dev.pharos.server.store.DatabaseCopy.Layout;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Writes everything that the server keeps into one ZIP file, as of one moment, while everybody goes on: see
/// docs/backup.md.
public final class BackupWriter {
    private static final Logger LOG = LoggerFactory.getLogger(BackupWriter.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DatabaseCopy database;
    private final Path firmware;
    private final String version;

    /// @param firmware the folder of the images
    /// @param version of this program
    public BackupWriter(DatabaseCopy database, Path firmware, String version) {
        this.database = database;
        this.firmware = firmware;
        this.version = version;
    }

    /// @throws IOException where `out` breaks
    public void write(OutputStream out, Instant now) throws IOException {
        // what `out` is wrapped into is ended, and not closed: that is for who gave it
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        Tables tables = new Tables(zip);
        database.write(tables);
        List<File> files = files(zip);
        Layout layout = tables.layout;
        zip.putNextEntry(new ZipEntry(Manifest.ENTRY));
        zip.write(JSON.writeValueAsBytes(new Manifest(
                Manifest.FORMAT,
                version,
                layout.schema(),
                now,
                layout.partitions(),
                layout.sequences(),
                tables.written,
                files)));
        zip.closeEntry();
        zip.finish();
        out.flush();
    }

    private static final class Tables implements DatabaseCopy.Target {
        private final ZipOutputStream zip;
        private final List<Table> written = new ArrayList<>();
        private MessageDigest digest = sha256();
        private Layout layout = new Layout(0, Map.of(), List.of(), Map.of());

        Tables(ZipOutputStream zip) {
            this.zip = zip;
        }

        @Override
        public void layout(Layout told) {
            layout = told;
        }

        @Override
        public OutputStream table(String name) throws IOException {
            zip.putNextEntry(new ZipEntry(Manifest.TABLES + name));
            digest = sha256();
            return new DigestOutputStream(new Open(zip), digest);
        }

        @Override
        public void ended(String name, long rows) throws IOException {
            zip.closeEntry();
            written.add(new Table(
                    name,
                    layout.columns().getOrDefault(name, List.of()),
                    rows,
                    HexFormat.of().formatHex(digest.digest())));
        }
    }

    /// An image that is deleted meanwhile is left out: so is its row, or it was not wanted any more.
    private List<File> files(ZipOutputStream zip) throws IOException {
        List<File> files = new ArrayList<>();
        if (!Files.isDirectory(firmware)) {
            return files;
        }
        try (DirectoryStream<Path> images = Files.newDirectoryStream(firmware, "*.image")) {
            for (Path image : images) {
                try (InputStream in = Files.newInputStream(image)) {
                    String name = image.getFileName().toString();
                    zip.putNextEntry(new ZipEntry(Manifest.FIRMWARE + name));
                    MessageDigest digest = sha256();
                    long size = in.transferTo(new DigestOutputStream(new Open(zip), digest));
                    zip.closeEntry();
                    files.add(new File(name, size, HexFormat.of().formatHex(digest.digest())));
                } catch (NoSuchFileException gone) {
                    LOG.info("{} was deleted while the backup was written", image.getFileName());
                }
            }
        }
        return files;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    /// Stays open when it is closed, and writes blocks as blocks.
    private static final class Open extends FilterOutputStream {
        Open(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }
}
