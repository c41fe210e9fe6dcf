// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.controller.observe.WirePlace;
import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.Bytes;
import java.util.Locale;

/// The way in from one transport, which knows what the transport is called.
///
/// @param transport `websocket`, `mqtt` …
record Doorway(PeerNetwork network, String transport) implements MtpReceiver {

    /// The name of a transport by the scheme of its description, such as `wss://host:port/usp`.
    static String transport(String description) {
        int end = description.indexOf(':');
        String scheme = end < 0 ? description : description.substring(0, end).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "ws", "wss" -> "websocket";
            case "mqtts" -> "mqtt";
            case "stomps" -> "stomp";
            case "coaps" -> "coap";
            case "unix" -> "uds";
            default -> scheme;
        };
    }

    @Override
    public void connected(MtpConnection connection) {
        network.connected(connection);
    }

    @Override
    public void received(MtpConnection connection, Bytes record) {
        network.received(connection, record);
    }

    @Override
    public void disconnected(MtpConnection connection, String reason) {
        network.disconnected(connection, reason);
    }

    @Override
    public void sessionUp(Mtp mtp) {
        network.sessionUp(mtp);
    }

    @Override
    public void refused(PeerIdentity peer, String reason) {
        network.refused(peer.endpointId(), new WirePlace(transport, peer.address()), reason);
    }
}
