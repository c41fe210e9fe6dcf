// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.usp.EndpointId;
import java.util.Optional;

/// Where and how a WebSocket server listens.
///
/// @param host the name or address to bind, such as `127.0.0.1` or `0.0.0.0`
/// @param port 0 for any free one
/// @param path the resource that is this Endpoint (R-WS.2), with its leading slash
/// @param own our Endpoint ID
/// @param tls `wss` where present
public record WebSocketServerConfig(
        String host,
        int port,
        String path,
        EndpointId own,
        Optional<TlsSettings> tls,
        PeerAdmission admission,
        ConnectionLimits limits) {
    public static final String DEFAULT_PATH = "/usp";

    public WebSocketServerConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535: " + port);
        }
        if (!path.startsWith("/") || path.contains("?") || path.contains("#")) {
            throw new IllegalArgumentException("path must start with / and hold no ? or #: " + path);
        }
        if (tls.isPresent() && tls.get().certificateChain().isEmpty()) {
            throw new IllegalArgumentException("a TLS server needs a certificate");
        }
    }

    /// A plain server at `/usp` that lets everyone in.
    public static WebSocketServerConfig at(String host, int port, EndpointId own) {
        return new WebSocketServerConfig(
                host, port, DEFAULT_PATH, own, Optional.empty(), PeerAdmission.EVERYONE, ConnectionLimits.DEFAULT);
    }

    public WebSocketServerConfig withPath(String newPath) {
        return new WebSocketServerConfig(host, port, newPath, own, tls, admission, limits);
    }

    public WebSocketServerConfig withTls(TlsSettings settings) {
        return new WebSocketServerConfig(host, port, path, own, Optional.of(settings), admission, limits);
    }

    public WebSocketServerConfig withAdmission(PeerAdmission door) {
        return new WebSocketServerConfig(host, port, path, own, tls, door, limits);
    }

    public WebSocketServerConfig withLimits(ConnectionLimits bounds) {
        return new WebSocketServerConfig(host, port, path, own, tls, admission, bounds);
    }
}
