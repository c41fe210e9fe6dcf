// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.SimpleTrustManagerFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
    private final StandingConnections standing = new StandingConnections();

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
        standing.add(handler);
        handler.handshakeFuture().addListener(done -> {
            if (done.isSuccess() && done.getNow() instanceof Channel channel) {
                reviewWhileOpen(channel);
            }
        });
        return handler;
    }

    private void reviewWhileOpen(Channel channel) {
        Future<?> review = channel.eventLoop()
                .scheduleWithFixedDelay(
                        () -> Thread.ofVirtual().name("tls-review").start(this::review),
                        Limits.REVIEW.toMillis(),
                        Limits.REVIEW.toMillis(),
                        TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> review.cancel(false));
    }

    /// Ends connections that stand where a certificate of the server does not hold any more; done every minute while
    /// there is one. May wait for the disk.
    void review() {
        refresh();
        standing.review(files.current().trust());
    }

    /// Whether certificates that a server has shown do not hold any more, for a library that makes its own handler.
    /// May wait for the disk.
    ///
    /// @return why, in a sentence about the server
    public Optional<String> ended(List<X509Certificate> chain) {
        refresh();
        return chain.isEmpty() ? Optional.empty() : files.current().trust().ended(chain);
    }

    /// Our own certificate, for a library that makes its own handler.
    public Optional<KeyManagerFactory> keys() {
        return files.current().keys();
    }

    /// Judges the server's certificate, for a library that makes its own handler. Host names are compared where
    /// the engine asks for it.
    ///
    /// @param good is given each chain that was found good, on the thread of the handshake
    public TrustManagerFactory trust(Consumer<List<X509Certificate>> good) {
        TrustManager judge = new WitnessedTrust(files.current().trust(), good);
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
