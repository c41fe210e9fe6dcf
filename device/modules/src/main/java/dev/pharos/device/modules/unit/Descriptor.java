// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What an OCI image says of one of its parts: how large it is, and its hash, which is its name too.
///
/// @param mediaType may be empty
/// @param digest algorithm and hash, `sha256:…`
record Descriptor(String mediaType, String digest, long size, Map<String, String> annotations) {
    private static final Pattern DIGEST = Pattern.compile("(sha256):([0-9a-f]{64})|(sha512):([0-9a-f]{128})");

    static Descriptor of(JsonNode node, String what) throws UnitFormatException {
        String digest = node.path("digest").asString("");
        JsonNode size = node.path("size");
        if (!DIGEST.matcher(digest).matches()) {
            throw new UnitFormatException(what + ": no digest of sha256 or sha512: " + Archive.shown(digest));
        }
        if (!size.isIntegralNumber() || !size.canConvertToLong() || size.asLong() < 0) {
            throw new UnitFormatException(what + ": no size");
        }
        return new Descriptor(
                node.path("mediaType").asString(""), digest, size.asLong(), ImageJson.texts(node.path("annotations")));
    }

    /// Reads it whole, as it says that it is.
    ///
    /// @param layout folder that the image is in
    byte[] document(Path layout, String what) throws IOException, UnitFormatException {
        if (size > Limits.DOCUMENT) {
            throw new UnitFormatException(what + ": more than " + Limits.DOCUMENT + " bytes");
        }
        try (Checked in = open(layout, what)) {
            byte[] bytes = in.readNBytes((int) size + 1);
            in.mustBeWhole();
            return bytes;
        }
    }

    /// Opens it; whoever has read all of it asks whether it was what it says that it is.
    Checked open(Path layout, String what) throws IOException, UnitFormatException {
        Matcher matcher = DIGEST.matcher(digest);
        if (!matcher.matches()) {
            throw new IllegalStateException(digest);
        }
        String algorithm = matcher.group(1) == null ? matcher.group(3) : matcher.group(1);
        String hash = matcher.group(2) == null ? matcher.group(4) : matcher.group(2);
        Path file = layout.resolve("blobs").resolve(algorithm).resolve(hash);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new UnitFormatException(what + ": it is not in the archive: " + digest);
        }
        if (Files.size(file) != size) {
            throw new UnitFormatException(what + ": it has " + Files.size(file) + " bytes, and should have " + size);
        }
        return new Checked(Files.newInputStream(file), hasher(digest), digest, what);
    }

    /// @param digest with an algorithm that is known here
    static MessageDigest hasher(String digest) {
        try {
            return MessageDigest.getInstance(digest.startsWith("sha512:") ? "SHA-512" : "SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has it", missing);
        }
    }

    static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    /// Bytes that are hashed while they are read.
    static final class Checked extends FilterInputStream {
        private final MessageDigest hasher;
        private final String digest;
        private final String what;

        /// @param digest that they should have
        /// @param what they are, for messages
        Checked(InputStream in, MessageDigest hasher, String digest, String what) {
            super(new DigestInputStream(in, hasher));
            this.hasher = hasher;
            this.digest = digest;
            this.what = what;
        }

        /// Reads them, since what is passed over unread would not be hashed.
        @Override
        public long skip(long count) throws IOException {
            return Math.max(0, read(new byte[Math.clamp(count, 0, Limits.BUFFER)]));
        }

        /// Reads what is left, up to a bound, and looks whether all were the ones that they should be.
        void mustBeWhole() throws UnitFormatException {
            byte[] buffer = new byte[Limits.BUFFER];
            long left = Limits.FILLING;
            try {
                for (int read = read(buffer); read >= 0 && left >= 0; read = read(buffer)) {
                    left -= read;
                }
            } catch (IOException broken) {
                throw Archive.broken(broken);
            }
            if (left < 0) {
                throw new UnitFormatException(what + ": it goes on after its end");
            }
            String found = digest.substring(0, digest.indexOf(':') + 1)
                    + HexFormat.of().formatHex(hasher.digest()).toLowerCase(Locale.ROOT);
            if (!found.equals(digest)) {
                throw new UnitFormatException(what + ": its digest is " + found + ", and should be " + digest);
            }
        }
    }
}
