// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dns;

import dev.pharos.mtp.discovery.UspService;
import dev.pharos.usp.EndpointId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an endpoint tells about a Message Transfer Protocol on which it is reached (R-DIS.4).
///
/// @param endpointId the name of the instance (R-DIS.8)
/// @param path the resource, topic or destination (R-DIS.9, R-DIS.11)
/// @param friendlyName of an agent: its `Device.DeviceInfo.FriendlyName`, empty where it has none (R-DIS.9,
///     R-DIS.10); a Controller has none
/// @param encrypted whether it demands encryption (R-DIS.11a)
public record Advertisement(
        UspService service,
        EndpointId endpointId,
        Place place,
        String path,
        Optional<String> friendlyName,
        boolean encrypted) {

    /// Where somebody listens for it.
    ///
    /// @param host the server's or broker's name or address, where it is not the host that announces (R-MQTT.38,
    ///     R-STOMP.32)
    public record Place(Optional<String> host, int port) {
        public Place {
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException(
                        "a service that nobody listens for cannot be announced: port " + port);
            }
        }

        public static Place here(int port) {
            return new Place(Optional.empty(), port);
        }

        public static Place at(String host, int port) {
            return new Place(Optional.of(host), port);
        }
    }

    public Advertisement {
        if (service.role() == UspService.Role.AGENT && friendlyName.isEmpty()) {
            throw new IllegalArgumentException("an agent's TXT record has a name, be it empty (R-DIS.9)");
        }
    }

    public static Advertisement ofController(
            UspService service, EndpointId endpointId, Place place, String path, boolean encrypted) {
        return new Advertisement(service, endpointId, place, path, Optional.empty(), encrypted);
    }

    public static Advertisement ofAgent(
            UspService service, EndpointId endpointId, Place place, String path, String friendlyName) {
        return new Advertisement(service, endpointId, place, path, Optional.of(friendlyName), false);
    }

    public Advertisement demandingEncryption() {
        return new Advertisement(service, endpointId, place, path, friendlyName, true);
    }

    /// The same, under what people call the agent now.
    public Advertisement named(String name) {
        return new Advertisement(service, endpointId, place, path, Optional.of(name), encrypted);
    }

    /// The attributes of its TXT record, `key=value`, or a key that has no value.
    List<String> text() {
        List<String> text = new ArrayList<>();
        text.add("path=" + path);
        friendlyName.ifPresent(name -> text.add("name=" + name));
        if (encrypted) {
            text.add("encrypt");
        }
        return text;
    }
}
