// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.testkit.RecordingReceiver.Event;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a fielded agent and its peers really put on the wire, replayed against both ends. The recordings are
/// not part of this repository: the system property `pharos.vectors` names their folder.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RecordedUdsTest {
    private static final EndpointId OWN = EndpointId.of("proto::own");

    private final RecordingReceiver receiver = new RecordingReceiver();

    @TempDir
    private Path folder = Path.of("");

    /// The frames of a recording that went this way, in order.
    private static List<byte[]> frames(String file, char direction) throws IOException {
        String vectors = System.getProperty("pharos.vectors", "");
        Path path = Path.of(vectors, "usp", file);
        assumeTrue(!vectors.isEmpty() && Files.isReadable(path), "no recordings: set -Dpharos.vectors");
        List<StringBuilder> found = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(path)) {
            if (line.startsWith("@")) {
                inside = line.split(" ")[1].charAt(0) == direction;
                if (inside) {
                    found.add(new StringBuilder());
                }
            } else if (inside && line.matches("[0-9a-f]+")) {
                found.getLast().append(line);
            }
        }
        assertThat(found).isNotEmpty();
        return found.stream().map(hex -> HexFormat.of().parseHex(hex)).toList();
    }

    private static Bytes recordOf(byte[] frame) {
        return Bytes.copyOf(Arrays.copyOfRange(frame, 13, frame.length));
    }

    @Test
    @Requirement({"R-UDS.6", "R-UDS.12", "R-UDS.14"})
    void every_frame_of_a_recorded_client_is_taken() throws IOException {
        Path path = folder.resolve("usp");
        for (String file : List.of("f0-uds-handshake-connect.txt", "f1-uds-service-register.txt")) {
            List<byte[]> sent = frames(file, '>');
            try (UdsServerMtp server = new UdsServerMtp(UdsServerConfig.at(path, OWN))) {
                server.start(receiver);
                try (RawPeer peer = RawPeer.dial(path)) {
                    for (byte[] frame : sent) {
                        peer.write(frame);
                    }
                    assertThat(receiver.nextConnected().peer().endpointId()).isPresent();
                    for (byte[] frame : sent.subList(1, sent.size())) {
                        assertThat(receiver.nextRecord()).isEqualTo(recordOf(frame));
                    }
                }
            }
            receiver.skipTo(Event.Disconnected.class);
        }
    }

    @Test
    @Requirement({"R-UDS.6", "R-UDS.12", "R-UDS.14"})
    void every_frame_of_a_recorded_server_is_taken() throws IOException {
        Path path = folder.resolve("usp");
        List<byte[]> sent = frames("f0-uds-handshake-connect.txt", '<');
        try (ServerSocketChannel listener = RawPeer.listen(path);
                UdsClientMtp client = new UdsClientMtp(UdsClientConfig.to(path, OWN))) {
            client.start(receiver);
            try (RawPeer scripted = new RawPeer(listener.accept())) {
                scripted.frame();
                for (byte[] frame : sent) {
                    scripted.write(frame);
                }
                assertThat(receiver.nextConnected().peer().endpointId()).contains(EndpointId.of("proto::obuspa-uds"));
                for (byte[] frame : sent.subList(1, sent.size())) {
                    assertThat(receiver.nextRecord()).isEqualTo(recordOf(frame));
                }
            }
        }
    }

    @Test
    void the_error_of_a_recorded_server_is_shown_in_its_words() throws IOException {
        Path path = folder.resolve("usp");
        List<byte[]> errors = frames("f3-uds-bad-frames.txt", '<');
        try (ServerSocketChannel listener = RawPeer.listen(path);
                UdsClientMtp client = new UdsClientMtp(UdsClientConfig.to(path, OWN))) {
            client.start(receiver);
            try (RawPeer scripted = new RawPeer(listener.accept())) {
                scripted.frame();
                scripted.write(errors.getLast());
                assertThat(receiver.next(Event.Refused.class).reason())
                        .startsWith("the peer gave up: Duplicate EndpointID connecting on same UDS path");
            }
        }
    }
}
