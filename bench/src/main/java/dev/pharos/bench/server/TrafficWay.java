// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import dev.pharos.bench.tls.Certificates;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
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
    STOMPS("stomps", true),
    COAP("coap", false),
    COAPS("coaps", true),
    UDS("uds", false);

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

    /// Whether what passes can be counted by this process.
    boolean isMeasurable() {
        return this != COAPS || PacketTap.isPossible();
    }

    /// TR-069 over the same protection.
    TrafficWay baseline() {
        return encrypted ? CWMPS : CWMP;
    }

    /// What has the server listen.
    ///
    /// @param folder for a socket
    List<String> listening(Path folder) {
        return List.of("--" + listener, this == UDS ? folder.resolve("usp.sock").toString() : "0");
    }

    /// What stands between a device and the listener.
    Tap tap(TrafficBed bed) throws IOException {
        String at = bed.server().address(listener);
        return switch (this) {
            case UDS ->
                Tap.before(
                        Path.of(at.substring(at.indexOf(':') + 1)), bed.folder().resolve("tap.sock"));
            case COAP -> CoapTap.before(URI.create(at).getPort());
            case COAPS -> PacketTap.beside(URI.create(at).getPort());
            default -> Tap.before(URI.create(at).getPort());
        };
    }

    /// What has a device use it, which over TLS shows a certificate of its own.
    ///
    /// @param place of the [Tap]
    List<String> arguments(TrafficBed bed, String place, EndpointId id) throws IOException {
        List<String> arguments = new ArrayList<>(
                isCwmp()
                        ? List.of("--acs", url(bed, place), "--acs-listen", "off")
                        : List.of("--controller", url(bed, place), "--role", "full"));
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

    private String url(TrafficBed bed, String place) {
        if (this == UDS) {
            return "unix:" + place;
        }
        URI at = URI.create(bed.server().address(listener));
        // a name that the server's certificate has
        return at.getScheme() + "://" + place.replace("127.0.0.1", "localhost") + at.getRawPath();
    }
}
