// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import java.util.Locale;
import java.util.Optional;

/// With what a device of TR-069 has to show who it is.
public enum ProofWanted {
    /// Its login, where it has one, or a certificate that names it; nothing where it has never shown either.
    EITHER,
    /// A certificate that names it, whatever login it shows besides.
    CERTIFICATE,
    /// A certificate that names it, and its login.
    BOTH;

    /// As it is said by people and stored.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ProofWanted> of(String text) {
        for (ProofWanted each : values()) {
            if (each.text().equals(text)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
