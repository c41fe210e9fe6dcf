// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dhcp;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a DHCP client says that it is: DHCPv4 option 124 or DHCPv6 option 16, data by enterprise number. A
/// client that looks for a USP Controller says `usp` under the number of the Broadband Forum (R-DIS.1).
public record VendorClass(Map<Long, List<Bytes>> enterprises) {
    /// What asks for a USP Controller; lower case.
    public static final String USP = "usp";

    /// What a client says that looks for a USP Controller.
    public static final VendorClass ASKS_FOR_CONTROLLER =
            new VendorClass(Map.of(VendorInformation.BROADBAND_FORUM, List.of(Bytes.ofUtf8(USP))));

    public VendorClass {
        Map<Long, List<Bytes>> copy = new TreeMap<>();
        enterprises.forEach((number, data) -> copy.put(number, List.copyOf(data)));
        enterprises = Collections.unmodifiableMap(copy);
    }

    /// Whether a USP Controller is asked for.
    public boolean asksForController() {
        return enterprises.getOrDefault(VendorInformation.BROADBAND_FORUM, List.of()).stream()
                .anyMatch(data -> new String(data.toByteArray(), StandardCharsets.ISO_8859_1).contains(USP));
    }

    /// What the options of a message say, without any enterprise where they have no such option.
    ///
    /// @throws MalformedInputException where it is cut off
    public static VendorClass in(DhcpOptions options) throws MalformedInputException {
        int code = options.version().vendorClass();
        Map<Long, List<Bytes>> enterprises = new TreeMap<>();
        for (Bytes instance : options.of(code)) {
            ByteReader reader = new ByteReader(instance, "option " + code);
            switch (options.version()) {
                case V4 -> {
                    while (!reader.atEnd()) {
                        enterprises
                                .computeIfAbsent(reader.number(4), _ -> new ArrayList<>())
                                .add(reader.bytes((int) reader.number(1)));
                    }
                }
                case V6 -> {
                    List<Bytes> data = enterprises.computeIfAbsent(reader.number(4), _ -> new ArrayList<>());
                    while (!reader.atEnd()) {
                        data.add(reader.bytes((int) reader.number(2)));
                    }
                }
            }
        }
        return new VendorClass(enterprises);
    }

    /// The options with this class in them.
    public DhcpOptions addTo(DhcpOptions options) {
        DhcpVersion version = options.version();
        DhcpOptions with = options;
        for (Map.Entry<Long, List<Bytes>> enterprise : enterprises.entrySet()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            if (version == DhcpVersion.V6) {
                DhcpOptions.number(out, enterprise.getKey(), 4);
            }
            for (Bytes data : enterprise.getValue()) {
                if (version == DhcpVersion.V4) {
                    DhcpOptions.number(out, enterprise.getKey(), 4);
                }
                if (data.size() > version.longestValue()) {
                    throw new IllegalArgumentException("a vendor class is too long: " + data.size());
                }
                DhcpOptions.number(out, data.size(), version.fieldSize());
                out.writeBytes(data.toByteArray());
            }
            with = with.with(version.vendorClass(), Bytes.adopt(out.toByteArray()));
        }
        return with;
    }
}
