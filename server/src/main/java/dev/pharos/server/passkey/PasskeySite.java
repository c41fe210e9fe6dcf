// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.passkey;

import java.net.URI;
import java.util.Optional;

/// The one site that passkeys of this server belong to (WebAuthn, sections 5.1.2 and 13.4.9). Browsers give them to a
/// name over HTTPS, and to `localhost`; never to an address.
///
/// @param rpId the name of the host
/// @param origin where the page is: scheme, name, and the port where it is not the usual one
/// @param chosen whether somebody named it; otherwise it is `localhost`
public record PasskeySite(String rpId, String origin, boolean chosen) {
    private static final String LOCAL = "localhost";

    /// @param publicUrl what the operator says that the page is at, if anything
    /// @param local where it is for browsers of this host: `http://localhost:8080`
    public static PasskeySite of(Optional<URI> publicUrl, URI local) {
        return publicUrl
                .filter(PasskeySite::mayHavePasskeys)
                .map(url -> new PasskeySite(url.getHost(), origin(url), true))
                .orElseGet(() -> new PasskeySite(LOCAL, origin(local), false));
    }

    private static boolean mayHavePasskeys(URI url) {
        String host = url.getHost();
        return LOCAL.equals(host) || ("https".equals(url.getScheme()) && !isAddress(host));
    }

    /// Of IPv4, or IPv6 in its brackets.
    private static boolean isAddress(String host) {
        return host.startsWith("[") || host.matches("[0-9.]+");
    }

    private static String origin(URI url) {
        boolean usual = url.getPort() == ("https".equals(url.getScheme()) ? 443 : 80) || url.getPort() < 0;
        return url.getScheme() + "://" + url.getHost() + (usual ? "" : ":" + url.getPort());
    }

    /// Why passkeys cannot be used in a page at this origin, as a sentence; empty where they can.
    ///
    /// @param pages what its browser says, scheme, host and port
    public Optional<String> refusal(String pages) {
        if (pages.equals(origin)) {
            return Optional.empty();
        }
        String there = isAddress(hostOf(pages))
                ? "Browsers give passkeys to names, not to addresses, and this page is open at " + pages + "."
                : "This page is open at " + pages + ", and the passkeys of this server belong to another place.";
        return Optional.of(there + " Open it at " + origin
                + (chosen ? "." : ", or start the server with --public-url https://NAME, as people open it."));
    }

    private static String hostOf(String pages) {
        try {
            String host = URI.create(pages).getHost();
            return host == null ? "" : host;
        } catch (IllegalArgumentException odd) {
            return "";
        }
    }
}
