// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;

/// The JDK's TLS, as a client, on a channel that blocks: its own sockets know no UNIX domain. For one thread.
public final class ChannelTls {
    private final SSLEngine engine;
    private final SocketChannel channel;
    private final ByteBuffer incoming;
    private final ByteBuffer outgoing;
    private final ByteBuffer clear;

    private ChannelTls(SSLEngine engine, SocketChannel channel) {
        this.engine = engine;
        this.channel = channel;
        int packet = engine.getSession().getPacketBufferSize();
        this.incoming = ByteBuffer.allocate(packet).flip();
        this.outgoing = ByteBuffer.allocate(packet);
        this.clear = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize())
                .flip();
    }

    /// Shakes hands.
    ///
    /// @param versions that are offered, such as `TLSv1.3`; those of the runtime where none is named
    /// @throws IOException where the other side ends it, or speaks something else
    public static ChannelTls over(SocketChannel channel, SSLContext context, String... versions) throws IOException {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        if (versions.length > 0) {
            engine.setEnabledProtocols(versions);
        }
        ChannelTls tls = new ChannelTls(engine, channel);
        engine.beginHandshake();
        tls.shakeHands();
        return tls;
    }

    /// What is spoken now, such as `TLSv1.3`.
    public String version() {
        return engine.getSession().getProtocol();
    }

    private void shakeHands() throws IOException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_WRAP -> wrap(ByteBuffer.allocate(0));
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!unwrap()) {
                        throw new IOException("ended in the handshake");
                    }
                }
                case NEED_TASK -> engine.getDelegatedTask().run();
                case FINISHED, NOT_HANDSHAKING -> {
                    return;
                }
            }
        }
    }

    public void write(byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            wrap(left);
        }
    }

    private void wrap(ByteBuffer plain) throws IOException {
        engine.wrap(plain, outgoing.clear());
        outgoing.flip();
        while (outgoing.hasRemaining()) {
            channel.write(outgoing);
        }
    }

    /// The next byte; -1 at the end.
    public int read() throws IOException {
        while (!clear.hasRemaining()) {
            if (!unwrap()) {
                return -1;
            }
            if (engine.getHandshakeStatus() != SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING) {
                shakeHands();
            }
        }
        return clear.get() & 0xff;
    }

    /// @return false where nothing more comes
    private boolean unwrap() throws IOException {
        clear.compact();
        Status status = engine.unwrap(incoming, clear).getStatus();
        clear.flip();
        if (status != Status.BUFFER_UNDERFLOW) {
            return status != Status.CLOSED;
        }
        int read = channel.read(incoming.compact());
        incoming.flip();
        return read >= 0;
    }
}
