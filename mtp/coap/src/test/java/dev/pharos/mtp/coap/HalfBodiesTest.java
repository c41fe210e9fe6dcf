// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.mtp.coap.HalfBodies.Block;
import dev.pharos.mtp.coap.HalfBodies.Step;
import dev.pharos.usp.Bytes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.OptionalInt;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.junit.jupiter.api.Test;

/// Bodies are put together, and whoever sends halves does not get our memory.
class HalfBodiesTest {
    private static final int MAX = 100;
    private static final HalfBodies.Room ROOM = new HalfBodies.Room(3, 200);
    private final HalfBodies bodies = new HalfBodies(MAX, ROOM, ROOM, 1000);

    private static HalfBodies.Key key(int port) {
        return new HalfBodies.Key(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), "coap://127.0.0.1/usp");
    }

    private static Block block(int number, boolean more, int... content) {
        byte[] bytes = new byte[content.length];
        for (int i = 0; i < content.length; i++) {
            bytes[i] = (byte) content[i];
        }
        return new Block(number, 0, more, Bytes.adopt(bytes), OptionalInt.empty());
    }

    private static Bytes zeros(int count) {
        return Bytes.adopt(new byte[count]);
    }

    private static Block full(int number, int value) {
        int[] content = new int[16];
        Arrays.fill(content, value);
        return block(number, true, content);
    }

    private static ResponseCode refusal(Step step) {
        assertThat(step).isInstanceOf(Step.Wrong.class);
        return ((Step.Wrong) step).code();
    }

    @Test
    void blocks_in_order_become_a_body() {
        assertThat(bodies.take(key(1), full(0, 1), 0)).isEqualTo(new Step.Next());
        assertThat(bodies.take(key(1), full(1, 2), 0)).isEqualTo(new Step.Next());
        assertThat(bodies.take(key(1), block(2, false, 9), 0))
                .isEqualTo(new Step.Whole(Bytes.ofHex("01".repeat(16) + "02".repeat(16) + "09")));
        assertThat(bodies.count()).isZero();
        assertThat(bodies.bytes()).isZero();
    }

    @Test
    void one_block_may_be_all() {
        assertThat(bodies.take(key(1), block(0, false, 7), 0)).isEqualTo(new Step.Whole(Bytes.ofHex("07")));
    }

    @Test
    void a_block_that_comes_again_counts_once() {
        bodies.take(key(1), full(0, 1), 0);
        bodies.take(key(1), full(1, 2), 0);
        assertThat(bodies.take(key(1), full(1, 2), 0)).isEqualTo(new Step.Next());
        assertThat(bodies.take(key(1), block(2, false, 9), 0)).isInstanceOf(Step.Whole.class);
    }

    @Test
    void a_smaller_block_size_may_follow_a_larger_one() {
        Block first = new Block(0, 1, true, zeros(32), OptionalInt.empty());
        assertThat(bodies.take(key(1), first, 0)).isEqualTo(new Step.Next());
        assertThat(bodies.take(key(1), full(2, 3), 0)).isEqualTo(new Step.Next());
        assertThat(((Step.Whole) bodies.take(key(1), block(3, false, 4), 0))
                        .body()
                        .size())
                .isEqualTo(49);
    }

    @Test
    void a_block_before_its_turn_ends_the_body() {
        bodies.take(key(1), full(0, 1), 0);
        assertThat(refusal(bodies.take(key(1), full(2, 3), 0))).isEqualTo(ResponseCode.REQUEST_ENTITY_INCOMPLETE);
        assertThat(refusal(bodies.take(key(1), full(1, 2), 0))).isEqualTo(ResponseCode.REQUEST_ENTITY_INCOMPLETE);
        assertThat(bodies.bytes()).isZero();
    }

    @Test
    void a_first_block_begins_anew() {
        bodies.take(key(1), full(0, 1), 0);
        bodies.take(key(1), full(1, 2), 0);
        bodies.take(key(1), full(0, 5), 0);
        assertThat(bodies.take(key(1), block(1, false, 6), 0))
                .isEqualTo(new Step.Whole(Bytes.ofHex("05".repeat(16) + "06")));
    }

    @Test
    void bodies_of_two_peers_and_of_two_ways_back_are_not_mixed() {
        HalfBodies.Key other = new HalfBodies.Key(key(1).source(), "coap://127.0.0.1/other");
        bodies.take(key(1), full(0, 1), 0);
        bodies.take(key(2), full(0, 2), 0);
        bodies.take(other, full(0, 3), 0);
        assertThat(bodies.take(key(2), block(1, false, 9), 0))
                .isEqualTo(new Step.Whole(Bytes.ofHex("02".repeat(16) + "09")));
        assertThat(bodies.count()).isEqualTo(2);
    }

    @Test
    void too_large_a_body_is_refused_by_what_is_said_of_it_and_by_what_comes() {
        Block boast = new Block(0, 0, true, zeros(16), OptionalInt.of(MAX + 1));
        assertThat(refusal(bodies.take(key(1), boast, 0))).isEqualTo(ResponseCode.REQUEST_ENTITY_TOO_LARGE);
        for (int i = 0; i < 6; i++) {
            assertThat(bodies.take(key(1), full(i, i), 0)).isEqualTo(new Step.Next());
        }
        assertThat(refusal(bodies.take(key(1), full(6, 6), 0))).isEqualTo(ResponseCode.REQUEST_ENTITY_TOO_LARGE);
        assertThat(bodies.bytes()).isZero();
    }

    @Test
    void a_number_as_large_as_there_is_takes_nothing() {
        assertThat(refusal(bodies.take(key(1), full((1 << 20) - 1, 1), 0)))
                .isEqualTo(ResponseCode.REQUEST_ENTITY_TOO_LARGE);
        assertThat(bodies.count()).isZero();
    }

    @Test
    void blocks_that_are_not_as_long_as_they_say_are_refused() {
        assertThat(refusal(bodies.take(key(1), block(0, true, 1, 2), 0))).isEqualTo(ResponseCode.BAD_REQUEST);
        assertThat(refusal(bodies.take(key(1), block(0, false, new int[17]), 0)))
                .isEqualTo(ResponseCode.BAD_REQUEST);
        assertThat(refusal(bodies.take(key(1), new Block(0, 7, true, zeros(2048), OptionalInt.empty()), 0)))
                .isEqualTo(ResponseCode.BAD_REQUEST);
    }

    @Test
    void a_first_block_takes_its_own_size_and_not_what_its_sender_announces() {
        bodies.take(key(1), new Block(0, 0, true, zeros(16), OptionalInt.of(MAX)), 0);
        assertThat(bodies.bytes()).isLessThanOrEqualTo(32);
    }

    @Test
    void the_longest_untouched_has_to_go_for_a_new_one() {
        for (int port = 1; port <= 3; port++) {
            bodies.take(key(port), full(0, port), 0);
        }
        bodies.take(key(1), full(1, 1), 0);
        bodies.take(key(4), full(0, 4), 0);
        assertThat(bodies.count()).isEqualTo(3);
        assertThat(refusal(bodies.take(key(2), full(1, 2), 0))).isEqualTo(ResponseCode.REQUEST_ENTITY_INCOMPLETE);
        assertThat(bodies.take(key(1), block(2, false, 1), 0)).isInstanceOf(Step.Whole.class);
    }

    @Test
    void one_address_has_no_more_than_its_share_and_takes_nothing_from_another() {
        HalfBodies shared = new HalfBodies(MAX, new HalfBodies.Room(9, 900), new HalfBodies.Room(2, 100), 1000);
        HalfBodies.Key other = new HalfBodies.Key(
                new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 1), "coap://192.0.2.7/usp");
        shared.take(other, full(0, 9), 0);
        for (int port = 1; port <= 9; port++) {
            shared.take(key(port), full(0, port), 0);
        }
        assertThat(shared.count()).isEqualTo(3);
        assertThat(refusal(shared.take(key(7), full(1, 7), 0))).isEqualTo(ResponseCode.REQUEST_ENTITY_INCOMPLETE);
        assertThat(shared.take(key(8), full(1, 8), 0)).isEqualTo(new Step.Next());
        assertThat(shared.take(other, block(1, false, 1), 0)).isInstanceOf(Step.Whole.class);
    }

    @Test
    void all_together_take_no_more_than_the_bound() {
        for (int port = 1; port <= 3; port++) {
            for (int number = 0; number < 6; number++) {
                bodies.take(key(port), full(number, port), 0);
                assertThat(bodies.bytes()).isLessThanOrEqualTo(200 + MAX);
            }
        }
        assertThat(bodies.bytes()).isLessThanOrEqualTo(200);
    }

    @Test
    void what_waits_too_long_for_its_next_block_is_forgotten() {
        bodies.take(key(1), full(0, 1), 0);
        assertThat(refusal(bodies.take(key(1), full(1, 1), 1001))).isEqualTo(ResponseCode.REQUEST_ENTITY_INCOMPLETE);
        bodies.take(key(2), full(0, 1), 2000);
        bodies.take(key(3), full(0, 1), 4000);
        assertThat(bodies.count()).isEqualTo(1);
    }
}
