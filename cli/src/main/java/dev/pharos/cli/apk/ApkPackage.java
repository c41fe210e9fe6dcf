// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.apk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/// A package for apk of a folder, as `apk mkpkg` makes it, without a signature: everything in it belongs to root.
/// The same input makes the same bytes.
///
/// @param info `name`, `version` and `arch`, and what else is known of `description`, `license`, `origin`, `url`,
///     `maintainer`
/// @param depends names of other packages
/// @param scripts texts by when they run: `post-install`, `pre-deinstall` and so on
/// @param seconds when all of its files were changed, since 1970
public record ApkPackage(Map<String, String> info, List<String> depends, Map<String, String> scripts, long seconds) {
    private static final int FILE_MAGIC = 0x2e424441;
    private static final int SCHEMA = 0x676b6370;
    private static final int ADB_BLOCK = 0;
    private static final int DATA_BLOCK = 2;
    private static final int ALIGNMENT = 8;
    private static final int LARGEST_BLOCK = 0x3fff_ffff - 4;
    private static final int ID_BYTES = 20;
    private static final short SYMBOLIC_LINK = (short) 0120000;

    /// What a version of apk is: digits, then a letter, suffixes, a commit and a revision.
    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)*[a-z]?(_[a-z]+\\d*)*(~[0-9a-f]+)?(-r\\d+)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]*");

    private static final List<String> SCRIPTS = List.of(
            "trigger", "pre-install", "post-install", "pre-deinstall", "post-deinstall", "pre-upgrade", "post-upgrade");

    /// @throws IllegalArgumentException saying what apk would not take
    public ApkPackage {
        info = Map.copyOf(info);
        depends = depends.stream().sorted().toList();
        scripts = Map.copyOf(scripts);
        mustMatch(NAME, "name", info);
        mustMatch(NAME, "arch", info);
        mustMatch(VERSION, "version", info);
        for (String name : depends) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("no name of a package: " + name);
            }
        }
        for (String when : scripts.keySet()) {
            if (!SCRIPTS.contains(when)) {
                throw new IllegalArgumentException("no script of apk: " + when + "; there are " + SCRIPTS);
            }
        }
    }

    private static void mustMatch(Pattern pattern, String field, Map<String, String> info) {
        String value = info.getOrDefault(field, "");
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException("apk takes no " + field + " '" + value + "'");
        }
    }

    /// Makes it.
    ///
    /// @param folder what is to be at the root of the device
    public void write(Path folder, OutputStream out) throws IOException {
        List<PackageFolder> folders = PackageFolder.all(folder);
        AdbValues values = new AdbValues();
        int id = values.later(ID_BYTES);
        byte[] said = values.rooted(root(values, folders, id));
        // what tells this package from others of its name and version
        AdbValues.fill(said, id, Arrays.copyOf(sha256().digest(said), ID_BYTES));
        out.write("ADBd".getBytes(StandardCharsets.US_ASCII));
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            DeflaterOutputStream packed = new DeflaterOutputStream(out, deflater, 1 << 16);
            packed.write(words(8).putInt(FILE_MAGIC).putInt(SCHEMA).array());
            packed.write(blockHead(ADB_BLOCK, said.length));
            packed.write(said);
            packed.write(padding(said.length));
            writeFiles(folders, packed);
            packed.finish();
        } finally {
            deflater.end();
        }
    }

    private int root(AdbValues values, List<PackageFolder> folders, int id) throws IOException {
        List<Integer> needed = new ArrayList<>();
        for (String name : depends) {
            needed.add(values.object(values.text(name)));
        }
        List<Integer> paths = new ArrayList<>();
        long size = 0;
        for (PackageFolder folder : folders) {
            paths.add(folder(values, folder));
            for (PackageFile file : folder.files()) {
                size += file.target().isEmpty() ? file.size() : 0;
            }
        }
        int about = values.object(
                said(values, "name"),
                said(values, "version"),
                id,
                said(values, "description"),
                said(values, "arch"),
                said(values, "license"),
                said(values, "origin"),
                said(values, "maintainer"),
                said(values, "url"),
                AdbValues.NONE, // the commit of a repository
                AdbValues.NONE, // when it was built
                values.number(Math.max(1, size)),
                AdbValues.NONE, // its own size
                AdbValues.NONE, // its priority among those that provide the same
                values.array(needed));
        int[] run = SCRIPTS.stream()
                .mapToInt(when -> values.text(scripts.getOrDefault(when, "")))
                .toArray();
        return values.object(about, values.array(paths), values.object(run));
    }

    private int said(AdbValues values, String field) {
        return values.text(info.getOrDefault(field, ""));
    }

    private int folder(AdbValues values, PackageFolder folder) throws IOException {
        List<Integer> files = new ArrayList<>();
        for (PackageFile file : folder.files()) {
            int content = file.target().isEmpty() ? values.bytes(file.digest(sha256())) : AdbValues.NONE;
            int target = file.target().map(text -> values.bytes(link(text))).orElse(AdbValues.NONE);
            files.add(values.object(
                    values.text(file.name()),
                    owned(values, file.mode()),
                    values.number(file.size()),
                    values.number(seconds),
                    content,
                    target));
        }
        return values.object(values.text(folder.name()), owned(values, folder.mode()), values.array(files));
    }

    private static int owned(AdbValues values, int mode) {
        return values.object(values.number(mode), values.text("root"), values.text("root"));
    }

    private static byte[] link(String target) {
        byte[] path = target.getBytes(StandardCharsets.UTF_8);
        return words(2 + path.length).putShort(SYMBOLIC_LINK).put(path).array();
    }

    /// What files hold, each with the numbers of its folder and of itself within that, from 1 on.
    private static void writeFiles(List<PackageFolder> folders, OutputStream out) throws IOException {
        for (int folder = 0; folder < folders.size(); folder++) {
            List<PackageFile> files = folders.get(folder).files();
            for (int index = 0; index < files.size(); index++) {
                PackageFile file = files.get(index);
                if (file.target().isPresent() || file.size() == 0) {
                    continue;
                }
                if (file.size() > LARGEST_BLOCK - 8) {
                    throw new IOException(file.path() + " is too large for a package");
                }
                int length = 8 + (int) file.size();
                out.write(blockHead(DATA_BLOCK, length));
                out.write(words(8).putInt(folder + 1).putInt(index + 1).array());
                if (Files.copy(file.path(), out) != file.size()) {
                    throw new IOException(file.path() + " has changed while it was packed");
                }
                out.write(padding(length));
            }
        }
    }

    private static byte[] blockHead(int type, int length) {
        return words(4).putInt((type << 30) + 4 + length).array();
    }

    private static byte[] padding(int length) {
        return new byte[-(4 + length) & (ALIGNMENT - 1)];
    }

    private static ByteBuffer words(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
