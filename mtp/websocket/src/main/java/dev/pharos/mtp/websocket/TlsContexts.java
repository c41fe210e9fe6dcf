// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Makes TLS contexts from files. A file that is missing or unreadable stops the start and is named.
final class TlsContexts {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private TlsContexts() {}

    static SslContext server(TlsSettings settings) throws IOException {
        Path chain = readable(settings.certificateChain().orElseThrow());
        Path key = readable(settings.privateKey().orElseThrow());
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(chain.toFile(), key.toFile());
            // Without a file of trusted certificates clients are asked only where they must show one: the runtime's own
            // trust would
            // let in every certificate that anyone can buy, but refuse a device's own.
            boolean asked = settings.trusted().isPresent() || settings.peerCertificateRequired();
            ClientAuth auth = settings.peerCertificateRequired()
                    ? ClientAuth.REQUIRE
                    : asked ? ClientAuth.OPTIONAL : ClientAuth.NONE;
            return finish(builder.clientAuth(auth), settings.trusted());
        } catch (IllegalArgumentException unusable) {
            throw new IOException("cannot use the certificate " + chain + " with the key " + key, unusable);
        }
    }

    static SslContext client(TlsSettings settings) throws IOException {
        SslContextBuilder builder = SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS");
        if (settings.certificateChain().isPresent()) {
            Path chain = readable(settings.certificateChain().get());
            Path key = readable(settings.privateKey().orElseThrow());
            try {
                builder.keyManager(chain.toFile(), key.toFile());
            } catch (IllegalArgumentException unusable) {
                throw new IOException("cannot use the certificate " + chain + " with the key " + key, unusable);
            }
        }
        return finish(builder, settings.trusted());
    }

    private static SslContext finish(SslContextBuilder builder, Optional<Path> trusted) throws IOException {
        if (trusted.isPresent()) {
            Path file = readable(trusted.get());
            try {
                builder.trustManager(file.toFile());
            } catch (IllegalArgumentException unusable) {
                throw new IOException("cannot read trusted certificates from " + file, unusable);
            }
        }
        return builder.sslProvider(SslProvider.JDK).protocols(PROTOCOLS).build();
    }

    private static Path readable(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("cannot read " + file);
        }
        return file;
    }
}
