// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Stands between devices and a listener of the server on this host, hands on what passes, and counts it.
interface Tap extends AutoCloseable {
    Tally tally();

    /// Where devices find it: `127.0.0.1:PORT`, or a path.
    String place();

    @Override
    void close();

    /// Before a port of this host.
    static Tap before(int port) throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        return new Streams(new InetSocketAddress(here, 0), new InetSocketAddress(here, port), Optional.empty());
    }

    /// Before a UNIX socket.
    ///
    /// @param own its own path, at which nothing is
    static Tap before(Path socket, Path own) throws IOException {
        return new Streams(UnixDomainSocketAddress.of(own), UnixDomainSocketAddress.of(socket), Optional.of(own));
    }

    /// Of TCP and UNIX sockets.
    final class Streams implements Tap {
        private static final int CHUNK = 65_536;

        private final Tally tally = new Tally();
        private final ServerSocketChannel listener;
        private final SocketAddress target;
        private final Optional<Path> file;
        private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

        private Streams(SocketAddress own, SocketAddress target, Optional<Path> file) throws IOException {
            this.listener = ServerSocketChannel.open(family(own));
            this.target = target;
            this.file = file;
            listener.bind(own);
            Thread.ofVirtual().start(this::accept);
        }

        private static StandardProtocolFamily family(SocketAddress of) {
            return of instanceof UnixDomainSocketAddress ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET;
        }

        @Override
        public Tally tally() {
            return tally;
        }

        @Override
        public String place() {
            try {
                return listener.getLocalAddress() instanceof InetSocketAddress at
                        ? "127.0.0.1:" + at.getPort()
                        : String.valueOf(file.orElseThrow());
            } catch (IOException closed) {
                throw new UncheckedIOException(closed);
            }
        }

        private void accept() {
            while (listener.isOpen()) {
                try {
                    SocketChannel device = listener.accept();
                    SocketChannel server = SocketChannel.open(family(target));
                    server.connect(target);
                    if (file.isEmpty()) {
                        device.setOption(StandardSocketOptions.TCP_NODELAY, true);
                        server.setOption(StandardSocketOptions.TCP_NODELAY, true);
                    }
                    open.add(device);
                    open.add(server);
                    tally.countConnection();
                    Thread.ofVirtual().start(() -> hand(device, server, Tally.Way.UP));
                    Thread.ofVirtual().start(() -> hand(server, device, Tally.Way.DOWN));
                } catch (IOException refused) {
                    if (listener.isOpen()) {
                        System.err.println("wire: " + refused.getMessage());
                    }
                }
            }
        }

        private void hand(SocketChannel from, SocketChannel to, Tally.Way way) {
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
            try (from;
                    to) {
                for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
                    tally.count(way, read);
                    chunk.flip();
                    while (chunk.hasRemaining()) {
                        to.write(chunk);
                    }
                    chunk.clear();
                }
            } catch (IOException ended) {
                // the other side has closed both
            } finally {
                open.remove(from);
                open.remove(to);
            }
        }

        @Override
        public void close() {
            try {
                listener.close();
                for (SocketChannel socket : open) {
                    socket.close();
                }
                if (file.isPresent()) {
                    Files.deleteIfExists(file.get());
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
