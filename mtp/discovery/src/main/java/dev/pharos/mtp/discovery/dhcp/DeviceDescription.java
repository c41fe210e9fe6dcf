// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dhcp;

import dev.pharos.mtp.discovery.Limits;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which device somebody is, as a device and its gateway tell each other by DHCP (R-DIS.2a, R-DIS.2b): the
/// sub-options of the Broadband Forum 1 to 3 (DHCPv6: 11 to 13) from a client and 4 to 6 (14 to 16) from a
/// server. A field that was not said is empty.
public record DeviceDescription(String manufacturerOui, String serialNumber, String productClass) {
    private static final int DEVICE = 1;
    private static final int GATEWAY = 4;
    private static final int V6_OFFSET = 10;

    /// What a client says of itself in its requests (R-DIS.2a).
    public VendorInformation asClient(DhcpVersion version) {
        return write(first(version, DEVICE));
    }

    /// What a gateway answers to such a request (R-DIS.2b); empty where the client said nothing of itself.
    ///
    /// @throws MalformedInputException where the request cannot be read
    public Optional<VendorInformation> answerTo(DhcpOptions request) throws MalformedInputException {
        return ofClient(request).isPresent() ? Optional.of(write(first(request.version(), GATEWAY))) : Optional.empty();
    }

    /// The client that sent this request.
    public static Optional<DeviceDescription> ofClient(DhcpOptions request) throws MalformedInputException {
        return read(request, first(request.version(), DEVICE));
    }

    /// The gateway that gave this answer or lease (R-DIS.2c).
    public static Optional<DeviceDescription> ofGateway(DhcpOptions answer) throws MalformedInputException {
        return read(answer, first(answer.version(), GATEWAY));
    }

    private static int first(DhcpVersion version, int code) {
        return switch (version) {
            case V4 -> code;
            case V6 -> code + V6_OFFSET;
        };
    }

    private VendorInformation write(int first) {
        Map<Integer, Bytes> said = new TreeMap<>();
        said.put(first, Bytes.ofUtf8(manufacturerOui));
        said.put(first + 1, Bytes.ofUtf8(serialNumber));
        said.put(first + 2, Bytes.ofUtf8(productClass));
        return VendorInformation.ofBroadbandForum(said);
    }

    private static Optional<DeviceDescription> read(DhcpOptions options, int first) throws MalformedInputException {
        Map<Integer, Bytes> said = VendorInformation.in(options)
                .map(VendorInformation::broadbandForum)
                .orElse(Map.of());
        if (!said.containsKey(first) && !said.containsKey(first + 1) && !said.containsKey(first + 2)) {
            return Optional.empty();
        }
        return Optional.of(new DeviceDescription(text(said, first), text(said, first + 1), text(said, first + 2)));
    }

    private static String text(Map<Integer, Bytes> said, int code) throws MalformedInputException {
        return OptionText.of(said, code, Limits.PROVISIONING_CODE_CHARACTERS).orElse("");
    }
}
