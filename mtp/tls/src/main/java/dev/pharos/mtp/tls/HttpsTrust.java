// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// Whom a client of HTTPS trusts, for an HTTP library that makes its own connections and compares names itself: by the
/// same files as the transports, but without their exceptions, since a web server is known by its name and nothing
/// else.
public final class HttpsTrust {
    private HttpsTrust() {}

    /// Reads the files.
    ///
    /// @throws IOException naming the file that cannot be used
    public static SSLContext read(TlsSettings settings) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {TrustAnchors.read(settings).judge(Optional.empty())}, null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IOException("the trusted certificates cannot be used: " + unusable.getMessage(), unusable);
        }
    }
}
