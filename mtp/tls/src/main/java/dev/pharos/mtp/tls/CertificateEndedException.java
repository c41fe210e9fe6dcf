// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import java.io.Serial;
import javax.net.ssl.SSLException;

/// Ends a TLS connection that stood: a certificate of its peer does not hold any more. The text is a sentence about
/// the peer.
final class CertificateEndedException extends SSLException {
    @Serial
    private static final long serialVersionUID = 1;

    CertificateEndedException(String reason) {
        super(reason);
    }
}
