// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import dev.pharos.mtp.Turnstile;
import dev.pharos.usp.MalformedInputException;
import java.util.List;
import java.util.Optional;

/// Where a Controller listens for Agents over CoAP.
///
/// @param host an address of this host, or the one that stands for all of them
/// @param port 0 for any free one
/// @param path of our resource, beginning with a slash
/// @param turnstile where newcomers are let through, if they come too many at once
public record CoapServerConfig(String host, int port, String path, CoapTerms terms, Optional<Turnstile> turnstile) {
    public static final String DEFAULT_PATH = "/usp";

    public CoapServerConfig {
        List<String> _ = segments(path);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("no port: " + port);
        }
    }

    public static CoapServerConfig at(String host, int port, CoapTerms terms) {
        return new CoapServerConfig(host, port, DEFAULT_PATH, terms, Optional.empty());
    }

    public CoapServerConfig withPath(String resource) {
        return new CoapServerConfig(host, port, resource, terms, turnstile);
    }

    public CoapServerConfig behind(Turnstile shared) {
        return new CoapServerConfig(host, port, path, terms, Optional.of(shared));
    }

    static List<String> segments(String path) {
        try {
            if (path.startsWith("/")) {
                return CoapUri.parse("coap://here" + path).path();
            }
        } catch (MalformedInputException malformed) {
            throw new IllegalArgumentException("no path of a CoAP resource: " + path, malformed);
        }
        throw new IllegalArgumentException("the path of a CoAP resource begins with a slash: " + path);
    }
}
