// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import dev.pharos.mtp.tls.TlsSettings;
import java.util.Optional;

/// What both roles have in common.
///
/// @param tls for `coaps`: our certificate, which each end of DTLS shows (R-COAP.16 of USP 1.2), and whom to trust
public record CoapTerms(
        RecordReader reader, Optional<TlsSettings> tls, ConnectionLimits limits, Transmission transmission) {

    public static CoapTerms with(RecordReader reader) {
        return new CoapTerms(reader, Optional.empty(), ConnectionLimits.DEFAULT, Transmission.DEFAULT);
    }

    /// @throws IllegalArgumentException where there is no certificate of our own among them
    public CoapTerms withTls(TlsSettings settings) {
        if (settings.certificateChain().isEmpty()) {
            throw new IllegalArgumentException("coaps needs a certificate of our own: each end of DTLS shows one");
        }
        return new CoapTerms(reader, Optional.of(settings), limits, transmission);
    }

    public CoapTerms withLimits(ConnectionLimits bounds) {
        return new CoapTerms(reader, tls, bounds, transmission);
    }

    public CoapTerms withTransmission(Transmission parameters) {
        return new CoapTerms(reader, tls, limits, parameters);
    }

    boolean secure() {
        return tls.isPresent();
    }
}
