// SPDX-License-Identifier: Apache-2.0
package dev.pharos.fleet;

import dev.pharos.mtp.LinkSecurity;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.mtp.websocket.HttpProxy;
import dev.pharos.mtp.websocket.WebSocketClientConfig;
import java.util.Optional;

/// What opens a controller's door: a login, a certificate of our own, whom we trust, and the way through a proxy.
///
/// @param proxy through which WebSocket reaches other hosts
public record Access(Optional<String> username, Optional<String> password, TlsSettings tls, Optional<HttpProxy> proxy) {
    public static final Access NONE =
            new Access(Optional.empty(), Optional.empty(), TlsSettings.trustingTheRuntime(), Optional.empty());

    /// All but the login, which is for one door only.
    public Access withoutLogin() {
        return new Access(Optional.empty(), Optional.empty(), tls, proxy);
    }

    public Access through(HttpProxy tunnel) {
        return new Access(username, password, tls, Optional.of(tunnel));
    }

    /// The same client, through the proxy where there is one; this host is reached without.
    WebSocketClientConfig reaching(String host, WebSocketClientConfig client) {
        return proxy.filter(_ -> !LinkSecurity.isThisHost(host))
                .map(client::through)
                .orElse(client);
    }

    /// Without the password.
    @Override
    public String toString() {
        return "Access[username=" + username.orElse("-") + "]";
    }
}
