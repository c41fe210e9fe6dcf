// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/// An archive as deployment units come in: tar, tar.gz or zip, told apart by their first bytes.
public final class Archive {
    private Archive() {}

    /// Unpacks it into a folder that is not there yet; returns when all of it is on the disk. Whoever catches one of
    /// the exceptions removes what came so far.
    ///
    /// @param most bytes that may come out of it
    /// @throws UnitFormatException where it is no archive, or holds what must not be on the disk
    /// @throws IOException where the disk does not do it
    public static void unpack(Path file, Path folder, long most)
            throws IOException, UnitFormatException, InterruptedException {
        Unpacked target = Unpacked.into(folder, Math.min(most, Limits.UNPACKED));
        byte[] magic = magic(file);
        if (magic.length >= 4 && magic[0] == 'P' && magic[1] == 'K' && magic[2] == 3 && magic[3] == 4) {
            zip(file, target);
        } else if (magic.length >= 2 && (magic[0] & 0xFF) == 0x1F && (magic[1] & 0xFF) == 0x8B) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file), Limits.BUFFER)) {
                tar(Tar.unzipped(in), target);
            }
        } else {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file), Limits.BUFFER)) {
                tar(in, target);
            }
        }
        target.finish();
    }

    private static byte[] magic(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(4);
        }
    }

    private static void tar(InputStream bytes, Unpacked target)
            throws IOException, UnitFormatException, InterruptedException {
        try (Tar in = Tar.of(bytes)) {
            for (TarArchiveEntry entry = in.next(); entry != null; entry = in.next()) {
                if (entry.isDirectory()) {
                    target.folder(entry.getName());
                } else if (entry.isSymbolicLink()) {
                    target.link(entry.getName(), entry.getLinkName());
                } else if (Tar.isPlain(entry)) {
                    target.file(entry.getName(), in, (entry.getMode() & Tar.EXECUTABLE) != 0);
                } else {
                    throw new UnitFormatException("neither file, folder nor symbolic link: " + shown(entry.getName()));
                }
            }
            if (in.isEmpty()) {
                throw new UnitFormatException("neither tar, tar.gz nor zip, or empty");
            }
            in.mustHaveEnded();
        }
    }

    private static void zip(Path file, Unpacked target) throws IOException, UnitFormatException, InterruptedException {
        try (ZipFile zip = open(file)) {
            for (Enumeration<ZipArchiveEntry> all = zip.getEntries(); all.hasMoreElements(); ) {
                ZipArchiveEntry entry = all.nextElement();
                if (entry.isDirectory()) {
                    target.folder(entry.getName());
                } else if (entry.isUnixSymlink()) {
                    target.link(entry.getName(), linkTarget(zip, entry));
                } else if (!zip.canReadEntryData(entry)) {
                    throw new UnitFormatException("encrypted, or packed in an unknown way: " + shown(entry.getName()));
                } else {
                    try (InputStream in = open(zip, entry)) {
                        target.file(entry.getName(), in, (entry.getUnixMode() & Tar.EXECUTABLE) != 0);
                    }
                }
            }
        }
    }

    private static ZipFile open(Path file) throws UnitFormatException {
        try {
            return ZipFile.builder().setPath(file).get();
        } catch (IOException | IllegalArgumentException broken) {
            throw broken(broken);
        }
    }

    private static InputStream open(ZipFile zip, ZipArchiveEntry entry) throws UnitFormatException {
        try {
            return zip.getInputStream(entry);
        } catch (IOException broken) {
            throw broken(broken);
        }
    }

    private static String linkTarget(ZipFile zip, ZipArchiveEntry entry) throws UnitFormatException {
        if (entry.getSize() > Limits.PATH) {
            throw new UnitFormatException("a link too long: " + shown(entry.getName()));
        }
        try {
            return zip.getUnixSymlink(entry);
        } catch (IOException broken) {
            throw broken(broken);
        }
    }

    static UnitFormatException broken(Exception why) {
        return new UnitFormatException("the archive is damaged: " + shown(String.valueOf(why.getMessage())));
    }

    static String shown(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > 100 ? plain.substring(0, 100) + "…" : plain;
    }
}
