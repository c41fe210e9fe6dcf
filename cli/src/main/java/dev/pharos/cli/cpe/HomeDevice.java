// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A device at home that has told the DHCP server who it is (TR-069 Annex F), as the hook of the package writes it
/// down:
/// a file called as the address that it has, with a line each for its hardware address, the OUI of its manufacturer,
/// its
/// serial number and its product class, which may be empty.
///
/// @param mac in lower case
record HomeDevice(String mac, Identity identity) {
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
    private static final Pattern OUI = Pattern.compile("[0-9A-F]{6}");
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}\\uFFFD]{0,64}");

    /// Who it is: what tells it from all others.
    ///
    /// @param oui six digits
    /// @param serialNumber 1 to 64 characters
    /// @param productClass 0 to 64
    record Identity(String oui, String serialNumber, String productClass) {}

    /// Those of a folder, in the order of their addresses as text, [Limits#HOME_DEVICES] at most. What is no such file,
    /// or says what cannot be, is left out: devices say of themselves what they like.
    ///
    /// @throws IOException where the folder cannot be read
    static List<HomeDevice> in(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> each = Files.newDirectoryStream(folder)) {
            for (Path file : each) {
                if (files.size() < Limits.HOME_DEVICES
                        && ADDRESS.matcher(file.getFileName().toString()).matches()) {
                    files.add(file);
                }
            }
        }
        return files.stream()
                .sorted(Comparator.comparing(Path::toString))
                .flatMap(file -> read(file).stream())
                .toList();
    }

    /// Nothing where it is gone meanwhile.
    private static Optional<HomeDevice> read(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(Limits.HOME_DEVICE_BYTES + 1);
            return bytes.length > Limits.HOME_DEVICE_BYTES
                    ? Optional.empty()
                    : parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    static Optional<HomeDevice> parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != 5 || !lines[4].isEmpty()) {
            return Optional.empty();
        }
        String mac = lines[0].toLowerCase(Locale.ROOT);
        String oui = lines[1].toUpperCase(Locale.ROOT);
        String serial = lines[2];
        String product = lines[3];
        return MAC.matcher(mac).matches()
                        && OUI.matcher(oui).matches()
                        && !serial.isEmpty()
                        && NAME.matcher(serial).matches()
                        && NAME.matcher(product).matches()
                ? Optional.of(new HomeDevice(mac, new Identity(oui, serial, product)))
                : Optional.empty();
    }
}
