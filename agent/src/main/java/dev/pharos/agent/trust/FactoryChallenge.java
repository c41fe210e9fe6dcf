// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.trust;

import dev.pharos.agent.config.DeviceIdentity;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// The passphrase that one device leaves its factory with, printed on its label: whoever can read that proves it by
/// a challenge (R-SEC.13). It is drawn by chance for this device alone, and has nothing to do with what the device
/// says of itself (R-SEC.14, R-SEC.15).
///
/// @param passphrase `XXXX-XXXX-XXXX-XXXX`, of 80 random bits; never a word, a serial number or a default
public record FactoryChallenge(String passphrase) {
    /// Without those that look alike.
    private static final String CHARACTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final int GROUPS = 4;
    private static final int GROUP = 4;
    private static final String FORM = "([2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}";
    /// As many characters in a row are shared with what the device reveals by chance once in 30 million.
    private static final int TELLING = 6;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    public FactoryChallenge {
        if (!passphrase.matches(FORM)) {
            throw new IllegalArgumentException("a factory passphrase is four groups of four of the characters "
                    + CHARACTERS + ", drawn by chance");
        }
    }

    /// A new one.
    public static FactoryChallenge draw(SecureRandom chance) {
        StringBuilder text = new StringBuilder();
        for (int group = 0; group < GROUPS; group++) {
            text.append(group == 0 ? "" : "-");
            for (int index = 0; index < GROUP; index++) {
                text.append(CHARACTERS.charAt(chance.nextInt(CHARACTERS.length())));
            }
        }
        return new FactoryChallenge(text.toString());
    }

    /// Reads the file that the device's maker has put there, one line.
    ///
    /// @throws IOException saying what is wrong: others can read the file, it holds no passphrase of this form, or
    ///     one that can be guessed from what the device says of itself
    public static FactoryChallenge read(Path file, EndpointId agent, DeviceIdentity device) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")
                && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
            throw new IOException(file + " can be read or written by others than its owner: chmod 600");
        }
        FactoryChallenge read;
        try {
            read = new FactoryChallenge(
                    Files.readString(file, StandardCharsets.US_ASCII).strip());
        } catch (IllegalArgumentException notOne) {
            throw new IOException(file + ": " + notOne.getMessage(), notOne);
        }
        if (read.isTold(agent, device)) {
            throw new IOException(file + ": the passphrase repeats what the device says of itself");
        }
        return read;
    }

    /// Whether a telling part of it, read either way, is in what the agent communicates about itself.
    private boolean isTold(EndpointId agent, DeviceIdentity device) {
        String bare = passphrase.replace("-", "");
        String told = plain(agent + " " + device.oui() + device.serialNumber() + " " + device.productClass());
        String reversed = new StringBuilder(told).reverse().toString();
        return Stream.iterate(0, start -> start + 1)
                .limit(bare.length() - TELLING + 1)
                .map(start -> bare.substring(start, start + TELLING))
                .anyMatch(part -> told.contains(part) || reversed.contains(part));
    }

    private static String plain(String text) {
        return text.toUpperCase(Locale.ROOT).replaceAll("[^0-9A-Z]", "");
    }

    /// Without it.
    @Override
    public String toString() {
        return "FactoryChallenge[…]";
    }
}
