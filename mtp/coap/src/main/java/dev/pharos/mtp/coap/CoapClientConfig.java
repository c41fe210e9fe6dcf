// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import dev.pharos.mtp.RetryBackoff;
import dev.pharos.usp.MalformedInputException;
import java.util.Locale;

/// Which peer's resource a client keeps reached over CoAP. The peer answers at a resource of ours with the path
/// `/usp`, on the socket from which we send.
///
/// @param uri `coap://` or `coaps://`, a host, optionally a port, and the path of the peer's resource
public record CoapClientConfig(String uri, RetryBackoff backoff, CoapTerms terms) {
    /// @throws IllegalArgumentException saying what is wrong with the URI, or that it asks for certificates that are
    ///     not there
    public CoapClientConfig {
        CoapUri parsed = parse(uri);
        if (parsed.secure() != terms.secure()) {
            throw new IllegalArgumentException(
                    parsed.secure()
                            ? "coaps needs a certificate of our own: each end of DTLS shows one"
                            : "certificates are for coaps only: " + uri);
        }
    }

    public static CoapClientConfig to(String uri, CoapTerms terms) {
        return new CoapClientConfig(uri, RetryBackoff.DEFAULT, terms);
    }

    public CoapClientConfig withBackoff(RetryBackoff wait) {
        return new CoapClientConfig(uri, wait, terms);
    }

    CoapUri parsed() {
        return parse(uri);
    }

    private static CoapUri parse(String uri) {
        try {
            CoapUri parsed = CoapUri.parse(uri);
            return new CoapUri(parsed.secure(), parsed.host().toLowerCase(Locale.ROOT), parsed.port(), parsed.path());
        } catch (MalformedInputException malformed) {
            throw new IllegalArgumentException(
                    "no address of a CoAP resource: " + malformed.detail() + ": " + uri, malformed);
        }
    }
}
