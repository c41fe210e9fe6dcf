// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dhcp;

import dev.pharos.mtp.discovery.Limits;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What DHCPv4 option 43 says about a TR-069 ACS: sub-options 1 (URL) and 2 (provisioning code), or, as many
/// servers are set up, the bare URL. USP does not use this option; who migrates wants to see it.
public record AcsOption(String url, Optional<String> provisioningCode) {
    private static final int CODE = 43;

    /// What the options say; empty without option 43, or where it holds what another vendor put there.
    public static Optional<AcsOption> in(DhcpOptions options) {
        if (options.version() != DhcpVersion.V4 || options.of(CODE).isEmpty()) {
            return Optional.empty();
        }
        Bytes content = options.of(CODE).getFirst();
        try {
            Optional<String> bare = url(Map.of(CODE, readable(content)), CODE);
            return bare.isPresent() ? bare.map(url -> new AcsOption(url, Optional.empty())) : inSubOptions(content);
        } catch (MalformedInputException foreign) {
            return Optional.empty();
        }
    }

    private static Optional<AcsOption> inSubOptions(Bytes content) throws MalformedInputException {
        Map<Integer, Bytes> said = new TreeMap<>();
        ByteReader reader = new ByteReader(content, "option 43");
        while (!reader.atEnd()) {
            int code = (int) reader.number(1);
            if (code != 0 && code != 255) {
                said.putIfAbsent(code, reader.bytes((int) reader.number(1)));
            }
        }
        Optional<String> provisioningCode = OptionText.of(said, 2, Limits.PROVISIONING_CODE_CHARACTERS);
        return url(said, 1).map(url -> new AcsOption(url, provisioningCode));
    }

    private static Optional<String> url(Map<Integer, Bytes> said, int code) throws MalformedInputException {
        return OptionText.of(said, code, Limits.ADDRESS_CHARACTERS).filter(text -> text.matches("https?://.*"));
    }

    /// Sub-options begin with a byte that is no text.
    private static Bytes readable(Bytes content) {
        return content.isEmpty() || content.at(0) < ' ' ? Bytes.EMPTY : content;
    }
}
