// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.openid;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// By which providers people sign in here, in the order in which the page shows them; by none where it is
/// empty.
public record OpenIdDoor(List<OpenIdSignIn> all) {
    public OpenIdDoor {
        all = List.copyOf(all);
    }

    /// @param id empty for the one that is the only one
    public Optional<OpenIdSignIn> byId(String id) {
        return all.stream().filter(signIn -> signIn.id().equals(id)).findFirst();
    }

    /// The one that vouches for whoever comes from this issuer.
    public Optional<OpenIdSignIn> byIssuer(String issuer) {
        return all.stream()
                .filter(signIn -> signIn.issuer().toString().equals(issuer))
                .findFirst();
    }

    /// What a browser brought that one of them has sealed.
    public Optional<String> unseal(String sealed) {
        return all.stream()
                .map(signIn -> signIn.unseal(sealed))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// Where browsers find the page, unless the operator has said so.
    public void servedAt(URI url) {
        all.forEach(signIn -> signIn.servedAt(url));
    }
}
