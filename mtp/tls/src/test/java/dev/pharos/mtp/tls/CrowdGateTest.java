// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.mtp.tls.CrowdGate.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// More come at once than there is room for.
class CrowdGateTest {
    private final AtomicLong now = new AtomicLong();

    private static SocketAddress peer(String address, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(address), port);
    }

    @Test
    void one_address_leaves_room_for_the_others() throws IOException {
        CrowdGate gate = new CrowdGate("TLS handshakes", 4, 2, now::get);
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
        CrowdGate gate = new CrowdGate("TLS handshakes", 4, 1, now::get);
        assertThat(gate.enter(peer("2001:db8:0:1::1", 1))).isEqualTo(new Answer.Enter());
        assertThat(gate.enter(peer("2001:db8:0:1:ffff::2", 1))).isInstanceOf(Answer.TurnedAway.class);
        assertThat(gate.enter(peer("2001:db8:0:2::1", 1))).isEqualTo(new Answer.Enter());
    }

    @Test
    void of_a_crowd_people_hear_once_a_second_with_its_number() throws IOException {
        CrowdGate gate = new CrowdGate("TLS handshakes", 1, 1, now::get);
        assertThat(gate.enter(peer("192.0.2.1", 1))).isEqualTo(new Answer.Enter());
        assertThat(gate.enter(peer("192.0.2.2", 1)))
                .isEqualTo(new Answer.TurnedAway(Optional.of("too many TLS handshakes at once, 1 in all")));
        for (int more = 0; more < 6; more++) {
            assertThat(gate.enter(peer("192.0.2.3", more))).isEqualTo(new Answer.TurnedAway(Optional.empty()));
        }
        now.addAndGet(1_000_000_000);
        assertThat(gate.enter(peer("192.0.2.4", 1)))
                .isEqualTo(new Answer.TurnedAway(Optional.of(
                        "too many TLS handshakes at once, 1 in all; 7 were turned away since this was last said")));
    }
}
