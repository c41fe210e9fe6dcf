// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import dev.pharos.mtp.RetryBackoff;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.usp.EndpointId;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/// Which WebSocket server a client keeps reached, and how.
///
/// @param uri `ws://` or `wss://`, a host, optionally a port, the path, and query pairs that stay (R-WS.1)
/// @param own our Endpoint ID, told in the query (R-WS.10b)
/// @param tls used for `wss` only; [TlsSettings#trustingTheRuntime()] where empty
/// @param offerEidExtension whether the `bbf-usp-protocol` extension is offered too, which Controllers older
///     than USP 1.3 wait for (R-WS.10a, deprecated)
/// @param proxy through which the server is reached
public record WebSocketClientConfig(
        URI uri,
        EndpointId own,
        Optional<TlsSettings> tls,
        RetryBackoff backoff,
        ConnectionLimits limits,
        boolean offerEidExtension,
        Optional<HttpProxy> proxy) {

    public WebSocketClientConfig {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("ws") && !scheme.equals("wss")) {
            throw new IllegalArgumentException("a WebSocket URI starts with ws:// or wss://: " + uri);
        }
        if (uri.getHost() == null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "a WebSocket URI names a host and has neither user nor fragment: " + uri);
        }
    }

    public static WebSocketClientConfig to(URI uri, EndpointId own) {
        return new WebSocketClientConfig(
                uri, own, Optional.empty(), RetryBackoff.DEFAULT, ConnectionLimits.DEFAULT, false, Optional.empty());
    }

    public WebSocketClientConfig withTls(TlsSettings settings) {
        return new WebSocketClientConfig(uri, own, Optional.of(settings), backoff, limits, offerEidExtension, proxy);
    }

    public WebSocketClientConfig withBackoff(RetryBackoff wait) {
        return new WebSocketClientConfig(uri, own, tls, wait, limits, offerEidExtension, proxy);
    }

    public WebSocketClientConfig withLimits(ConnectionLimits bounds) {
        return new WebSocketClientConfig(uri, own, tls, backoff, bounds, offerEidExtension, proxy);
    }

    public WebSocketClientConfig withEidExtension() {
        return new WebSocketClientConfig(uri, own, tls, backoff, limits, true, proxy);
    }

    public WebSocketClientConfig through(HttpProxy tunnel) {
        return new WebSocketClientConfig(uri, own, tls, backoff, limits, offerEidExtension, Optional.of(tunnel));
    }

    boolean secure() {
        return uri.getScheme().equalsIgnoreCase("wss");
    }

    int port() {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return secure() ? 443 : 80;
    }

    /// An IPv6 address stands in brackets in a URI and without them everywhere else.
    String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
