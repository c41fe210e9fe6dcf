// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Optional;

/// The TLS of a listener. Its files are looked at every second for as long as it is open, and what has changed
/// counts from the next handshake on: then no session from before can be resumed either. A connection that stands ends
/// when a certificate of its peer is revoked or expires. Thread-safe.
public final class ServerTls implements AutoCloseable {
    private final Reloaded<Prepared> files;
    private final Thread watch;
    private final StandingConnections standing = new StandingConnections();
    private int looks;

    private record Prepared(SslContext context, Optional<PeerTrust> trust) {}

    private ServerTls(Reloaded<Prepared> files) {
        this.files = files;
        this.watch = Thread.ofVirtual().name("tls-files").start(() -> files.watch(Limits.FILE_CHECK, this::looked));
    }

    /// Connections that stand are looked at when something has changed, and now and then for what only time changes.
    private void looked(boolean changed) {
        looks++;
        if (changed || looks >= Limits.LOOKS_PER_REVIEW) {
            looks = 0;
            files.current().trust().ifPresent(standing::review);
        }
    }

    /// @throws IOException naming the file that cannot be used
    public static ServerTls open(TlsSettings settings) throws IOException {
        return open(settings, InstantSource.system());
    }

    static ServerTls open(TlsSettings settings, InstantSource clock) throws IOException {
        if (settings.certificateChain().isEmpty()) {
            throw new IllegalArgumentException("a TLS server needs a certificate");
        }
        return new ServerTls(new Reloaded<>(settings.files(), () -> prepare(settings, clock)));
    }

    private static Prepared prepare(TlsSettings settings, InstantSource clock) throws IOException {
        KeyPairFiles own = KeyPairFiles.read(
                settings.certificateChain().orElseThrow(), settings.privateKey().orElseThrow());
        SslContextBuilder builder = SslContextBuilder.forServer(own.key(), own.chain());
        // Without a file of trusted certificates clients are asked only where they must show one: the runtime's own
        // trust would let in every certificate that anyone can buy, but refuse a device's own.
        Optional<PeerTrust> trust = Optional.empty();
        if (settings.trusted().isPresent() || settings.rule().certificateRequired()) {
            trust = Optional.of(trust(settings, clock));
            builder.trustManager(trust.get())
                    .clientAuth(settings.rule().certificateRequired() ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL);
        }
        return new Prepared(
                builder.protocols(ClientTls.PROTOCOLS)
                        .sessionCacheSize(Limits.SESSIONS)
                        .sessionTimeout(Limits.SESSION_LIFE.toSeconds())
                        .build(),
                trust);
    }

    static PeerTrust trust(TlsSettings settings, InstantSource clock) throws IOException {
        try {
            return new PeerTrust(TrustAnchors.read(settings), settings.rule(), clock);
        } catch (GeneralSecurityException unusable) {
            throw new IOException("cannot use the trusted certificates: " + unusable.getMessage(), unusable);
        }
    }

    /// For one accepted connection, first in its pipeline.
    public SslHandler handler(ByteBufAllocator allocator) {
        SslHandler handler = files.current().context().newHandler(allocator);
        handler.setHandshakeTimeoutMillis(Limits.HANDSHAKE_TIME.toMillis());
        standing.add(handler);
        return handler;
    }

    /// Lets the files be.
    @Override
    public void close() {
        watch.interrupt();
    }
}
