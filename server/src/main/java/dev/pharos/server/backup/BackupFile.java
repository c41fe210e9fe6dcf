// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.backup;

import dev.pharos.server.backup.Manifest.File;
import dev.pharos.server.backup.Manifest.Table;
import dev.pharos.server.store.DatabaseCopy.Layout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A backup to be restored. Nothing of it is believed before [#check] has read all of it.
final class BackupFile implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /// As the repository names them: they become names of files.
    private static final Pattern IMAGE = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.image");

    private final ZipFile zip;
    private final Manifest manifest;

    private BackupFile(ZipFile zip, Manifest manifest) {
        this.zip = zip;
        this.manifest = manifest;
    }

    /// @throws IOException saying why it is no backup that this program can restore
    static BackupFile open(Path path) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(path.toFile());
        } catch (ZipException broken) {
            throw new IOException("it is not a whole backup: " + broken.getMessage(), broken);
        }
        try {
            return new BackupFile(zip, manifest(zip));
        } catch (IOException | RuntimeException unusable) {
            zip.close();
            throw unusable;
        }
    }

    private static Manifest manifest(ZipFile zip) throws IOException {
        @Nullable ZipEntry entry = zip.getEntry(Manifest.ENTRY);
        if (entry == null || entry.getSize() > Limits.MANIFEST_BYTES) {
            throw new IOException("it is not a whole backup: it has no " + Manifest.ENTRY);
        }
        Manifest read;
        try (InputStream in = zip.getInputStream(entry)) {
            read = JSON.readValue(in.readNBytes((int) Limits.MANIFEST_BYTES), Manifest.class);
        } catch (JacksonException malformed) {
            throw new IOException(
                    "its " + Manifest.ENTRY + " cannot be read: " + malformed.getOriginalMessage(), malformed);
        }
        if (read.format() != Manifest.FORMAT) {
            throw new IOException("its format is " + read.format() + ", and this program reads " + Manifest.FORMAT);
        }
        for (File file : read.files()) {
            if (!IMAGE.matcher(file.name()).matches()) {
                throw new IOException("it holds a file that is called " + file.name());
            }
        }
        return read;
    }

    int schema() {
        return manifest.schema();
    }

    String version() {
        return manifest.version();
    }

    Instant created() {
        return manifest.created();
    }

    List<File> files() {
        return manifest.files();
    }

    Layout layout() {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        manifest.tables().forEach(table -> columns.put(table.name(), table.columns()));
        return new Layout(manifest.schema(), columns, manifest.partitions(), manifest.sequences());
    }

    long rows() {
        return manifest.tables().stream().mapToLong(Table::rows).sum();
    }

    /// Reads all of it, and compares.
    ///
    /// @param progress told how many bytes were read, again and again
    /// @throws IOException saying what is not as it was written
    void check(LongConsumer progress) throws IOException {
        long read = 0;
        for (Table table : manifest.tables()) {
            read = check(Manifest.TABLES + table.name(), table.sha256(), read, progress);
        }
        for (File file : manifest.files()) {
            read = check(Manifest.FIRMWARE + file.name(), file.sha256(), read, progress);
        }
    }

    private long check(String entry, String sha256, long before, LongConsumer progress) throws IOException {
        MessageDigest digest = BackupWriter.sha256();
        long read = before;
        try (InputStream in = new DigestInputStream(open(entry), digest)) {
            byte[] step = new byte[Limits.STEP];
            for (int n = in.read(step); n >= 0; n = in.read(step)) {
                read += n;
                progress.accept(read);
            }
        } catch (ZipException damaged) {
            throw new IOException("its " + entry + " is damaged: " + damaged.getMessage(), damaged);
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
            throw new IOException("its " + entry + " is not as it was written");
        }
        return read;
    }

    InputStream table(String name) throws IOException {
        return open(Manifest.TABLES + name);
    }

    InputStream file(File file) throws IOException {
        return open(Manifest.FIRMWARE + file.name());
    }

    private InputStream open(String name) throws IOException {
        @Nullable ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("it is not a whole backup: its " + name + " is missing");
        }
        return zip.getInputStream(entry);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
