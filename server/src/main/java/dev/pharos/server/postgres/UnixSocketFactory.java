// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.postgres;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.SocketFactory;

/// Gives the PostgreSQL driver UNIX domain sockets. The driver makes it by its class name, with the socket's path as
/// the argument.
public final class UnixSocketFactory extends SocketFactory {
    private final Path path;

    public UnixSocketFactory(String path) {
        this.path = Path.of(path);
    }

    @Override
    public Socket createSocket() {
        return new UnixSocket(path);
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw notTcp();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw notTcp();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw notTcp();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw notTcp();
    }

    private static UnsupportedOperationException notTcp() {
        return new UnsupportedOperationException("a UNIX socket has no host and port");
    }
}
