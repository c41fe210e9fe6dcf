// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.mtp.tls.AddressBlock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Who has to go when more come than are kept.
class PlacesTest {
    private final Places places = new Places(4, 2);
    private final List<InetSocketAddress> kept = new ArrayList<>();

    private static InetSocketAddress peer(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    private Optional<InetSocketAddress> comes(String address, int port) {
        InetSocketAddress made = peer(address, port);
        Optional<InetSocketAddress> goes = places.goesFor(AddressBlock.of(made), kept, AddressBlock::of);
        goes.ifPresent(kept::remove);
        kept.add(made);
        return goes;
    }

    @Test
    void one_address_pushes_out_its_own_and_nobody_else() {
        assertThat(comes("192.0.2.1", 1)).isEmpty();
        assertThat(comes("192.0.2.9", 1)).isEmpty();
        assertThat(comes("192.0.2.9", 2)).isEmpty();
        assertThat(comes("192.0.2.9", 3)).hasValue(peer("192.0.2.9", 1));
        assertThat(comes("192.0.2.9", 4)).hasValue(peer("192.0.2.9", 2));
        assertThat(kept).contains(peer("192.0.2.1", 1));
    }

    @Test
    void many_addresses_push_out_the_longest_unused() {
        assertThat(comes("192.0.2.1", 1)).isEmpty();
        assertThat(comes("192.0.2.2", 1)).isEmpty();
        assertThat(comes("192.0.2.3", 1)).isEmpty();
        assertThat(comes("192.0.2.4", 1)).isEmpty();
        assertThat(comes("192.0.2.5", 1)).hasValue(peer("192.0.2.1", 1));
    }

    @Test
    void the_addresses_of_one_ipv6_network_are_one() {
        assertThat(comes("2001:db8:0:1::1", 1)).isEmpty();
        assertThat(comes("2001:db8:0:1::2", 1)).isEmpty();
        assertThat(comes("2001:db8:0:2::1", 1)).isEmpty();
        assertThat(comes("2001:db8:0:1:ffff::3", 1)).hasValue(peer("2001:db8:0:1::1", 1));
    }
}
