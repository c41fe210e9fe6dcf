// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp;

/// Where peers reach an endpoint over one transport, as it may announce it (R-DIS.4): at its own listener, or at
/// the broker where it listens.
///
/// @param scheme of the address without encryption: `ws`, `mqtt`, `stomp` or `coap`
/// @param encrypted whether the connection is encrypted
/// @param host of the listener or of the broker, as it is configured: a name, an address, or the one that stands
///     for all of this host
/// @param path the WebSocket or CoAP resource (R-WS.3), the topic (R-MQTT.36, R-MQTT.37) or the destination
///     (R-STOMP.31)
public record MtpAddress(String scheme, boolean encrypted, String host, int port, String path) {

    /// The same endpoint as others see it, where we ourselves come another way.
    public MtpAddress seenAt(boolean encryptedThere, String otherHost, int otherPort) {
        return new MtpAddress(scheme, encryptedThere, otherHost, otherPort, path);
    }
}
