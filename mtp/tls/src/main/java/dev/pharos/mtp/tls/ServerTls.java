// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;

/// The TLS of a listener. Its files are looked at every second for as long as it is open, and what has changed
/// counts from the next handshake on: then no session from before can be resumed either. A connection that stands
/// ends when a certificate of its peer is revoked or expires. Handshakes beyond a number at once are turned away
/// before they cost anything. Thread-safe.
public final class ServerTls implements AutoCloseable {
    private final Reloaded<Prepared> files;
    private final Thread watch;
    private final CrowdGate gate;
    private final Duration place;
    private final StandingConnections standing = new StandingConnections();
    private int looks;

    private record Prepared(SslContext context, Optional<PeerTrust> trust) {}

    private ServerTls(Reloaded<Prepared> files, CrowdGate gate, Duration place) {
        this.files = files;
        this.gate = gate;
        this.place = place;
        this.watch = Thread.ofVirtual().name("tls-files").start(() -> files.watch(Limits.FILE_CHECK, this::looked));
    }

    /// Connections that stand are looked at when something has changed, and now and then for what only time
    /// changes.
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
        CrowdGate gate = new CrowdGate("TLS handshakes", Limits.HANDSHAKES_AT_ONCE, Limits.HANDSHAKES_FROM_ONE);
        return open(settings, clock, gate, Limits.HANDSHAKE_PLACE);
    }

    /// @param place for how long a handshake counts that does not end: its peer has had its answer and says
    /// nothing
    ///     more, which costs no work
    static ServerTls open(TlsSettings settings, InstantSource clock, CrowdGate gate, Duration place)
            throws IOException {
        if (settings.certificateChain().isEmpty()) {
            throw new IllegalArgumentException("a TLS server needs a certificate");
        }
        return new ServerTls(new Reloaded<>(settings.files(), () -> prepare(settings, clock)), gate, place);
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

    /// For one accepted connection, first in its pipeline, which hears of what fails: of each handshake, and of
    /// those that were turned away in a crowd once a second.
    public SslHandler handler(ByteBufAllocator allocator) {
        return prepared(new GatedSslHandler(engine(allocator), gate, place));
    }

    /// The same, where nobody in the pipeline listens.
    ///
    /// @param failed hears of what fails, on the connection's thread
    public SslHandler handler(ByteBufAllocator allocator, Consumer<Throwable> failed) {
        GatedSslHandler handler = new GatedSslHandler(engine(allocator), gate, place);
        handler.tell(failed);
        return prepared(handler);
    }

    private SSLEngine engine(ByteBufAllocator allocator) {
        return files.current().context().newEngine(allocator);
    }

    private SslHandler prepared(SslHandler handler) {
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
