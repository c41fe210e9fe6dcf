// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.device.linux.netlink.NetlinkMessage.Address;
import dev.pharos.device.linux.netlink.NetlinkMessage.Hop;
import dev.pharos.device.linux.netlink.NetlinkMessage.Link;
import dev.pharos.device.linux.netlink.NetlinkMessage.Neighbour;
import dev.pharos.device.linux.netlink.NetlinkMessage.Route;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What follows from announcements, and when they are not enough.
class NetworkStateTest {
    private final NetworkState state = new NetworkState();

    @Test
    void a_link_takes_its_addresses_routes_and_neighbours_with_it() {
        state.apply(link(true, 1));
        state.apply(new Address(true, 5, false, "192.0.2.1", 24, 0, 0));
        state.apply(route(true, false));
        state.apply(new Neighbour(true, 5, "192.0.2.2", "02:00:00:00:00:01", 2));

        assertThat(state.apply(link(false, 1))).as("routes vanish silently").isTrue();

        assertThat(state.links()).isEmpty();
        assertThat(state.addresses()).isEmpty();
        assertThat(state.routes()).isEmpty();
        assertThat(state.neighbours()).isEmpty();
    }

    @Test
    void a_disabled_link_a_lost_ipv4_address_a_replaced_route_and_an_overrun_call_for_a_new_dump() {
        state.apply(link(true, 1));
        assertThat(state.apply(link(true, 0))).isTrue();
        assertThat(state.apply(link(true, 0))).as("nothing new").isFalse();
        assertThat(state.apply(new Address(false, 5, false, "192.0.2.1", 24, 0, 0)))
                .isTrue();
        assertThat(state.apply(new Address(false, 5, true, "2001:db8::1", 64, 0, 0)))
                .isFalse();
        assertThat(state.apply(route(true, true))).isTrue();
        assertThat(state.apply(route(false, false))).isFalse();
        assertThat(state.apply(new NetlinkMessage.Overrun())).isTrue();
        assertThat(state.routes()).isEmpty();
    }

    @Test
    void more_than_the_bound_is_left_out() {
        for (int i = 0; i < NetlinkBounds.NEIGHBOURS + 10; i++) {
            state.apply(new Neighbour(true, 5, "address " + i, "02:00:00:00:00:01", 2));
        }

        assertThat(state.neighbours()).hasSize(NetlinkBounds.NEIGHBOURS);
    }

    private static Link link(boolean present, int flags) {
        return new Link(present, 5, "ph0", 1, flags, 6, 1500, "", "");
    }

    private static Route route(boolean present, boolean replaces) {
        return new Route(present, replaces, false, "0.0.0.0", 0, 0, 1, 3, List.of(new Hop("192.0.2.254", 5)));
    }
}
