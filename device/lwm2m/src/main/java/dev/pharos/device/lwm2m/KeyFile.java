// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.lwm2m;

import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// Pre-shared keys of things, one line each: the thing's endpoint name, the identity that it shows in DTLS, and the key
/// in hexadecimal digits, with blanks between. Lines that begin with `#` and empty ones say nothing.
public final class KeyFile {
    private KeyFile() {}

    /// A key.
    ///
    /// @param endpoint the only name under which whoever has the key may register
    /// @param secret 16 to 64 bytes
    public record Key(String endpoint, String identity, Bytes secret) {
        @Override
        public String toString() {
            return "key of " + endpoint;
        }
    }

    /// @throws IOException where the file cannot be read, others than its owner may read it, or a line is wrong; the
    /// text
    ///     names the line and never the key
    public static List<Key> read(Path file) throws IOException {
        if (Files.getFileAttributeView(file, java.nio.file.attribute.PosixFileAttributeView.class) != null
                && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
            throw new IOException("everybody on this host may read " + file + "; chmod 600 it");
        }
        List<Key> keys = new ArrayList<>();
        Set<String> endpoints = new HashSet<>();
        Set<String> identities = new HashSet<>();
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Key key = key(line, file + " line " + (i + 1));
            if (!endpoints.add(key.endpoint()) || !identities.add(key.identity())) {
                throw new IOException(file + " line " + (i + 1) + ": the name or the identity is there already");
            }
            if (keys.size() == Limits.KEYS) {
                throw new IOException(file + ": more than " + Limits.KEYS + " keys");
            }
            keys.add(key);
        }
        return List.copyOf(keys);
    }

    private static Key key(String line, String place) throws IOException {
        String[] parts = line.split("\\s+");
        if (parts.length != 3) {
            throw new IOException(place + ": not NAME IDENTITY KEY");
        }
        byte[] secret;
        try {
            secret = HexFormat.of().parseHex(parts[2]);
        } catch (IllegalArgumentException notHex) {
            throw new IOException(place + ": the key is not in hexadecimal digits");
        }
        if (secret.length < Limits.KEY_BYTES || secret.length > Limits.KEY_BYTES_MOST) {
            throw new IOException(
                    place + ": a key has " + Limits.KEY_BYTES + " to " + Limits.KEY_BYTES_MOST + " bytes");
        }
        return new Key(parts[0], parts[1], Bytes.adopt(secret));
    }
}
