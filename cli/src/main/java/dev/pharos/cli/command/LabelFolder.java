// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.agent.trust.FactoryChallenge;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Function;

/// A folder with the labels of devices, a file each that only its owner may read, and the ledger of all that were
/// ever drawn there: the SHA-256 of each, a line, so that none is given out twice (R-SEC.14).
final class LabelFolder {
    private static final String LEDGER = "ledger";
    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path folder;
    private final Set<String> drawn;
    private final SecureRandom chance = new SecureRandom();

    private LabelFolder(Path folder, Set<String> drawn) {
        this.folder = folder;
        this.drawn = drawn;
    }

    /// @param made whether it was drawn now, else it was there before
    record Entry(Path file, boolean made) {}

    static LabelFolder open(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, OWNERS_FOLDER);
        }
        Path ledger = folder.resolve(LEDGER);
        if (!Files.exists(ledger)) {
            Files.createFile(ledger, OWNERS_FILE);
        }
        return new LabelFolder(folder, new HashSet<>(Files.readAllLines(ledger, StandardCharsets.US_ASCII)));
    }

    /// The label of a device, drawn where it has none.
    ///
    /// @param draw from where labels come by chance
    Entry draw(EndpointId device, Function<SecureRandom, FactoryChallenge> draw) throws IOException {
        Path file = folder.resolve(device.toString().replaceAll("[^A-Za-z0-9._-]", "_") + ".label");
        if (Files.exists(file)) {
            return new Entry(file, false);
        }
        FactoryChallenge label = draw.apply(chance);
        while (!drawn.add(hash(label))) {
            label = draw.apply(chance);
        }
        // Into the ledger first: after a crash between both, a label is lost, and none is given out twice.
        Files.writeString(
                folder.resolve(LEDGER), hash(label) + "\n", StandardOpenOption.APPEND, StandardOpenOption.SYNC);
        Files.createFile(file, OWNERS_FILE);
        Files.writeString(file, label.passphrase() + "\n");
        return new Entry(file, true);
    }

    private static String hash(FactoryChallenge label) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(label.passphrase().getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
