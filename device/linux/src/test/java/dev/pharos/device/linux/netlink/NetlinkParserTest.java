// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pharos.device.linux.netlink.NetlinkMessage.Address;
import dev.pharos.device.linux.netlink.NetlinkMessage.Done;
import dev.pharos.device.linux.netlink.NetlinkMessage.Hop;
import dev.pharos.device.linux.netlink.NetlinkMessage.Link;
import dev.pharos.device.linux.netlink.NetlinkMessage.Neighbour;
import dev.pharos.device.linux.netlink.NetlinkMessage.Route;
import dev.pharos.usp.MalformedInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Reads what a kernel really sent, and refuses what none would.
class NetlinkParserTest {
    @BeforeEach
    void recorded_on_a_little_endian_machine() {
        assumeThat(ByteOrder.nativeOrder())
                .as("the datagrams were recorded on a little-endian machine")
                .isEqualTo(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void a_link_that_is_up_has_its_name_kind_address_and_mtu() throws MalformedInputException {
        assertThat(parse("link-up")).singleElement().isInstanceOfSatisfying(Link.class, link -> {
            assertThat(link.present()).isTrue();
            assertThat(link.name()).isEqualTo("ph0");
            assertThat(link.index()).isEqualTo(3);
            assertThat(link.kind()).isEqualTo("veth");
            assertThat(link.hardware()).isEqualTo(1);
            assertThat(link.mtu()).isEqualTo(1500);
            assertThat(link.operState()).isEqualTo(6);
            assertThat(link.isEnabled()).isTrue();
            assertThat(link.hasCarrier()).isTrue();
            assertThat(link.isLoopback()).isFalse();
            assertThat(link.mac()).matches("([0-9A-F]{2}:){5}[0-9A-F]{2}");
        });
    }

    @Test
    void a_link_that_was_disabled_or_went_says_so() throws MalformedInputException {
        assertThat(parse("link-disabled")).singleElement().isInstanceOfSatisfying(Link.class, link -> {
            assertThat(link.present()).isTrue();
            assertThat(link.isEnabled()).isFalse();
            assertThat(link.operState()).isEqualTo(2);
        });
        assertThat(parse("link-gone")).singleElement().isInstanceOfSatisfying(Link.class, link -> {
            assertThat(link.present()).isFalse();
            assertThat(link.name()).isEqualTo("ph0");
        });
    }

    @Test
    void addresses_have_their_prefix_and_flags() throws MalformedInputException {
        assertThat(parse("address-4")).containsExactly(new Address(true, 3, false, "192.0.2.9", 24, 0x80, 0));
        assertThat(parse("address-4-gone")).containsExactly(new Address(false, 3, false, "192.0.2.9", 24, 0x80, 0));
        assertThat(parse("address-6")).containsExactly(new Address(true, 3, true, "2001:db8::9", 64, 0x82, 0));
    }

    @Test
    void routes_of_the_main_table_are_read_with_all_hops_and_others_are_skipped() throws MalformedInputException {
        assertThat(parse("route-local")).isEmpty();
        assertThat(parse("route-4"))
                .containsExactly(new Route(true, false, false, "192.0.2.0", 24, 0, 1, 2, List.of(new Hop("", 3))));
        assertThat(parse("route-multipath"))
                .containsExactly(new Route(
                        true,
                        false,
                        false,
                        "198.51.100.0",
                        24,
                        7,
                        1,
                        3,
                        List.of(new Hop("192.0.2.1", 3), new Hop("192.0.2.2", 3))));
        assertThat(parse("route-6"))
                .containsExactly(new Route(
                        true, false, true, "2001:db8:1::", 48, 1024, 1, 3, List.of(new Hop("2001:db8::1", 3))));
        assertThat(parse("route-6-gone"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Route.class, route -> assertThat(route.present()).isFalse());
    }

    @Test
    void neighbours_have_their_hardware_address_and_state() throws MalformedInputException {
        assertThat(parse("neighbour")).containsExactly(new Neighbour(true, 3, "192.0.2.7", "02:00:5E:10:00:01", 0x80));
        assertThat(parse("neighbour-gone"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Neighbour.class, gone -> assertThat(gone.present()).isFalse());
        assertThat(parse("neighbour-multicast"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Neighbour.class, n -> assertThat(n.state()).isEqualTo(0x40));
    }

    @Test
    void the_end_of_a_dump_and_a_refusal_carry_the_number_of_the_question() throws MalformedInputException {
        assertThat(NetlinkParser.parse(message(3, 2, 17, 0)).messages()).containsExactly(new Done(17, 0));
        assertThat(NetlinkParser.parse(message(2, 0, 18, -16)).messages()).containsExactly(new Done(18, 16));
        assertThat(NetlinkParser.parse(message(3, 0x12, 19, 0)).torn()).isTrue();
        assertThat(NetlinkParser.parse(message(4, 0, 0, 0)).messages()).containsExactly(new NetlinkMessage.Overrun());
    }

    @Test
    void several_messages_in_one_datagram_are_read_in_order() throws MalformedInputException {
        ByteBuffer both = ByteBuffer.allocate(200);
        both.put(Recorded.datagram("address-4"))
                .put(Recorded.datagram("neighbour"))
                .flip();

        assertThat(NetlinkParser.parse(both).messages()).hasSize(2).first().isInstanceOf(Address.class);
    }

    @Test
    void lengths_that_lead_outside_are_refused() {
        for (int length : new int[] {0, 15, 1_000, -1, Integer.MIN_VALUE}) {
            ByteBuffer wrong = message(20, 0, 1, 0).putInt(0, length);
            assertThatExceptionOfType(MalformedInputException.class).isThrownBy(() -> NetlinkParser.parse(wrong));
        }
        ByteBuffer attribute = copy("address-4");
        attribute.putShort(24, (short) 2_000);
        assertThatExceptionOfType(MalformedInputException.class).isThrownBy(() -> NetlinkParser.parse(attribute));
        attribute.putShort(24, (short) 3);
        assertThatExceptionOfType(MalformedInputException.class).isThrownBy(() -> NetlinkParser.parse(attribute));
    }

    @Test
    void names_that_would_lead_elsewhere_in_a_file_system_are_refused() {
        ByteBuffer link = copy("link-up");
        link.put(36, new byte[] {'.', '.', 0, 0});

        assertThatExceptionOfType(MalformedInputException.class).isThrownBy(() -> NetlinkParser.parse(link));
    }

    @Test
    void whatever_is_cut_or_flipped_is_read_or_refused_but_never_breaks() {
        Random random = new Random(42);
        int refused = 0;
        for (byte[] datagram : Recorded.ALL.values()) {
            for (int n = 0; n < 2_000; n++) {
                byte[] broken = datagram.clone();
                for (int flips = random.nextInt(4); flips >= 0; flips--) {
                    broken[random.nextInt(Math.min(broken.length, 128))] = (byte) random.nextInt(256);
                }
                try {
                    NetlinkParser.parse(ByteBuffer.wrap(broken, 0, random.nextInt(broken.length + 1)));
                } catch (MalformedInputException expected) {
                    refused++;
                }
            }
        }
        assertThat(refused).isPositive();
    }

    private static List<NetlinkMessage> parse(String name) throws MalformedInputException {
        return NetlinkParser.parse(Recorded.datagram(name)).messages();
    }

    private static ByteBuffer copy(String name) {
        ByteBuffer recorded = Recorded.datagram(name);
        return ByteBuffer.allocate(recorded.remaining())
                .order(ByteOrder.nativeOrder())
                .put(recorded)
                .flip();
    }

    private static ByteBuffer message(int type, int flags, int sequence, int code) {
        return ByteBuffer.allocate(20)
                .order(ByteOrder.nativeOrder())
                .putInt(20)
                .putShort((short) type)
                .putShort((short) flags)
                .putInt(sequence)
                .putInt(0)
                .putInt(code)
                .flip();
    }
}
