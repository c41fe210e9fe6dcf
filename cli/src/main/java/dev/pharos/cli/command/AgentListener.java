// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.WrongUsageException;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.discovery.dns.MulticastAnnouncer;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.mtp.websocket.WebSocketServerConfig;
import dev.pharos.mtp.websocket.WebSocketServerMtp;
import dev.pharos.usp.EndpointId;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Where an agent lets its controllers dial it (R-WS.6): over TLS with certificates of both sides, or on this host
/// only, since a controller has to prove who it is.
record AgentListener(InetAddress address, WebSocketServerConfig config) {
    /// Stands for every network of this host.
    static final InetAddress ANYWHERE = InetAddress.ofLiteral("0.0.0.0");

    private static final int TLS_PORT = 443;
    private static final int PLAIN_PORT = 80;

    /// @param tls where there are a certificate, a key and whom to trust
    /// @throws WrongUsageException saying what is wrong and what is allowed
    static AgentListener of(String url, EndpointId own, Optional<TlsSettings> tls) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException malformed) {
            throw wrong(url);
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("wss");
        if (uri.getHost() == null || !(secure || scheme.equals("ws"))) {
            throw wrong(url);
        }
        String host = uri.getHost().replaceAll("^\\[|\\]$", "");
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new WrongUsageException("--listen: no such address on this host: " + host);
        }
        if (!secure && !address.isLoopbackAddress()) {
            throw new WrongUsageException("--listen " + url
                    + " can be reached by others: use wss:// with --cert, --key and --ca, so that controllers can prove who"
                    + " they are");
        }
        if (secure && tls.isEmpty()) {
            throw new WrongUsageException("--listen wss:// needs --cert, --key and --ca");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? TLS_PORT : PLAIN_PORT;
        String path =
                uri.getPath() == null || uri.getPath().isEmpty() ? WebSocketServerConfig.DEFAULT_PATH : uri.getPath();
        WebSocketServerConfig config = WebSocketServerConfig.at(host, port, own).withPath(path);
        return new AgentListener(address, secure ? config.withTls(tls.orElseThrow()) : config);
    }

    private static WrongUsageException wrong(String url) {
        return new WrongUsageException(
                "--listen must be wss://ADDRESS:PORT/PATH, or ws:// on a loopback address: " + url);
    }

    /// A transport that listens there, not yet started.
    Mtp transport() {
        return new WebSocketServerMtp(config);
    }

    /// Where others find it.
    List<InetAddress> reachableAt() throws SocketException {
        return MulticastAnnouncer.reachable(address.isLoopbackAddress() ? ANYWHERE : address);
    }
}
