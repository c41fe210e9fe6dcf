// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dns;

import dev.pharos.mtp.discovery.UspService;
import dev.pharos.usp.EndpointId;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/// One endpoint that offers one USP service, as DNS-SD describes it.
///
/// @param text what its TXT record says
/// @param priority the lower, the sooner (RFC 2782)
/// @param weight among equal priorities, the higher, the sooner
public record ServiceInstance(
        UspService service, EndpointId endpointId, Location location, Text text, int priority, int weight) {

    /// @param host without the last dot
    public record Location(String host, int port, List<InetAddress> addresses) {
        public Location {
            addresses = List.copyOf(addresses);
        }
    }

    /// @param path the resource, topic or destination (R-DIS.9, R-DIS.11)
    /// @param name what people call the agent (R-DIS.9)
    /// @param encrypted whether it demands encryption (R-DIS.11a)
    public record Text(Optional<String> path, Optional<String> name, boolean encrypted) {}

    /// Its address, such as `wss://host:port/path`.
    ///
    /// @throws URISyntaxException where the host that DNS names cannot stand in an address
    public URI uri() throws URISyntaxException {
        String path = text.path().map(service::addressPath).orElse("");
        return new URI(service.scheme(text.encrypted()), null, location.host(), location.port(), path, null, null);
    }
}
