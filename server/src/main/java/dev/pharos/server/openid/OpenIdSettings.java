// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.openid;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// By which provider people sign in, and what they may do then.
///
/// @param issuer of OpenID Connect Discovery 1.0: HTTPS, or this host
/// @param label what the page calls the provider
/// @param page where browsers reach the page; empty for where the server itself thinks that it is
/// @param trusted a PEM file with who signs the provider's certificate; empty for whom the runtime trusts
public record OpenIdSettings(
        URI issuer,
        String label,
        Client client,
        Claims claims,
        GroupRules rules,
        Optional<URI> page,
        Optional<Path> trusted) {

    /// What the provider knows us by.
    ///
    /// @param scopes beside `openid`
    public record Client(String id, String secret, List<String> scopes) {
        public Client {
            scopes = List.copyOf(scopes);
        }

        @Override
        public String toString() {
            return "Client[" + id + "]";
        }
    }

    /// Where in the claims it stands what somebody is called, and in which groups they are; a name, or names with dots
    /// between them for what is nested.
    public record Claims(String name, String groups) {}
}
