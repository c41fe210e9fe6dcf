// SPDX-License-Identifier: Apache-2.0
package dev.pharos.pki;

import dev.pharos.usp.EndpointId;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.util.IPAddress;

/// Whom a certificate belongs to, as one of its subject alternative names (R-SEC.0a).
public sealed interface SubjectName {
    /// Before the Endpoint ID, in a URI.
    String URN = "urn:bbf:usp:id:";

    /// @param id an Endpoint ID, or one whose end is `*`, for a certificate that Agents share (R-SEC.11)
    record Endpoint(String id) implements SubjectName {
        @Override
        public GeneralName encoded() {
            return new GeneralName(GeneralName.uniformResourceIdentifier, URN + id);
        }
    }

    record Host(String name) implements SubjectName {
        @Override
        public GeneralName encoded() {
            return new GeneralName(GeneralName.dNSName, name);
        }
    }

    record Address(String address) implements SubjectName {
        @Override
        public GeneralName encoded() {
            return new GeneralName(GeneralName.iPAddress, address);
        }
    }

    GeneralName encoded();

    static SubjectName of(EndpointId id) {
        return new Endpoint(id.toString());
    }

    /// Reads a host name, `*.example.com` included, or an IP address as it is typed.
    ///
    /// @throws IllegalArgumentException where it is neither
    static SubjectName host(String text) {
        if (text.indexOf(':') >= 0 || text.matches("[0-9.]+")) {
            if (!IPAddress.isValid(text)) {
                throw new IllegalArgumentException("not an IP address: " + text);
            }
            return new Address(text);
        }
        if (text.length() > 253
                || !text.matches("(\\*\\.)?[A-Za-z0-9][A-Za-z0-9-]*+(\\.[A-Za-z0-9][A-Za-z0-9-]*+)*+")) {
            throw new IllegalArgumentException("neither a host name nor an IP address: " + text);
        }
        return new Host(text);
    }
}
