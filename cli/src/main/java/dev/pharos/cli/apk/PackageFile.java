// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.apk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;

/// A file of a package.
///
/// @param path where it is now
/// @param mode its twelve bits
/// @param size of what it holds, or of where it leads
/// @param target where it leads; empty where it holds something itself
record PackageFile(Path path, String name, int mode, long size, Optional<String> target) {

    /// @throws IOException where it is neither a plain file nor a link
    static PackageFile of(Path path) throws IOException {
        String name = String.valueOf(path.getFileName());
        if (Files.isSymbolicLink(path)) {
            String target = Files.readSymbolicLink(path).toString();
            return new PackageFile(
                    path, name, 0777, target.getBytes(StandardCharsets.UTF_8).length, Optional.of(target));
        }
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(path + " is neither a file nor a link");
        }
        return new PackageFile(path, name, mode(path), Files.size(path), Optional.empty());
    }

    static int mode(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
    }

    byte[] digest(MessageDigest algorithm) throws IOException {
        try (DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), algorithm)) {
            Files.copy(path, out);
        }
        return algorithm.digest();
    }
}
