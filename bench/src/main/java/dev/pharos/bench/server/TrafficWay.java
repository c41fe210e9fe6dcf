// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import dev.pharos.bench.tls.Certificates;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// By what a device is managed in the comparison of traffic.
enum TrafficWay {
    CWMP("cwmp", false),
    CWMPS("cwmps", true),
    WS("ws", false),
    WSS("wss", true),
    MQTT("mqtt", false),
    MQTTS("mqtts", true),
    STOMP("stomp", false),
    STOMPS("stomps", true);

    private final String listener;
    private final boolean encrypted;

    TrafficWay(String listener, boolean encrypted) {
        this.listener = listener;
        this.encrypted = encrypted;
    }

    /// In the server's ready line, and the option that opens it.
    String listener() {
        return listener;
    }

    boolean encrypted() {
        return encrypted;
    }

    boolean isCwmp() {
        return this == CWMP || this == CWMPS;
    }

    /// TR-069 over the same protection.
    TrafficWay baseline() {
        return encrypted ? CWMPS : CWMP;
    }

    int port(ServerProcess server) {
        return URI.create(server.address(listener)).getPort();
    }

    /// What has a device use it, which over TLS shows a certificate of its own.
    ///
    /// @param port of this host
    List<String> arguments(TrafficBed bed, int port, EndpointId id) throws IOException {
        URI at = URI.create(bed.server().address(listener));
        String url = at.getScheme() + "://localhost:" + port + at.getRawPath();
        List<String> arguments = new ArrayList<>(
                isCwmp()
                        ? List.of("--acs", url, "--acs-listen", "off")
                        : List.of("--controller", url, "--role", "full"));
        if (encrypted) {
            Certificates.DeviceFiles own = bed.certificates().of(id);
            arguments.addAll(List.of(
                    "--ca",
                    bed.certificates().trusted().toString(),
                    "--cert",
                    own.certificate().toString(),
                    "--key",
                    own.key().toString()));
        }
        return arguments;
    }
}
