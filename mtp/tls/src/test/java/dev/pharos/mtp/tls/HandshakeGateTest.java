// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.mtp.tls.HandshakeGate.Answer;
import dev.pharos.mtp.tls.TlsBed.Outcome;
import dev.pharos.pki.SubjectName;
import dev.pharos.testkit.HostilePeers;
import dev.pharos.testkit.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More peers come at once than can shake hands.
class HandshakeGateTest {
    private final AtomicLong now = new AtomicLong();

    @TempDir
    Path folder;

    private TestAuthority authority = new TestAuthority(Path.of("unused"));

    @BeforeEach
    void make_an_authority() {
        authority = new TestAuthority(folder);
    }

    private static SocketAddress peer(String address, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(address), port);
    }

    @Test
    void one_address_leaves_room_for_the_others() throws IOException {
        HandshakeGate gate = new HandshakeGate(4, 2, now::get);
        assertThat(gate.enter(peer("192.0.2.1", 1))).isEqualTo(new Answer.Enter());
        assertThat(gate.enter(peer("192.0.2.1", 2))).isEqualTo(new Answer.Enter());
        assertThat(gate.enter(peer("192.0.2.1", 3)))
                .isEqualTo(new Answer.TurnedAway(Optional.of("too many TLS handshakes at once, 2 from its address")));
        assertThat(gate.enter(peer("192.0.2.2", 1))).isEqualTo(new Answer.Enter());

        gate.leave(peer("192.0.2.1", 2));
        assertThat(gate.enter(peer("192.0.2.1", 4))).isEqualTo(new Answer.Enter());
    }

    @Test
    void the_addresses_of_one_ipv6_network_are_one() throws IOException {
        HandshakeGate gate = new HandshakeGate(4, 1, now::get);
        assertThat(gate.enter(peer("2001:db8:0:1::1", 1))).isEqualTo(new Answer.Enter());
        assertThat(gate.enter(peer("2001:db8:0:1:ffff::2", 1))).isInstanceOf(Answer.TurnedAway.class);
        assertThat(gate.enter(peer("2001:db8:0:2::1", 1))).isEqualTo(new Answer.Enter());
    }

    @Test
    void of_a_crowd_people_hear_once_a_second_with_its_number() throws IOException {
        HandshakeGate gate = new HandshakeGate(1, 1, now::get);
        assertThat(gate.enter(peer("192.0.2.1", 1))).isEqualTo(new Answer.Enter());
        assertThat(gate.enter(peer("192.0.2.2", 1)))
                .isEqualTo(new Answer.TurnedAway(Optional.of("too many TLS handshakes at once, 1 in all")));
        for (int more = 0; more < 6; more++) {
            assertThat(gate.enter(peer("192.0.2.3", more))).isEqualTo(new Answer.TurnedAway(Optional.empty()));
        }
        now.addAndGet(Limits.CROWD_TOLD.toNanos());
        assertThat(gate.enter(peer("192.0.2.4", 1)))
                .isEqualTo(new Answer.TurnedAway(Optional.of(
                        "too many TLS handshakes at once, 1 in all; 7 were turned away since this was last said")));
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
                new HandshakeGate(2, 2, System::nanoTime),
                place);
    }

    private ClientTls clientTls() throws IOException {
        return ClientTls.open(TlsSettings.trusting(authority.trusted()));
    }
}
