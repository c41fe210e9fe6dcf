// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import dev.pharos.device.diagnostics.capture.Packet;
import dev.pharos.device.diagnostics.capture.PacketFilter;
import dev.pharos.device.diagnostics.capture.PacketSocket;
import java.io.IOException;
import java.util.Optional;

/// Prints the packets of a link of whichever network this process is in: `link expression count`.
final class LinkProgram {
    private LinkProgram() {}

    public static void main(String... words) throws IOException {
        PacketFilter filter = PacketFilter.of(words[1]);
        try (PacketSocket socket = PacketSocket.of(words[0])) {
            System.out.println("ready");
            for (int left = Integer.parseInt(words[2]); left > 0; ) {
                Optional<Packet> packet = socket.receive();
                if (packet.filter(one -> filter.wants(socket.kind(), one)).isPresent()) {
                    System.out.println(packet.get().bytes().toHex());
                    left--;
                }
            }
        }
    }
}
