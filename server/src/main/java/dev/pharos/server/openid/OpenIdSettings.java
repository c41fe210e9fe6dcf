// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.openid;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// By which provider people sign in, and what they may do then.
///
/// @param id what tells it from other providers here, and stands in its addresses; empty where it is the
///     only one
/// @param issuer of OpenID Connect Discovery 1.0: HTTPS, or this host
/// @param label what the page calls the provider
/// @param page where browsers reach the page; empty for where the server itself thinks that it is
/// @param trusted a PEM file with who signs the provider's certificate; empty for whom the runtime trusts
public record OpenIdSettings(
        String id,
        URI issuer,
        String label,
        Client client,
        Claims claims,
        People people,
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

    /// Who may come.
    ///
    /// @param newcomers whether somebody may who was not let in here before
    /// @param suffix what stands behind their names here, so that two providers may both have an anna
    public record People(boolean newcomers, String suffix) {
        public static final People ALL = new People(true, "");
    }

    /// Whether what people may do follows from what the provider says of them; else it is said here.
    public boolean saysRoles() {
        return !rules.rules().isEmpty() || rules.others().isPresent();
    }

    /// Where in the page's address space its sign-in is.
    String path() {
        return id.isEmpty() ? OpenIdSignIn.PATH : OpenIdSignIn.PATH + "/" + id;
    }
}
