// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.integrity;

import java.security.cert.X509Certificate;
import java.util.Optional;

/// The way that a Record takes, as far as our own connection goes: whether it is encrypted, and who is known to be
/// at its other end.
///
/// @param warrant who answers there for the peer's Endpoint ID; never the Record itself
/// @param certificate of the other end, where it showed one
public record Carrier(Way way, Warrant warrant, Optional<X509Certificate> certificate) {
    /// A process of this host, without a broker between.
    public static final Carrier ON_THIS_HOST = new Carrier(Way.ON_THIS_HOST, Warrant.THIS_HOST, Optional.empty());

    /// Somebody in between can read and alter what passes, and nothing shows who is at the other end.
    public static final Carrier OPEN = new Carrier(Way.OPEN, Warrant.NOBODY, Optional.empty());

    /// Where a connection leads.
    public enum Way {
        /// Out of this host, encrypted.
        ENCRYPTED,
        /// Nowhere else, and it is not encrypted.
        ON_THIS_HOST,
        /// Out of this host, for all to read.
        OPEN
    }

    public Carrier {
        if (warrant == Warrant.PAYLOAD_TLS || warrant == Warrant.SIGNATURE) {
            throw new IllegalArgumentException("a connection shows nothing of what is inside a Record: " + warrant);
        }
    }

    /// Whether Records need nothing of their own to show that they are whole and whose they are (R-E2E.28).
    public boolean protectsRecords() {
        return way != Way.OPEN && warrant != Warrant.NOBODY;
    }
}
