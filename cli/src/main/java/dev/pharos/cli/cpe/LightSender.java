// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.cwmp.DeviceId;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.udp.LightweightNotification;
import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Tells changed values in datagrams that nobody answers (TR-069 Annex N): one, or as many as it takes.
final class LightSender {
    private static final SecureRandom RANDOM = new SecureRandom();

    private LightSender() {}

    /// Where they go.
    ///
    /// @param username and password of the device at its ACS, by which they are signed
    record Settings(String host, int port, String username, String password) {
        Settings with(String other) {
            return new Settings(host, port, username, other);
        }

        /// Without the password.
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /// @return values that are too long for any datagram, and were not told
    /// @throws IOException where nothing can be sent there
    static List<ParameterValue> send(Settings to, DeviceId device, List<ParameterValue> values, Instant now)
            throws IOException {
        List<ParameterValue> tooLong = new ArrayList<>();
        List<Bytes> datagrams = new ArrayList<>();
        List<ParameterValue> together = new ArrayList<>();
        for (ParameterValue each : values) {
            if (encode(to, device, List.of(each), now).size() > Limits.LONG_DATAGRAM_BYTES) {
                tooLong.add(each);
                continue;
            }
            together.add(each);
            if (together.size() > 1 && encode(to, device, together, now).size() > Limits.LIGHT_DATAGRAM_BYTES) {
                datagrams.add(encode(to, device, together.subList(0, together.size() - 1), now));
                together = new ArrayList<>(List.of(each));
            }
        }
        if (!together.isEmpty()) {
            datagrams.add(encode(to, device, together, now));
        }
        InetAddress address = InetAddress.getByName(to.host());
        try (DatagramSocket socket = new DatagramSocket()) {
            for (Bytes datagram : datagrams) {
                byte[] bytes = datagram.toByteArray();
                socket.send(new DatagramPacket(bytes, bytes.length, address, to.port()));
            }
        }
        return tooLong;
    }

    private static Bytes encode(Settings to, DeviceId device, List<ParameterValue> values, Instant now) {
        byte[] nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        String host = to.host().indexOf(':') < 0 ? to.host() : "[" + to.host() + "]";
        return new LightweightNotification(
                        now.getEpochSecond(), to.username(), HexFormat.of().formatHex(nonce), device, values)
                .encode(host + ":" + to.port(), to.password());
    }
}
