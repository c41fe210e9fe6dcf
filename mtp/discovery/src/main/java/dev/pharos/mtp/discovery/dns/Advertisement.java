// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dns;

import dev.pharos.mtp.discovery.UspService;
import dev.pharos.usp.EndpointId;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an endpoint tells about a Message Transfer Protocol on which it listens (R-DIS.4).
///
/// @param endpointId the name of the instance (R-DIS.8)
/// @param port on which it listens
/// @param path the resource, topic or destination (R-DIS.9, R-DIS.11)
/// @param friendlyName of an agent: its `Device.DeviceInfo.FriendlyName`, empty where it has none (R-DIS.9,
///     R-DIS.10); a Controller has none
/// @param encrypted whether it demands encryption (R-DIS.11a)
public record Advertisement(
        UspService service,
        EndpointId endpointId,
        int port,
        String path,
        Optional<String> friendlyName,
        boolean encrypted) {

    public Advertisement {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a service that nobody listens for cannot be announced: port " + port);
        }
        if (service.role() == UspService.Role.AGENT && friendlyName.isEmpty()) {
            throw new IllegalArgumentException("an agent's TXT record has a name, be it empty (R-DIS.9)");
        }
    }

    public static Advertisement ofController(
            UspService service, EndpointId endpointId, int port, String path, boolean encrypted) {
        return new Advertisement(service, endpointId, port, path, Optional.empty(), encrypted);
    }

    public static Advertisement ofAgent(
            UspService service, EndpointId endpointId, int port, String path, String friendlyName) {
        return new Advertisement(service, endpointId, port, path, Optional.of(friendlyName), false);
    }

    public Advertisement demandingEncryption() {
        return new Advertisement(service, endpointId, port, path, friendlyName, true);
    }

    /// The attributes of its TXT record; one that is null has no value.
    Map<String, byte @Nullable []> text() {
        Map<String, byte @Nullable []> text = new LinkedHashMap<>();
        text.put("path", path.getBytes(StandardCharsets.UTF_8));
        friendlyName.ifPresent(name -> text.put("name", name.getBytes(StandardCharsets.UTF_8)));
        if (encrypted) {
            text.put("encrypt", null);
        }
        return text;
    }
}
