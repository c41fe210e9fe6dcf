// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.uds;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;

/// Whatever comes from a socket is frames, or is refused once and in words.
class UdsFuzzTest {

    /// The first byte says in what pieces the others come, which must not matter.
    @FuzzTest(maxDuration = "20s")
    void frames_are_read_or_refused_however_they_are_cut(byte[] data) {
        int piece = data.length == 0 ? 1 : 1 + (data[0] & 0x3f);
        assertThat(read(data, piece)).isEqualTo(read(data, Integer.MAX_VALUE));
    }

    private static List<String> read(byte[] data, int piece) {
        EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder());
        channel.config().setAllocator(new UnpooledByteBufAllocator(false, true));
        for (int i = Math.min(1, data.length); i < data.length; ) {
            int length = Math.min(piece, data.length - i);
            channel.writeInbound(channel.alloc().buffer(length).writeBytes(data, i, length));
            i += length;
        }
        List<String> found = new ArrayList<>();
        for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
            switch (next) {
                case Tlv field -> {
                    found.add(field.type() + " " + field.value() + " " + field.text());
                    assertThat(field.value().size()).isLessThan(data.length);
                }
                case FrameDecoder.Unparsable end -> {
                    assertThat(end.reason()).isNotEmpty();
                    found.add("refused");
                }
                default -> throw new AssertionError("came out of the decoder: " + next);
            }
        }
        channel.finishAndReleaseAll();
        assertThat(found.stream().filter("refused"::equals).count()).isLessThanOrEqualTo(1);
        return found;
    }
}
