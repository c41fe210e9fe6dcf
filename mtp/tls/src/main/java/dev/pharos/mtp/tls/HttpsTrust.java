// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// Whom a client of HTTPS trusts, and what it shows, for an HTTP library that makes its own connections and compares
/// names itself: by the same files as the transports, but without their exceptions, since a web server is known by
/// its name and nothing else.
public final class HttpsTrust {
    private HttpsTrust() {}

    /// Reads the files.
    ///
    /// @throws IOException naming the file that cannot be used
    public static SSLContext read(TlsSettings settings) throws IOException {
        return context(settings, null);
    }

    /// Reads the files; a server that asks for it is shown our certificate, where there is one.
    ///
    /// @throws IOException naming the file that cannot be used
    public static SSLContext withCertificate(TlsSettings settings) throws IOException {
        Path chain = settings.certificateChain().orElse(null);
        Path key = settings.privateKey().orElse(null);
        return chain == null || key == null
                ? read(settings)
                : context(settings, KeyPairFiles.read(chain, key).keyManagers().getKeyManagers());
    }

    private static SSLContext context(TlsSettings settings, KeyManager @Nullable [] keys) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {TrustAnchors.read(settings).judge(Optional.empty())}, null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IOException("the trusted certificates cannot be used: " + unusable.getMessage(), unusable);
        }
    }
}
