// SPDX-License-Identifier: Apache-2.0
package dev.pharos.xmpp;

import dev.pharos.usp.Frozen;
import java.time.Duration;
import java.util.List;

/// With what a client goes to an XMPP server, and where that is.
///
/// @param domain of the account, for which the server's certificate must be
/// @param resource what tells the clients of one account apart
/// @param places where the server may be, the best first; at most 16 are tried
/// @param encrypted whether TLS is demanded; else it is used where the server offers it
/// @param keepAlive between two signs of life; zero for the usual time, negative for none
public record XmppAccount(
        String username,
        String password,
        String domain,
        String resource,
        List<Place> places,
        boolean encrypted,
        Duration keepAlive) {
    /// What a domain calls its servers for clients in DNS (RFC 6120).
    public static final String SERVICE = "_xmpp-client._tcp";

    /// The usual port of clients.
    public static final int PORT = 5222;

    public XmppAccount {
        places = Frozen.list(places);
    }

    /// @param host a name or an address
    public record Place(String host, int port) {}

    /// The same account, at other places.
    public XmppAccount at(List<Place> others) {
        return new XmppAccount(username, password, domain, resource, others, encrypted, keepAlive);
    }

    /// The name of the account.
    public String jid() {
        return username + "@" + domain;
    }

    /// Without the password.
    @Override
    public String toString() {
        return jid() + "/" + resource;
    }
}
