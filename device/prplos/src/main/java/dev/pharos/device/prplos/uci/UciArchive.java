// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.jspecify.annotations.Nullable;

/// The files of packages in one `tar.gz`, with the names that they have from the root: `etc/config/network`. So
/// OpenWrt's `sysupgrade -r` takes it too.
public final class UciArchive {
    private static final String FOLDER = "etc/config/";
    private static final Pattern FOLDERS = Pattern.compile("(?:\\./)?(?:etc/(?:config/)?)?");
    private static final Pattern FILE = Pattern.compile("(?:\\./)?etc/config/([^/]+)");
    private static final int FOR_ROOT = 0100600;

    private UciArchive() {}

    /// Why an archive is none of a configuration.
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String why) {
            super(why);
        }
    }

    /// @param files by the names of packages
    public static Bytes of(Map<String, Bytes> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes), "UTF-8")) {
            for (Map.Entry<String, Bytes> file : new TreeMap<>(files).entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(FOLDER + file.getKey());
                entry.setSize(file.getValue().size());
                entry.setMode(FOR_ROOT);
                entry.setUserName("root");
                entry.setGroupName("root");
                tar.putArchiveEntry(entry);
                tar.write(file.getValue().toByteArray());
                tar.closeArchiveEntry();
            }
        }
        return Bytes.adopt(bytes.toByteArray());
    }

    /// All of it, or nothing: what is not a package's file, and one that uci could not read, refuses the whole.
    ///
    /// @param most bytes that may come out of it
    /// @return by the names of packages
    public static Map<String, Bytes> read(Bytes archive, int most) throws RefusedException {
        Map<String, Bytes> files = new TreeMap<>();
        try (Tar in = new Tar(GzipCompressorInputStream.builder()
                .setInputStream(new ByteArrayInputStream(archive.toByteArray()))
                .get())) {
            int left = most;
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.isDirectory() && FOLDERS.matcher(entry.getName()).matches()) {
                    continue;
                }
                String name = packageName(entry);
                Bytes content = content(in, Math.min(left, Limits.FILE_BYTES), name);
                left -= content.size();
                UciDocument _ = UciDocument.parse(name, content.toByteArray());
                if (files.put(name, content) != null || files.size() > Limits.ARCHIVED) {
                    throw new RefusedException(
                            files.size() > Limits.ARCHIVED ? "too many files" : name + " is there twice");
                }
            }
            if (!in.ended) {
                throw new RefusedException("it is damaged: its end is missing");
            }
        } catch (MalformedInputException malformed) {
            throw new RefusedException("a file of it is none of UCI: " + malformed.detail());
        } catch (IOException | IllegalArgumentException damaged) {
            throw new RefusedException("it is no tar.gz, or damaged");
        }
        if (files.isEmpty()) {
            throw new RefusedException("there is no file of a configuration in it");
        }
        return files;
    }

    private static String packageName(TarArchiveEntry entry) throws RefusedException {
        boolean plain = entry.isFile()
                && !entry.isLink()
                && !entry.isSymbolicLink()
                && !entry.isSparse()
                && !entry.isDirectory()
                && !entry.isCharacterDevice()
                && !entry.isBlockDevice()
                && !entry.isFIFO();
        Matcher name = FILE.matcher(entry.getName());
        if (!plain || !name.matches() || !UciNames.isPackage(name.group(1))) {
            throw new RefusedException("it holds what is no file of a package: " + shown(entry.getName()));
        }
        return name.group(1);
    }

    private static Bytes content(Tar in, int most, String name) throws IOException, RefusedException {
        byte[] bytes = in.readNBytes(most + 1);
        if (bytes.length > most) {
            throw new RefusedException(name + " is too large");
        }
        return Bytes.adopt(bytes);
    }

    private static String shown(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > 100 ? plain.substring(0, 100) + "…" : plain;
    }

    /// Knows whether the archive came to its end.
    private static final class Tar extends TarArchiveInputStream {
        private boolean ended;

        Tar(GzipCompressorInputStream bytes) {
            super(bytes, "UTF-8");
        }

        @Override
        protected boolean isEOFRecord(byte @Nullable [] record) {
            boolean end = super.isEOFRecord(record);
            ended |= end && record != null;
            return end;
        }
    }
}
