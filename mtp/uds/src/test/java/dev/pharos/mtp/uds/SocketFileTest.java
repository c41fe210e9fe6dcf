// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of the path at which a server listens.
class SocketFileTest {
    private static final EndpointId OWN = EndpointId.of("proto::own");

    private final RecordingReceiver receiver = new RecordingReceiver();

    @TempDir
    private Path folder = Path.of("");

    private UdsServerMtp server(Path path) {
        return new UdsServerMtp(UdsServerConfig.at(path, OWN));
    }

    @Test
    void only_its_own_user_may_connect_unless_the_configuration_says_more() throws IOException {
        Path path = folder.resolve("usp");
        try (UdsServerMtp server = server(path)) {
            server.start(receiver);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
        }
        UdsServerConfig forGroup =
                UdsServerConfig.at(path, OWN).withPermissions(PosixFilePermissions.fromString("rw-rw----"));
        try (UdsServerMtp server = new UdsServerMtp(forGroup)) {
            server.start(receiver);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-rw----");
        }
    }

    @Test
    void a_missing_folder_is_made_for_its_own_user() throws IOException {
        Path path = folder.resolve("run/pharos/usp");
        try (UdsServerMtp server = server(path)) {
            server.start(receiver);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("run/pharos"))))
                    .isEqualTo("rwx------");
            RawPeer.known(path).close();
        }
    }

    @Test
    void what_a_dead_server_left_is_replaced() throws IOException {
        Path path = folder.resolve("usp");
        RawPeer.listen(path).close();
        assertThat(path).exists();
        try (UdsServerMtp server = server(path)) {
            server.start(receiver);
            RawPeer.known(path).close();
        }
    }

    @Test
    void a_path_where_somebody_listens_is_refused_and_he_goes_on() throws IOException {
        Path path = folder.resolve("usp");
        try (UdsServerMtp first = server(path)) {
            first.start(receiver);
            try (UdsServerMtp second = server(path)) {
                assertThatThrownBy(() -> second.start(receiver))
                        .isInstanceOf(IOException.class)
                        .hasMessage("cannot listen on " + path + ": another program listens there");
            }
            RawPeer.known(path).close();
        }
    }

    @Test
    void a_file_that_is_no_socket_is_never_touched() throws IOException {
        Path path = Files.writeString(folder.resolve("precious"), "keep me");
        try (UdsServerMtp server = server(path)) {
            assertThatThrownBy(() -> server.start(receiver)).hasMessageContaining("a file that is no socket is there");
        }
        assertThat(path).hasContent("keep me");
        Path link = Files.createSymbolicLink(folder.resolve("link"), path);
        try (UdsServerMtp server = server(link)) {
            assertThatThrownBy(() -> server.start(receiver)).hasMessageContaining("a file that is no socket is there");
        }
    }

    @Test
    void a_path_that_no_socket_address_can_hold_is_refused_in_words() {
        Path path = folder.resolve("x".repeat(110));
        try (UdsServerMtp server = server(path)) {
            assertThatThrownBy(() -> server.start(receiver))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("at most 107 bytes");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_server_takes_away_only_its_own_socket() throws IOException {
        Path path = folder.resolve("usp");
        UdsServerMtp second = server(path);
        try (UdsServerMtp first = server(path)) {
            first.start(receiver);
            Files.delete(path);
            second.start(receiver);
        }
        RawPeer.known(path).close();
        second.close();
        assertThat(path).doesNotExist();
    }
}
