// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.apk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApkPackageTest {
    private static final long SECONDS = 1_750_000_000L;
    private static final Map<String, String> INFO = Map.of(
            "name", "pharos-agent",
            "version", "1.2.3-r1",
            "arch", "aarch64_cortex-a53",
            "description", "USP agent",
            "license", "Apache-2.0");

    @TempDir
    private Path root = Path.of("");

    @BeforeEach
    void files() throws IOException {
        file("etc/config/usp", "config usp\n", "rw-------");
        file("usr/lib/agent/large", "x".repeat(70_000), "rw-r--r--");
        file("usr/lib/agent/empty", "", "rwxr-xr-x");
        file("usr/lib-b", "b", "rw-r--r--");
        Files.createDirectories(root.resolve("usr/bin"));
        Files.createSymbolicLink(root.resolve("usr/bin/agent"), Path.of("../lib/agent/large"));
    }

    private void file(String name, String content, String mode) throws IOException {
        Path path = root.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private byte[] made(Map<String, String> scripts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ApkPackage(INFO, List.of("libc", "ca-bundle"), scripts, SECONDS).write(root, out);
        return out.toByteArray();
    }

    @Test
    void it_says_what_it_is_what_it_needs_and_what_is_run() throws Exception {
        String script = "#!/bin/sh\n" + "# line\n".repeat(100);
        ApkReader apk = new ApkReader(made(Map.of("post-install", script, "pre-deinstall", "#!/bin/sh\n")));

        int info = apk.member(apk.root(), 1);
        assertThat(apk.text(apk.member(info, 1))).isEqualTo("pharos-agent");
        assertThat(apk.text(apk.member(info, 2))).isEqualTo("1.2.3-r1");
        assertThat(apk.text(apk.member(info, 4))).isEqualTo("USP agent");
        assertThat(apk.text(apk.member(info, 5))).isEqualTo("aarch64_cortex-a53");
        assertThat(apk.text(apk.member(info, 6))).isEqualTo("Apache-2.0");
        assertThat(apk.text(apk.member(info, 7))).isEmpty();
        assertThat(apk.number(apk.member(info, 12))).isEqualTo(70_000 + 1 + 11);
        assertThat(apk.elements(apk.member(info, 15)))
                .extracting(dependency -> apk.text(apk.member(dependency, 1)))
                .containsExactly("ca-bundle", "libc");
        int scripts = apk.member(apk.root(), 3);
        assertThat(apk.text(apk.member(scripts, 3))).isEqualTo(script);
        assertThat(apk.text(apk.member(scripts, 4))).isEqualTo("#!/bin/sh\n");
        assertThat(apk.member(scripts, 7)).isZero();
        // its id is the digest of all that is said, as it was before the id was there
        byte[] without = apk.said.clone();
        byte[] id = apk.bytes(apk.member(info, 3));
        int at = indexOf(without, id);
        Arrays.fill(without, at, at + id.length, (byte) 0);
        assertThat(Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(without), 20))
                .isEqualTo(id);
    }

    private static int indexOf(byte[] all, byte[] part) {
        for (int at = 0; at <= all.length - part.length; at++) {
            if (Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new AssertionError("not there");
    }

    @Test
    void it_holds_folders_files_and_links_in_the_order_of_their_bytes() throws Exception {
        ApkReader apk = new ApkReader(made(Map.of()));

        List<Integer> folders = apk.elements(apk.member(apk.root(), 2));
        assertThat(folders)
                .extracting(folder -> apk.text(apk.member(folder, 1)))
                .containsExactly("", "etc", "etc/config", "usr", "usr/bin", "usr/lib", "usr/lib/agent");
        int agent = folders.get(6);
        List<Integer> files = apk.elements(apk.member(agent, 3));
        assertThat(files).extracting(file -> apk.text(apk.member(file, 1))).containsExactly("empty", "large");
        int large = files.get(1);
        assertThat(apk.number(apk.member(large, 3))).isEqualTo(70_000);
        assertThat(apk.number(apk.member(large, 4))).isEqualTo(SECONDS);
        assertThat(apk.bytes(apk.member(large, 5)))
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(apk.contents.get(List.of(7, 2))));
        assertThat(apk.contents.get(List.of(7, 2))).hasSize(70_000);
        assertThat(apk.contents).doesNotContainKey(List.of(7, 1));
        int mode = apk.member(files.get(0), 2);
        assertThat(apk.number(apk.member(mode, 1))).isEqualTo(0755);
        assertThat(apk.text(apk.member(mode, 2))).isEqualTo("root");
        assertThat(apk.text(apk.member(mode, 3))).isEqualTo("root");
        int usp = apk.elements(apk.member(folders.get(2), 3)).getFirst();
        assertThat(apk.number(apk.member(apk.member(usp, 2), 1))).isEqualTo(0600);
        int link = apk.elements(apk.member(folders.get(4), 3)).getFirst();
        assertThat(apk.bytes(apk.member(link, 6)))
                .startsWith(0x00, 0xa0)
                .endsWith("../lib/agent/large".getBytes(StandardCharsets.US_ASCII))
                .hasSize(20);
        assertThat(apk.member(link, 5)).isZero();
        assertThat(apk.contents).hasSize(3);
    }

    @Test
    void the_same_files_make_the_same_bytes() throws Exception {
        byte[] first = made(Map.of("post-install", "a"));
        Files.setLastModifiedTime(root.resolve("usr/lib-b"), FileTime.fromMillis(1));
        assertThat(made(Map.of("post-install", "a"))).isEqualTo(first);
        assertThat(made(Map.of("post-install", "b"))).isNotEqualTo(first);
    }

    @Test
    void numbers_of_every_size_are_found_again_and_equal_values_are_written_once() throws Exception {
        AdbValues values = new AdbValues();
        long[] numbers = {0, 1, 0x0fff_ffff, 0x1000_0000, 0xffff_ffffL, 0x1_0000_0000L, Long.MAX_VALUE};
        int[] words = Arrays.stream(numbers).mapToInt(values::number).toArray();
        int text = values.text("x".repeat(255));
        assertThat(values.text("x".repeat(255))).isEqualTo(text);
        int longer = values.text("y".repeat(256));
        int longest = values.text("z".repeat(65_536));
        int root = values.object(
                words[0], words[1], words[2], words[3], words[4], words[5], words[6], text, longer, longest, 0);
        byte[] said = values.rooted(root);
        ApkReader reader = new ApkReader(packed(said));
        for (int index = 0; index < numbers.length; index++) {
            assertThat(reader.number(reader.member(reader.root(), index + 1))).isEqualTo(numbers[index]);
        }
        assertThat(reader.bytes(reader.member(reader.root(), 8))).hasSize(255);
        assertThat(reader.bytes(reader.member(reader.root(), 9))).hasSize(256);
        assertThat(reader.bytes(reader.member(reader.root(), 10))).hasSize(65_536);
        assertThat(reader.member(reader.root(), 11)).isZero();
    }

    private static byte[] packed(byte[] said) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write("ADBd".getBytes(StandardCharsets.US_ASCII));
        try (DeflaterOutputStream packed = new DeflaterOutputStream(out, new Deflater(1, true))) {
            packed.write("ADB.pckg".getBytes(StandardCharsets.US_ASCII));
            packed.write(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(said.length + 4)
                    .array());
            packed.write(said);
            packed.write(new byte[-(said.length + 4) & 7]);
        }
        return out.toByteArray();
    }

    @Test
    void what_apk_would_not_take_is_refused() {
        assertThatThrownBy(() -> with("version", "1.2.3-1")).hasMessage("apk takes no version '1.2.3-1'");
        assertThatThrownBy(() -> with("version", "1.2.3-SNAPSHOT")).hasMessageContaining("no version");
        assertThatThrownBy(() -> with("name", "")).hasMessageContaining("no name");
        assertThatThrownBy(() -> with("arch", "x 86")).hasMessageContaining("no arch");
        assertThatThrownBy(() -> new ApkPackage(INFO, List.of("a b"), Map.of(), 0))
                .hasMessageContaining("no name of a package");
        assertThatThrownBy(() -> new ApkPackage(INFO, List.of(), Map.of("postinst", ""), 0))
                .hasMessageContaining("no script of apk: postinst");
    }

    private static ApkPackage with(String field, String value) {
        Map<String, String> info = new HashMap<>(INFO);
        info.put(field, value);
        return new ApkPackage(info, List.of(), Map.of(), 0);
    }
}
