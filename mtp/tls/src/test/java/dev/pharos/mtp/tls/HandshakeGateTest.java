// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.mtp.tls.TlsBed.Outcome;
import dev.pharos.pki.SubjectName;
import dev.pharos.testkit.HostilePeers;
import dev.pharos.testkit.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More peers come at once than can shake hands.
class HandshakeGateTest {
    @TempDir
    Path folder;

    private TestAuthority authority = new TestAuthority(Path.of("unused"));

    @BeforeEach
    void make_an_authority() {
        authority = new TestAuthority(folder);
    }

    @Test
    void who_finds_no_place_is_told_so_before_anything_is_computed_and_both_sides_say_it() throws Exception {
        try (ServerTls tls = serverTls(Duration.ofMinutes(1));
                TlsBed bed = new TlsBed(tls)) {
            List<Socket> begun = HostilePeers.beginHandshakes(bed.port(), 2);
            for (Socket each : begun) {
                // who is answered has taken its place
                assertThat(each.getInputStream().read()).isNotNegative();
            }
            Outcome refused = bed.dial(clientTls(), "localhost");
            assertThat(refused.sentence())
                    .contains("the peer ended the TLS handshake: it cannot take us now (internal_error)");
            assertThat(bed.server().sentence())
                    .contains(
                            "turned away before the TLS handshake: too many TLS handshakes at once, 2 from its address");

            begun.getFirst().close();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> bed.dial(clientTls(), "localhost").sentence().equals("was accepted"));
            begun.getLast().close();
        }
    }

    @Test
    void peers_that_begin_and_say_nothing_more_keep_nobody_out_for_long() throws Exception {
        try (ServerTls tls = serverTls(Duration.ofMillis(50));
                TlsBed bed = new TlsBed(tls)) {
            List<Socket> begun = HostilePeers.beginHandshakes(bed.port(), 2);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> bed.dial(clientTls(), "localhost").sentence().equals("was accepted"));
            HostilePeers.end(begun);
        }
    }

    @Test
    void peers_that_say_nothing_at_all_take_no_place() throws Exception {
        try (ServerTls tls = serverTls(Duration.ofMinutes(1));
                TlsBed bed = new TlsBed(tls);
                Socket first = new Socket(InetAddress.getLoopbackAddress(), bed.port());
                Socket second = new Socket(InetAddress.getLoopbackAddress(), bed.port());
                Socket third = new Socket(InetAddress.getLoopbackAddress(), bed.port())) {
            assertThat(List.of(first, second, third)).allMatch(Socket::isConnected);
            assertThat(bed.dial(clientTls(), "localhost").sentence()).isEqualTo("was accepted");
        }
    }

    private ServerTls serverTls(Duration place) throws IOException {
        var own = authority.issue(SubjectName.host("localhost"));
        return ServerTls.open(
                TlsSettings.server(own.chain(), own.key()),
                InstantSource.system(),
                new CrowdGate("TLS handshakes", 2, 2),
                place);
    }

    private ClientTls clientTls() throws IOException {
        return ClientTls.open(TlsSettings.trusting(authority.trusted()));
    }
}
