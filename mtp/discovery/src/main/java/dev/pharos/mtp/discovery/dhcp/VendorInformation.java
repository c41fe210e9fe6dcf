// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dhcp;

import dev.pharos.mtp.discovery.Limits;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What vendors put into DHCPv4 option 125 (RFC 3925) or DHCPv6 option 17 (RFC 8415): sub-options, by the
/// number of the enterprise that defines them. Where a sub-option comes twice, the first one counts.
///
/// @param enterprises sub-options by enterprise number, by code
public record VendorInformation(Map<Long, Map<Integer, Bytes>> enterprises) {
    /// The Broadband Forum's enterprise number.
    public static final long BROADBAND_FORUM = 3561;

    public VendorInformation {
        Map<Long, Map<Integer, Bytes>> copy = new TreeMap<>();
        enterprises.forEach((number, options) -> copy.put(number, Collections.unmodifiableMap(new TreeMap<>(options))));
        enterprises = Collections.unmodifiableMap(copy);
    }

    /// Sub-options of the Broadband Forum and of nobody else.
    public static VendorInformation ofBroadbandForum(Map<Integer, Bytes> subOptions) {
        return new VendorInformation(Map.of(BROADBAND_FORUM, subOptions));
    }

    /// The sub-options of the Broadband Forum.
    public Map<Integer, Bytes> broadbandForum() {
        return enterprises.getOrDefault(BROADBAND_FORUM, Map.of());
    }

    /// What the options of a message or lease say; empty where they have no such option.
    ///
    /// @throws MalformedInputException where it is cut off
    public static Optional<VendorInformation> in(DhcpOptions options) throws MalformedInputException {
        int code = options.version().vendorInformation();
        if (options.of(code).isEmpty()) {
            return Optional.empty();
        }
        Map<Long, Map<Integer, Bytes>> enterprises = new TreeMap<>();
        for (Bytes instance : options.of(code)) {
            ByteReader reader = new ByteReader(instance, "option " + code);
            switch (options.version()) {
                case V4 -> {
                    while (!reader.atEnd()) {
                        long enterprise = reader.number(4);
                        Bytes block = reader.bytes((int) reader.number(1));
                        subOptions(enterprises, enterprise, options.version(), block);
                    }
                }
                case V6 -> {
                    long enterprise = reader.number(4);
                    subOptions(enterprises, enterprise, options.version(), reader.bytes(reader.remaining()));
                }
            }
        }
        return Optional.of(new VendorInformation(enterprises));
    }

    private static void subOptions(
            Map<Long, Map<Integer, Bytes>> enterprises, long enterprise, DhcpVersion version, Bytes block)
            throws MalformedInputException {
        ByteReader reader =
                new ByteReader(block, "option " + version.vendorInformation() + " of enterprise " + enterprise);
        Map<Integer, Bytes> options = enterprises.computeIfAbsent(enterprise, _ -> new TreeMap<>());
        if (enterprises.size() > Limits.ENTERPRISES) {
            throw reader.wrong("comes after those of " + Limits.ENTERPRISES + " others, which is the limit");
        }
        while (!reader.atEnd()) {
            int code = (int) reader.number(version.fieldSize());
            options.putIfAbsent(code, reader.bytes((int) reader.number(version.fieldSize())));
            if (options.size() > Limits.SUB_OPTIONS) {
                throw reader.wrong("has more than " + Limits.SUB_OPTIONS + " sub-options");
            }
        }
    }

    /// The options with this information in them.
    ///
    /// @throws IllegalArgumentException where a value or, in DHCPv4, the block of an enterprise is too long
    public DhcpOptions addTo(DhcpOptions options) {
        DhcpOptions with = options;
        for (Map.Entry<Long, Map<Integer, Bytes>> enterprise : enterprises.entrySet()) {
            with = with.with(
                    options.version().vendorInformation(),
                    block(options.version(), enterprise.getKey(), enterprise.getValue()));
        }
        return with;
    }

    private static Bytes block(DhcpVersion version, long enterprise, Map<Integer, Bytes> options) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        options.forEach((code, value) -> {
            within(value.size(), version.longestValue(), "sub-option " + code);
            DhcpOptions.number(inner, code, version.fieldSize());
            DhcpOptions.number(inner, value.size(), version.fieldSize());
            inner.writeBytes(value.toByteArray());
        });
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DhcpOptions.number(out, enterprise, 4);
        within(inner.size(), version.longestValue(), "what enterprise " + enterprise + " says");
        if (version == DhcpVersion.V4) {
            DhcpOptions.number(out, inner.size(), 1);
        }
        out.writeBytes(inner.toByteArray());
        return Bytes.adopt(out.toByteArray());
    }

    private static void within(int size, int limit, String what) {
        if (size > limit) {
            throw new IllegalArgumentException(what + " is longer than " + limit + " bytes: " + size);
        }
    }
}
