// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dhcp;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The options of one DHCP message or lease, by code. DHCPv4 writes a long value as several options of the
/// same code, which are one (RFC 3396); in DHCPv6 each instance stands for itself.
public record DhcpOptions(DhcpVersion version, Map<Integer, List<Bytes>> values) {
    private static final int PAD = 0;
    private static final int END = 255;

    public DhcpOptions {
        Map<Integer, List<Bytes>> copy = new TreeMap<>();
        values.forEach((code, instances) -> {
            if (!instances.isEmpty()) {
                copy.put(code, version == DhcpVersion.V4 ? List.of(joined(instances)) : List.copyOf(instances));
            }
        });
        values = Collections.unmodifiableMap(copy);
    }

    public static DhcpOptions none(DhcpVersion version) {
        return new DhcpOptions(version, Map.of());
    }

    /// The instances of an option, none where it was not sent; one at most in DHCPv4.
    public List<Bytes> of(int code) {
        return values.getOrDefault(code, List.of());
    }

    /// These and one instance more.
    public DhcpOptions with(int code, Bytes value) {
        Map<Integer, List<Bytes>> more = new TreeMap<>(values);
        List<Bytes> instances = new ArrayList<>(of(code));
        instances.add(value);
        more.put(code, instances);
        return new DhcpOptions(version, more);
    }

    /// Reads the options of a message.
    ///
    /// @throws MalformedInputException where they are cut off
    public static DhcpOptions parse(DhcpVersion version, Bytes content) throws MalformedInputException {
        ByteReader reader = new ByteReader(content, "the list of options");
        Map<Integer, List<Bytes>> values = new TreeMap<>();
        while (!reader.atEnd()) {
            int code = (int) reader.number(version.fieldSize());
            if (version == DhcpVersion.V4 && code == PAD) {
                continue;
            }
            if (version == DhcpVersion.V4 && code == END) {
                break;
            }
            int length = (int) reader.number(version.fieldSize());
            values.computeIfAbsent(code, _ -> new ArrayList<>()).add(reader.bytes(length));
        }
        return new DhcpOptions(version, values);
    }

    /// The options as a message carries them, without the end mark of DHCPv4.
    ///
    /// @throws IllegalArgumentException where a value is longer than DHCPv6 can carry
    public Bytes format() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        values.forEach((code, instances) -> instances.forEach(value -> format(out, code, value)));
        return Bytes.adopt(out.toByteArray());
    }

    private void format(ByteArrayOutputStream out, int code, Bytes value) {
        int longest = version.longestValue();
        if (version == DhcpVersion.V6 && value.size() > longest) {
            throw new IllegalArgumentException("option " + code + " is too long: " + value.size());
        }
        int from = 0;
        do {
            int to = Math.min(value.size(), from + longest);
            number(out, code, version.fieldSize());
            number(out, to - from, version.fieldSize());
            out.writeBytes(value.slice(from, to).toByteArray());
            from = to;
        } while (from < value.size());
    }

    static void number(ByteArrayOutputStream out, long value, int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift));
        }
    }

    private static Bytes joined(List<Bytes> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        parts.forEach(part -> out.writeBytes(part.toByteArray()));
        return Bytes.adopt(out.toByteArray());
    }
}
