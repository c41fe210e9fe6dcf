// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Makes the TLS context of a broker session from PEM files. A file that cannot be used stops the start and is
/// named.
final class TlsFiles {
    private TlsFiles() {}

    static SslContext load(StompTls settings) throws IOException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .endpointIdentificationAlgorithm("HTTPS")
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2");
        if (settings.certificateChain().isPresent()) {
            Path chain = readable(settings.certificateChain().get());
            Path key = readable(settings.privateKey().orElseThrow());
            try {
                builder.keyManager(chain.toFile(), key.toFile());
            } catch (IllegalArgumentException unusable) {
                throw new IOException("cannot use the certificate " + chain + " with the key " + key, unusable);
            }
        }
        if (settings.trusted().isPresent()) {
            Path file = readable(settings.trusted().get());
            try {
                builder.trustManager(file.toFile());
            } catch (IllegalArgumentException unusable) {
                throw new IOException("cannot read trusted certificates from " + file, unusable);
            }
        }
        return builder.build();
    }

    private static Path readable(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("cannot read " + file);
        }
        return file;
    }
}
