// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.SimpleTrustManagerFactory;
import java.io.IOException;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// The TLS of a client. Its files are looked at before each attempt, see [#refresh()]. Sessions are resumed
/// for as long as nothing has changed. Thread-safe.
public final class ClientTls {
    /// The versions that we speak, the better one first (R-MQTT.48).
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private final Reloaded<Prepared> files;

    private record Prepared(SslContext context, PeerTrust trust, Optional<KeyManagerFactory> keys) {}

    private ClientTls(Reloaded<Prepared> files) {
        this.files = files;
    }

    /// @throws IOException naming the file that cannot be used
    public static ClientTls open(TlsSettings settings) throws IOException {
        return open(settings, InstantSource.system());
    }

    static ClientTls open(TlsSettings settings, InstantSource clock) throws IOException {
        return new ClientTls(new Reloaded<>(settings.files(), () -> prepare(settings, clock)));
    }

    private static Prepared prepare(TlsSettings settings, InstantSource clock) throws IOException {
        PeerTrust trust = ServerTls.trust(settings, clock);
        SslContextBuilder builder = SslContextBuilder.forClient()
                .trustManager(trust)
                .endpointIdentificationAlgorithm("HTTPS")
                .protocols(PROTOCOLS)
                .sessionTimeout(Limits.SESSION_LIFE.toSeconds());
        Optional<KeyManagerFactory> keys = Optional.empty();
        if (settings.certificateChain().isPresent()) {
            keys = Optional.of(KeyPairFiles.read(
                            settings.certificateChain().get(),
                            settings.privateKey().orElseThrow())
                    .keyManagers());
            builder.keyManager(keys.get());
        }
        return new Prepared(builder.build(), trust, keys);
    }

    /// Reads the files anew where they have changed. May wait for the disk, so not on an event loop.
    public void refresh() {
        files.refresh();
    }

    /// For one connection, first in its pipeline.
    ///
    /// @param host as it was dialled, without brackets
    public SslHandler handler(ByteBufAllocator allocator, String host, int port) {
        SslHandler handler = files.current().context().newHandler(allocator, host, port);
        handler.setHandshakeTimeoutMillis(Limits.HANDSHAKE_TIME.toMillis());
        return handler;
    }

    /// Our own certificate, for a library that makes its own handler.
    public Optional<KeyManagerFactory> keys() {
        return files.current().keys();
    }

    /// Judges the server's certificate, for a library that makes its own handler. Host names are compared where
    /// the engine asks for it.
    public TrustManagerFactory trust() {
        PeerTrust judge = files.current().trust();
        return new SimpleTrustManagerFactory("Pharos") {
            @Override
            protected void engineInit(KeyStore ignored) {}

            @Override
            protected void engineInit(ManagerFactoryParameters ignored) {}

            @Override
            protected TrustManager[] engineGetTrustManagers() {
                return new TrustManager[] {judge};
            }
        };
    }
}
