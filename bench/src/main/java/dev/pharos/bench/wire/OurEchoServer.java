// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.wire;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.mtp.websocket.WebSocketServerConfig;
import dev.pharos.mtp.websocket.WebSocketServerMtp;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Our WebSocket MTP, giving every Record back, or an answer that is made of it at once.
final class OurEchoServer implements AutoCloseable {
    private final WebSocketServerMtp server;

    OurEchoServer() throws IOException {
        this(Optional.empty());
    }

    OurEchoServer(Optional<TlsSettings> tls) throws IOException {
        this(tls, UnaryOperator.identity());
    }

    /// @param answer made of a Record that came
    OurEchoServer(Optional<TlsSettings> tls, UnaryOperator<Bytes> answer) throws IOException {
        WebSocketServerConfig plain = WebSocketServerConfig.at("127.0.0.1", 0, EndpointId.of("self::bench"));
        server = new WebSocketServerMtp(tls.map(plain::withTls).orElse(plain));
        server.start(new MtpReceiver() {
            @Override
            public void connected(MtpConnection connection) {}

            @Override
            public void received(MtpConnection connection, Bytes record) {
                try {
                    connection.send(answer.apply(record));
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
            }

            @Override
            public void disconnected(MtpConnection connection, String reason) {}

            @Override
            public void refused(PeerIdentity peer, String reason) {
                System.err.println("refused: " + reason);
            }
        });
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
