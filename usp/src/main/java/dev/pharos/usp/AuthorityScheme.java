// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp;

import java.util.Locale;
import java.util.Optional;

/// The authority schemes that TR-369 lists for Endpoint IDs (R-ARC.2a). Any other scheme is carried as text
/// by [EndpointId].
public enum AuthorityScheme {
    OUI,
    CID,
    PEN,
    SELF,
    USER,
    OS,
    OPS,
    UUID,
    IMEI,
    PROTO,
    DOC,
    FQDN;

    /// The scheme as it stands in an Endpoint ID, in lower case.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The listed scheme of this text (case-sensitive, as Endpoint IDs are), or empty when TR-369 does not
    /// list it.
    public static Optional<AuthorityScheme> of(String text) {
        for (AuthorityScheme scheme : values()) {
            if (scheme.text().equals(text)) {
                return Optional.of(scheme);
            }
        }
        return Optional.empty();
    }
}
