// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Archives as servers may give them, good and bad.
final class ArchiveTest {
    private static final byte[] TEXT = "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private Path unpacked() {
        return folder.resolve("unit");
    }

    private void unpack(byte[] archive) throws Exception {
        Archive.unpack(Files.write(folder.resolve("archive"), archive), unpacked(), 1 << 20);
    }

    /// Writes the entries of a tar.
    @FunctionalInterface
    private interface Entries {
        void write(TarArchiveOutputStream tar) throws IOException;
    }

    private static byte[] tar(Entries entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            entries.write(tar);
        }
        return bytes.toByteArray();
    }

    private static void file(TarArchiveOutputStream tar, String name, int mode) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(TEXT.length);
        entry.setMode(mode);
        tar.putArchiveEntry(entry);
        tar.write(TEXT);
        tar.closeArchiveEntry();
    }

    private static void link(TarArchiveOutputStream tar, String name, String target, byte kind) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, kind);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private void refuses(byte[] archive, String why) throws IOException {
        assertThatThrownBy(() -> unpack(archive))
                .isInstanceOf(UnitFormatException.class)
                .hasMessageContaining(why);
        assertThat(folder.resolve("evil")).doesNotExist();
    }

    @Test
    void a_tar_comes_out_with_its_folders_links_and_programs_but_without_any_special_right() throws Exception {
        unpack(tar(tar -> {
            file(tar, "./bin/main.sh", 0106755);
            file(tar, "etc/settings", 0100666);
            link(tar, "bin/other.sh", "main.sh", TarConstants.LF_SYMLINK);
        }));
        assertThat(unpacked().resolve("bin/main.sh")).isExecutable().hasBinaryContent(TEXT);
        assertThat(Files.getAttribute(unpacked().resolve("bin/main.sh"), "unix:mode"))
                .isEqualTo(0100755);
        assertThat(Files.getAttribute(unpacked().resolve("etc/settings"), "unix:mode"))
                .isEqualTo(0100644);
        assertThat(unpacked().resolve("bin/other.sh")).isSymbolicLink().hasBinaryContent(TEXT);
    }

    @Test
    void a_tar_gz_and_a_zip_come_out_alike() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(tar(tar -> file(tar, "main.sh", 0100755)));
        }
        Archive.unpack(Files.write(folder.resolve("a"), packed.toByteArray()), folder.resolve("one"), 1 << 20);
        Archive.unpack(Files.write(folder.resolve("b"), zip("main.sh", 0100755)), folder.resolve("two"), 1 << 20);
        assertThat(folder.resolve("one/main.sh")).isExecutable().hasBinaryContent(TEXT);
        assertThat(folder.resolve("two/main.sh")).isExecutable().hasBinaryContent(TEXT);
    }

    private static byte[] zip(String name, int mode) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            ZipArchiveEntry entry = new ZipArchiveEntry(name);
            entry.setUnixMode(mode);
            zip.putArchiveEntry(entry);
            zip.write(TEXT);
            zip.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/../../evil", "/tmp/evil", "a/b/../../../evil", "..", "a\\..\\evil"})
    void nothing_gets_out_of_the_folder(String name) throws Exception {
        refuses(tar(tar -> file(tar, name, 0100644)), "outside");
        unpackedAgain();
        refuses(zip(name, 0100644), name.indexOf('\\') < 0 ? "outside" : "");
    }

    private void unpackedAgain() throws IOException {
        Files.deleteIfExists(unpacked());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../../evil", "..", "a/../../evil"})
    void no_link_leads_out_of_the_folder(String target) throws Exception {
        Files.createFile(folder.resolve("evil-target"));
        refuses(tar(tar -> link(tar, "link", target, TarConstants.LF_SYMLINK)), "");
        assertThat(unpacked().resolve("link").startsWith(unpacked())).isTrue();
    }

    @Test
    void links_that_lead_out_only_together_are_found() throws Exception {
        refuses(
                tar(tar -> {
                    file(tar, "d/e/x", 0100644);
                    link(tar, "d/up", "..", TarConstants.LF_SYMLINK);
                    link(tar, "out", "d/up/..", TarConstants.LF_SYMLINK);
                }),
                "outside");
    }

    @Test
    void nothing_is_written_through_a_link_or_twice() throws Exception {
        refuses(
                tar(tar -> {
                    link(tar, "d", "e", TarConstants.LF_SYMLINK);
                    file(tar, "d/evil", 0100644);
                }),
                "no folder");
        Files.delete(unpacked().resolve("d"));
        unpackedAgain();
        refuses(
                tar(tar -> {
                    file(tar, "x", 0100644);
                    file(tar, "x", 0100644);
                }),
                "twice");
    }

    @Test
    void devices_pipes_and_hard_links_are_refused() throws Exception {
        for (byte kind : new byte[] {TarConstants.LF_CHR, TarConstants.LF_FIFO, TarConstants.LF_LINK}) {
            refuses(tar(tar -> link(tar, "thing", "main.sh", kind)), "neither file");
            unpackedAgain();
        }
    }

    @Test
    void a_bomb_ends_at_the_bound_and_is_said_to_be_too_large() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(packed), "UTF-8")) {
            TarArchiveEntry entry = new TarArchiveEntry("zeros");
            entry.setSize(200L << 20);
            tar.putArchiveEntry(entry);
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                tar.write(zeros);
            }
            tar.closeArchiveEntry();
        }
        assertThat(packed.size()).isLessThan(1 << 20);
        assertThatThrownBy(() -> unpack(packed.toByteArray()))
                .isInstanceOfSatisfying(
                        UnitFormatException.class,
                        wrong -> assertThat(wrong.kind()).isEqualTo(UnitFormatException.Kind.TOO_LARGE));
        assertThat(Files.size(unpacked().resolve("zeros"))).isLessThanOrEqualTo(1 << 20);
    }

    @Test
    void too_many_files_and_too_deep_folders_are_refused() throws Exception {
        refuses(
                tar(tar -> {
                    for (int i = 0; i <= Limits.ENTRIES; i++) {
                        link(tar, "d" + i, ".", TarConstants.LF_SYMLINK);
                    }
                }),
                "more than");
        refusesDeep();
    }

    private void refusesDeep() throws IOException {
        Path deep = folder.resolve("deep");
        byte[] archive = tar(tar -> file(tar, "d/".repeat(Limits.DEPTH) + "x", 0100644));
        assertThatThrownBy(() -> Archive.unpack(Files.write(folder.resolve("archive"), archive), deep, 1 << 20))
                .hasMessageContaining("deep");
    }

    @Test
    void what_is_cut_or_damaged_is_said_to_be() throws Exception {
        byte[] whole = tar(tar -> {
            file(tar, "a", 0100644);
            file(tar, "b", 0100644);
        });
        refuses(Arrays.copyOf(whole, 1100), "damaged");
        Files.deleteIfExists(unpacked().resolve("a"));
        Files.deleteIfExists(unpacked().resolve("b"));
        unpackedAgain();
        byte[] zip = zip("a", 0100644);
        refuses(Arrays.copyOf(zip, zip.length - 30), "damaged");
        unpackedAgain();
        refuses(new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0}, "damaged");
        unpackedAgain();
        refuses(new byte[0], "neither tar");
    }
}
