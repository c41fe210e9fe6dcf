// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/// Floods are dropped before they cost anything, and do not keep out those who are known.
class DatagramGateTest {
    private static final long SECOND = 1_000_000_000;
    private final DatagramGate gate = new DatagramGate(0);

    private static InetSocketAddress peer(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), port);
    }

    /// At an address of their own each.
    private static InetSocketAddress neighbour(int number) {
        return new InetSocketAddress(InetAddress.ofLiteral("198.51.100." + number % 200), 1 + number);
    }

    private int admitted(int datagrams, int ports, long now) {
        int admitted = 0;
        for (int i = 0; i < datagrams; i++) {
            admitted += gate.admits(ports == 1 ? peer(1) : neighbour(i % ports), now) ? 1 : 0;
        }
        return admitted;
    }

    @Test
    void strangers_share_what_is_left_for_them_however_many_they_are() {
        assertThat(admitted(5000, 1000, 0)).isEqualTo(Limits.STRANGER_DATAGRAMS_AT_ONCE);
        assertThat(admitted(5000, 1000, SECOND)).isEqualTo(Limits.STRANGER_DATAGRAMS_A_SECOND);
    }

    @Test
    void a_stranger_takes_half_at_most_however_many_ports_it_has() {
        int admitted = 0;
        for (int port = 1; port <= 5000; port++) {
            admitted += gate.admits(peer(port), 0) ? 1 : 0;
        }
        assertThat(admitted).isEqualTo(Limits.STRANGER_DATAGRAMS_AT_ONCE / 2);
        assertThat(admitted(5000, 1000, 0)).isEqualTo(Limits.STRANGER_DATAGRAMS_AT_ONCE / 2);
    }

    @Test
    void a_flood_from_strangers_does_not_touch_those_who_are_known() {
        gate.know(peer(60_000), 0);
        assertThat(admitted(5000, 1000, 0)).isLessThan(5000);
        assertThat(gate.admits(peer(60_000), 0)).isTrue();
        gate.forget(peer(60_000));
        assertThat(gate.admits(peer(60_000), 0)).isFalse();
    }

    @Test
    void one_who_is_known_and_floods_does_not_touch_another() {
        gate.know(peer(1), 0);
        gate.know(peer(2), 0);
        assertThat(admitted(5000, 1, 0)).isEqualTo(Limits.PEER_DATAGRAMS_AT_ONCE);
        assertThat(gate.admits(peer(2), 0)).isTrue();
    }
}
