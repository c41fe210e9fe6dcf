// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dhcp;

import dev.pharos.mtp.discovery.Limits;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import java.io.IOException;
import java.io.InputStream;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where the DHCP clients of a host keep their leases.
///
/// @param root what the folders below are in: `/`, or somewhere else in tests and containers
/// @param named files to read instead of the usual ones, where there are any
public record HostLeases(Path root, List<Path> named) {
    private static final Pattern NETWORK_MANAGER = Pattern.compile("internal-[0-9a-fA-F-]{36}-(.+)\\.lease");

    public static final HostLeases OF_THIS_HOST = new HostLeases(Path.of("/"), List.of());

    public HostLeases {
        named = List.copyOf(named);
    }

    /// How a file is written.
    private enum Format {
        DHCLIENT,
        KEY_VALUE,
        PACKET_V4,
        PACKET_V6
    }

    /// Which files of a folder are whose.
    private record Place(String client, String folder, Pattern files, Format format) {}

    private static final List<Place> PLACES = List.of(
            place("dhclient", "var/lib/dhcp", ".*\\.leases?", Format.DHCLIENT),
            place("dhclient", "var/lib/dhclient", ".*\\.leases?", Format.DHCLIENT),
            place("NetworkManager with dhclient", "var/lib/NetworkManager", "dhclient.*\\.lease", Format.DHCLIENT),
            place("NetworkManager", "var/lib/NetworkManager", "internal-.*\\.lease", Format.KEY_VALUE),
            place("systemd-networkd", "run/systemd/netif/leases", "[0-9]+", Format.KEY_VALUE),
            place("dhcpcd", "var/lib/dhcpcd", ".*\\.lease", Format.PACKET_V4),
            place("dhcpcd", "var/lib/dhcpcd", ".*\\.lease6", Format.PACKET_V6),
            place("a hook of udhcpc or odhcp6c", "var/run/pharos/dhcp", ".*\\.env", Format.KEY_VALUE));

    private static Place place(String client, String folder, String files, Format format) {
        return new Place(client, folder, Pattern.compile(files), format);
    }

    /// Reads all of them.
    public LeaseScan scan() {
        List<Lease> leases = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<Found> files = new ArrayList<>();
        if (named.isEmpty()) {
            PLACES.forEach(place -> files.addAll(list(place, notes)));
            if (files.isEmpty()) {
                notes.add(
                        "no DHCP client's lease is known on this host (looked for those of dhclient, systemd-networkd,"
                                + " NetworkManager and dhcpcd, and into " + root.resolve("var/run/pharos/dhcp") + ")");
            }
        } else {
            named.forEach(file -> files.add(new Found(file, format(file))));
        }
        files.stream()
                .limit(Limits.LEASE_FILES)
                .sorted(Comparator.comparing((Found found) -> written(found.file()))
                        .reversed())
                .forEach(found -> read(found, leases, notes));
        return new LeaseScan(leases, notes);
    }

    private record Found(Path file, Format format) {}

    private List<Found> list(Place place, List<String> notes) {
        Path folder = root.resolve(place.folder());
        List<Found> found = new ArrayList<>();
        if (!Files.exists(folder)) { // most hosts have one of these clients
            return found;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                folder, entry -> place.files().matcher(name(entry)).matches())) {
            for (Path entry : entries) {
                if (found.size() < Limits.LEASE_FILES) {
                    found.add(new Found(entry, place.format()));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        } catch (IOException unreadable) {
            notes.add("the leases of " + place.client() + " cannot be read: " + unreadable.getMessage());
        }
        return found;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static Format format(Path file) {
        String name = name(file);
        if (name.endsWith(".lease6")) {
            return Format.PACKET_V6;
        }
        if (name.endsWith(".leases")) {
            return Format.DHCLIENT;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(4096), StandardCharsets.ISO_8859_1);
            if (start.length() >= 240 && start.startsWith("c\u0082Sc", 236)) {
                return Format.PACKET_V4;
            }
            return start.contains("{") ? Format.DHCLIENT : Format.KEY_VALUE;
        } catch (IOException unreadable) {
            // reading it says why
            return Format.DHCLIENT;
        }
    }

    private static Instant written(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException gone) {
            return Instant.EPOCH;
        }
    }

    private static void read(Found found, List<Lease> leases, List<String> notes) {
        Path file = found.file();
        try {
            if (Files.size(file) > Limits.LEASE_FILE_BYTES) {
                notes.add(file + " is larger than " + Limits.LEASE_FILE_BYTES + " bytes and was not read");
                return;
            }
            byte[] content = Files.readAllBytes(file);
            String text = new String(content, StandardCharsets.UTF_8);
            switch (found.format()) {
                case DHCLIENT -> leases.addAll(DhclientLeases.parse(file.toString(), text));
                case KEY_VALUE ->
                    leases.add(KeyValueLease.parse(file.toString(), text, interfaceOf(name(file)), written(file)));
                case PACKET_V4 -> leases.add(packet(file, DhcpVersion.V4, content));
                case PACKET_V6 -> leases.add(packet(file, DhcpVersion.V6, content));
            }
        } catch (IOException unreadable) {
            notes.add(file + " cannot be read: "
                    + (unreadable instanceof NoSuchFileException ? "there is no such file" : unreadable.getMessage()));
        } catch (MalformedInputException malformed) {
            notes.add(file + ": " + malformed.detail());
        }
    }

    private static Lease packet(Path file, DhcpVersion version, byte[] content) throws MalformedInputException {
        DhcpOptions options = DhcpMessage.parse(version, Bytes.adopt(content)).options();
        Optional<Instant> expires = version == DhcpVersion.V4 && !options.of(51).isEmpty()
                ? Optional.of(
                        written(file).plusSeconds(new ByteReader(options.of(51).getFirst(), "option 51").number(4)))
                : Optional.empty();
        Optional<Bytes> server = options.of(54).stream().findFirst().filter(address -> address.size() == 4);
        return new Lease(
                file.toString(),
                name(file).replaceFirst("\\.lease6?$", ""),
                options,
                version == DhcpVersion.V4
                        ? server.flatMap(a -> LeaseText.address((a.at(0) & 255) + "." + (a.at(1) & 255) + "."
                                + (a.at(2) & 255) + "." + (a.at(3) & 255)))
                        : Optional.empty(),
                expires);
    }

    /// networkd names a file by the number of the interface, NetworkManager by its name at the end.
    private static String interfaceOf(String file) {
        Matcher networkManager = NETWORK_MANAGER.matcher(file);
        if (networkManager.matches()) {
            return networkManager.group(1);
        }
        try {
            NetworkInterface byNumber =
                    file.matches("[0-9]{1,9}") ? NetworkInterface.getByIndex(Integer.parseInt(file)) : null;
            return byNumber == null ? file.replaceFirst("\\.env$", "") : byNumber.getName();
        } catch (SocketException unknown) {
            return file;
        }
    }
}
