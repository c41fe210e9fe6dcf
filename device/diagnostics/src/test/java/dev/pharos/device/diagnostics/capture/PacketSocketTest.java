// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.usp.Bytes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/// What the kernel says of a packet beside its bytes.
final class PacketSocketTest {
    private static final String ADDRESSES = "020000000001020000000002";

    /// @param tpid 0 where an old kernel does not say
    private static MemorySegment auxiliary(int status, int tci, int tpid) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(20).order(ByteOrder.nativeOrder());
        bytes.putInt(0, status).putShort(16, (short) tci).putShort(18, (short) tpid);
        return MemorySegment.ofBuffer(bytes);
    }

    private static String whole(LinkKind kind, String made, String link) {
        Bytes tag = PacketSocket.tag(auxiliary(0x51, 0x6007, 0x88A8));
        ByteBuffer packet = Bytes.ofHex(link).asReadOnlyBuffer();
        return kind.whole(Bytes.ofHex(made), tag, packet).toHex();
    }

    @Test
    void a_vlan_tag_that_the_kernel_took_out_is_put_back_where_it_was() {
        assertThat(whole(LinkKind.ETHERNET, "", ADDRESSES + "080045")).isEqualTo(ADDRESSES + "88a86007" + "080045");
        assertThat(whole(LinkKind.COOKED, "0000000100060200000000020000" + "0800", "45"))
                .isEqualTo("0000000100060200000000020000" + "88a86007" + "0800" + "45");
    }

    @Test
    void packets_without_a_tag_stay_as_they_are_and_old_kernels_mean_the_usual_one() {
        assertThat(PacketSocket.tag(auxiliary(0x1, 7, 0x8100))).isEqualTo(Bytes.EMPTY);
        assertThat(PacketSocket.tag(auxiliary(0x11, 7, 0))).isEqualTo(Bytes.ofHex("81000007"));
        assertThat(LinkKind.RAW
                        .whole(Bytes.EMPTY, Bytes.EMPTY, Bytes.ofHex("4500").asReadOnlyBuffer())
                        .toHex())
                .isEqualTo("4500");
    }

    @Test
    void a_torn_packet_with_a_tag_is_no_trouble() {
        assertThat(whole(LinkKind.ETHERNET, "", "0200")).isEqualTo("0200" + "88a86007");
    }

    @Test
    void links_are_told_apart_by_their_hardware() {
        assertThat(LinkKind.of(1)).isEqualTo(LinkKind.ETHERNET);
        assertThat(LinkKind.of(772)).as("loopback").isEqualTo(LinkKind.ETHERNET);
        assertThat(LinkKind.of(65_534)).as("a tunnel").isEqualTo(LinkKind.RAW);
        assertThat(LinkKind.of(512)).as("PPP").isEqualTo(LinkKind.COOKED);
    }
}
