// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.stomp.StompFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Whatever a peer or a broker sends is read, or is the end of the connection.
class StompFuzzTest {
    private static final int MAX_BODY = 64;

    /// The first byte says in what pieces the others come, which must not matter.
    @FuzzTest(maxDuration = "20s")
    void frames_are_read_or_refused_however_they_are_cut(byte[] data) {
        int piece = data.length == 0 ? 1 : 1 + (data[0] & 0x3f);
        assertThat(read(data, piece)).isEqualTo(read(data, Integer.MAX_VALUE));
    }

    private static List<String> read(byte[] data, int piece) {
        EmbeddedChannel channel = new EmbeddedChannel(new StompFrameDecoder(MAX_BODY));
        channel.config().setAllocator(new UnpooledByteBufAllocator(false, true));
        List<String> found = new ArrayList<>();
        try {
            for (int i = Math.min(1, data.length); i < data.length; ) {
                int length = Math.min(piece, data.length - i);
                channel.writeInbound(channel.alloc().buffer(length).writeBytes(data, i, length));
                i += length;
            }
        } catch (CorruptedFrameException | TooLongFrameException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
            found.add("refused");
        }
        int frames = 0;
        for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
            if (next instanceof StompFrame frame) {
                assertThat(frame.content().readableBytes()).isLessThanOrEqualTo(MAX_BODY);
                found.add(
                        frames++,
                        frame.command() + " " + frame.headers().size() + " "
                                + frame.content().toString(StandardCharsets.ISO_8859_1)
                                + frame.decoderResult().isSuccess());
                frame.release();
            }
        }
        channel.finishAndReleaseAll();
        return found;
    }

    @FuzzTest(maxDuration = "20s")
    void a_destination_names_an_endpoint_or_none(byte[] data) {
        String destination = new String(data, StandardCharsets.UTF_8);
        for (String text : new String[] {destination, "/topic/usp.agent." + destination}) {
            StompDestinations.endpointId(text)
                    .ifPresent(id -> assertThat(StompDestinations.endpointId(StompDestinations.forAgent(id)))
                            .contains(id));
            StompDestinations.mayBeAnswered(text);
        }
    }
}
