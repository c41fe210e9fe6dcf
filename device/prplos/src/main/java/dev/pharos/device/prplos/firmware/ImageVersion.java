// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.firmware;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What OpenWrt calls a version: its distribution and release, such as `OpenWrt 24.10.2`, and the revision where
/// that is all that tells builds apart. The running system says it over ubus, and an image in what `fwtool`
/// appended to it: from its end on, parts of data and a trailer of 16 bytes, of which the one of kind 1 is JSON
/// behind a head of 8 bytes.
///
/// @param text at most 64 characters
record ImageVersion(String text) {
    private static final int MAGIC = 0x46577830;
    private static final int TRAILER = 16;
    private static final int HEAD = 8;
    private static final byte INFORMATION = 1;
    private static final String NO_RELEASE = "SNAPSHOT";

    /// The object `version` has texts alone.
    private static final Pattern VERSION = Pattern.compile("\"version\"\\s*:\\s*\\{([^{}]*)\\}");

    static ImageVersion of(String distribution, String release, String revision) {
        String text = (distribution + " " + release + (release.equals(NO_RELEASE) ? " " + revision : "")).strip();
        return new ImageVersion(text.length() <= Limits.NAME ? text : text.substring(0, Limits.NAME));
    }

    /// Of a file; empty where nothing says it there.
    static Optional<ImageVersion> of(Path image) throws IOException {
        try (FileChannel file = FileChannel.open(image, StandardOpenOption.READ)) {
            long end = file.size();
            for (int part = 0; part < Limits.PARTS && end >= TRAILER; part++) {
                ByteBuffer trailer = read(file, end - TRAILER, TRAILER);
                if (trailer.getInt(0) != MAGIC) {
                    return Optional.empty();
                }
                long size = Integer.toUnsignedLong(trailer.getInt(12));
                if (size < TRAILER || size > Math.min(end, Limits.APPENDED)) {
                    return Optional.empty();
                }
                if (trailer.get(8) == INFORMATION && size >= TRAILER + HEAD) {
                    int length = (int) size - TRAILER - HEAD;
                    byte[] json = read(file, end - TRAILER - length, length).array();
                    return within(new String(json, StandardCharsets.UTF_8));
                }
                end -= size;
            }
            return Optional.empty();
        }
    }

    private static ByteBuffer read(FileChannel file, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, from + bytes.position()) < 0) {
                throw new IOException("the image became shorter while it was read");
            }
        }
        return bytes;
    }

    private static Optional<ImageVersion> within(String json) {
        Matcher version = VERSION.matcher(json);
        return version.find()
                ? Optional.of(version.group(1))
                        .map(words -> of(word(words, "dist"), word(words, "version"), word(words, "revision")))
                        .filter(found -> !found.text().isEmpty())
                : Optional.empty();
    }

    private static String word(String words, String name) {
        Matcher found =
                Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"\\\\]*)\"").matcher(words);
        return found.find() ? found.group(1) : "";
    }
}
