// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// An HTTP proxy that a client asks for a tunnel to its server (CONNECT, RFC 9110 section 9.3.6). It is spoken to
/// unencrypted, and so is a login; what passes through the tunnel is as secure as the connection to the server.
///
/// @param login for proxies that ask for one; Basic (RFC 7617)
public record HttpProxy(String host, int port, Optional<Login> login) {

    /// The user's name holds no colon.
    public record Login(String username, String password) {
        /// Without the password.
        @Override
        public String toString() {
            return username;
        }
    }

    /// Reads `http://[USER@]HOST[:3128]`.
    ///
    /// @param password of the user, where there is one
    /// @throws IllegalArgumentException saying what is wrong
    public static HttpProxy parse(String text, Optional<String> password) {
        // Whatever stands before an @ may hold a password.
        String shown = text.substring(text.lastIndexOf('@') + 1);
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException _) {
            throw new IllegalArgumentException("not the address of a proxy: " + shown);
        }
        if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null || !isBare(uri)) {
            throw new IllegalArgumentException("a proxy is http://[USER@]HOST[:PORT], not " + shown);
        }
        Optional<String> user = Optional.ofNullable(uri.getUserInfo());
        if (user.filter(name -> name.contains(":")).isPresent()) {
            throw new IllegalArgumentException("the password of a proxy does not belong into its address");
        }
        if (user.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException("a proxy's user and password come together: " + shown);
        }
        String host = uri.getHost();
        return new HttpProxy(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                uri.getPort() < 0 ? Limits.USUAL_PROXY_PORT : uri.getPort(),
                user.map(name -> new Login(name, password.orElseThrow())));
    }

    private static boolean isBare(URI uri) {
        return uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
    }

    /// `host:port`, for people.
    String address() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
