// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a fielded agent really puts on the wire, replayed against the server. The recordings are not part of
/// this repository: the system property `pharos.vectors` names their folder.
class RecordedUpgradeTest {
    private static byte[] item(String file, int number) throws IOException {
        String folder = System.getProperty("pharos.vectors", "");
        Path path = Path.of(folder, "usp", file);
        assumeTrue(!folder.isEmpty() && Files.isReadable(path), "no recordings: set -Dpharos.vectors");
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(path)) {
            if (line.startsWith("@")) {
                inside = line.startsWith("@" + number + " ");
            } else if (inside && line.matches("[0-9a-f]+")) {
                lines.add(line);
            }
        }
        return HexFormat.of().parseHex(String.join("", lines));
    }

    @Test
    @Requirement({"R-WS.7", "R-WS.10b"})
    void the_upgrade_of_a_recorded_agent_is_accepted() throws IOException {
        byte[] upgrade = item("01-ws-agent-client-upgrade-connect-boot.txt", 1);
        RecordingReceiver receiver = new RecordingReceiver();
        try (WebSocketServerMtp server =
                new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", 0, EndpointId.of("proto::controller")))) {
            server.start(receiver);
            try (RawPeer peer = new RawPeer(server.port())) {
                peer.write(upgrade);
                assertThat(peer.head()).startsWith("HTTP/1.1 101").contains("v1.usp");
                assertThat(receiver.nextConnected().peer().endpointId()).contains(EndpointId.of("proto::obuspa-wsc"));
            }
        }
    }

    @Test
    @Requirement({"R-WS.11a", "R-WS.14"})
    void the_frames_of_a_recorded_controller_are_taken() throws IOException {
        byte[] upgrade = item("02-ws-agent-server-upgrade.txt", 1);
        byte[] frame = item("02-ws-agent-server-upgrade.txt", 4);
        RecordingReceiver receiver = new RecordingReceiver();
        try (WebSocketServerMtp server =
                new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", 0, EndpointId.of("proto::obuspa-wss")))) {
            server.start(receiver);
            try (RawPeer peer = new RawPeer(server.port())) {
                peer.write(upgrade);
                assertThat(peer.head()).contains("bbf-usp-protocol; eid=\"proto::obuspa-wss\"");
                receiver.nextConnected();
                peer.write(frame);
                int header = 2 + 2 + 4;
                Bytes record = Bytes.ofHex(
                        HexFormat.of().formatHex(frame, frame[1] == (byte) 0xfe ? header : 6, frame.length));
                assertThat(receiver.nextRecord()).isEqualTo(record);
            }
        }
    }
}
