// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import java.io.Serial;
import javax.net.ssl.SSLException;

/// Ends a connection before its TLS handshake, since too many are under way. The text is a sentence about the peer.
final class CrowdedException extends SSLException {
    @Serial
    private static final long serialVersionUID = 1;

    CrowdedException(String reason) {
        super(reason);
    }

    /// Made for each of a crowd: where it happened says nothing.
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
