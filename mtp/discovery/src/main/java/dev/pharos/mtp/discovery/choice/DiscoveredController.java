// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.choice;

import dev.pharos.mtp.discovery.ControllerTerms;
import dev.pharos.usp.EndpointId;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A Controller that can be connected to.
///
/// @param endpointId empty where nobody said it
/// @param uri such as `wss://host:port/path`
/// @param addresses of its host, as far as they were looked up
/// @param origin how it was found, in a few words: a lease file, a DNS name
public record DiscoveredController(
        Source source,
        Optional<EndpointId> endpointId,
        URI uri,
        List<InetAddress> addresses,
        ControllerTerms terms,
        String origin) {
    private static final Set<String> ENCRYPTED = Set.of("wss", "mqtts", "stomps", "coaps");

    public DiscoveredController {
        addresses = List.copyOf(addresses);
    }

    /// Whether a connection would be encrypted.
    public boolean isEncrypted() {
        return ENCRYPTED.contains(uri.getScheme().toLowerCase(Locale.ROOT));
    }

    /// Whether it is the same Controller at the same place under the same terms, however it was found.
    public boolean isSameAs(DiscoveredController other) {
        return endpointId.equals(other.endpointId) && uri.equals(other.uri) && terms.equals(other.terms);
    }
}
