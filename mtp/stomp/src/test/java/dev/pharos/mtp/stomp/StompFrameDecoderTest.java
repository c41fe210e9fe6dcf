// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.stomp.DefaultStompFrame;
import io.netty.handler.codec.stomp.StompCommand;
import io.netty.handler.codec.stomp.StompFrame;
import io.netty.handler.codec.stomp.StompSubframeEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Frames exactly as they are on the wire, however they are cut into pieces.
class StompFrameDecoderTest {
    private static final int MAX_BODY = 1000;

    private static EmbeddedChannel channel(ChannelHandler handler) {
        EmbeddedChannel made = new EmbeddedChannel(handler);
        // What a test has read is left to the garbage collector.
        made.config().setAllocator(new UnpooledByteBufAllocator(false, true));
        return made;
    }

    private static EmbeddedChannel channel() {
        return channel(new StompFrameDecoder(MAX_BODY));
    }

    private static List<StompFrame> decode(byte[] bytes, int step) {
        EmbeddedChannel channel = channel();
        for (int i = 0; i < bytes.length; i += step) {
            channel.writeInbound(channel.alloc().buffer().writeBytes(bytes, i, Math.min(step, bytes.length - i)));
        }
        List<StompFrame> frames = new ArrayList<>();
        for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
            if (next instanceof StompFrame frame) {
                frames.add(frame);
            }
        }
        channel.finishAndReleaseAll();
        return frames;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static StompFrame only(String text, int step) {
        List<StompFrame> frames = decode(utf8(text), step);
        assertThat(frames).hasSize(1);
        return frames.getFirst();
    }

    private static byte[] body(StompFrame frame) {
        return ByteBufUtil.getBytes(frame.content());
    }

    /// What Netty's encoder writes is read again, whatever the body and wherever the stream is cut.
    @Property(tries = 300)
    void what_was_sent_is_read_with_every_byte_of_its_body(
            @ForAll @Size(max = 300) byte[] content, @ForAll @IntRange(min = 1, max = 40) int step) {
        EmbeddedChannel encoder = channel(new StompSubframeEncoder());
        StompFrame sent = new DefaultStompFrame(StompCommand.SEND, Unpooled.wrappedBuffer(content));
        sent.headers().set("destination", "/topic/a:b\\c\r\n").set("content-length", Integer.toString(content.length));
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        encoder.writeOutbound(sent);
        wire.writeBytes(ByteBufUtil.getBytes(encoder.<io.netty.buffer.ByteBuf>readOutbound()));
        wire.writeBytes(wire.toByteArray());

        List<StompFrame> frames = decode(wire.toByteArray(), step);

        assertThat(frames).hasSize(2).allSatisfy(frame -> {
            assertThat(body(frame)).isEqualTo(content);
            assertThat(frame.headers().getAsString("destination")).isEqualTo("/topic/a:b\\c\r\n");
        });
    }

    /// Netty's own decoder loses the headers before each cut, and with them the length of the body.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void headers_survive_being_cut_anywhere(int step) {
        StompFrame frame = only("MESSAGE\nmessage-id:7\nreply-to-dest:/x\ncontent-length:3\n\n\0a\0\0\n", step);

        assertThat(frame.headers().getAsString("message-id")).isEqualTo("7");
        assertThat(frame.headers().getAsString("reply-to-dest")).isEqualTo("/x");
        assertThat(body(frame)).containsExactly(0, 'a', 0);
    }

    /// CONNECTED knows no escapes. Netty's own decoder drops such a header.
    @Test
    void a_colon_in_a_value_of_connected_stays() {
        StompFrame frame = only("CONNECTED\nversion:1.2\nsubscribe-dest:/topic/os::1\\c\n\n\0", 5);

        assertThat(frame.headers().getAsString("subscribe-dest")).isEqualTo("/topic/os::1\\c");
    }

    @Test
    void escapes_are_read_and_the_first_of_several_headers_counts() {
        StompFrame frame = only("MESSAGE\r\na\\cb:1\\\\2\\n3\\r4\\c\r\nx:first\nx:second\nempty:\r\n\r\nbody\0", 4);

        assertThat(frame.headers().getAsString("a:b")).isEqualTo("1\\2\n3\r4:");
        assertThat(frame.headers().getAsString("x")).isEqualTo("first");
        assertThat(frame.headers().getAsString("empty")).isEmpty();
        assertThat(body(frame)).isEqualTo(utf8("body"));
    }

    @Test
    void letters_of_any_alphabet_are_read() {
        StompFrame frame = only("MESSAGE\nd:/q/\u00e4\u20ac\uD83D\uDE00\n\n\0", 3);

        assertThat(frame.headers().getAsString("d")).isEqualTo("/q/\u00e4\u20ac\uD83D\uDE00");
    }

    @Test
    void ends_of_line_between_frames_are_heart_beats() {
        EmbeddedChannel channel = channel();
        channel.writeInbound(Unpooled.copiedBuffer(utf8("\n\r\n\nRECEIPT\nreceipt-id:1\n\n\0\n")));

        assertThat(channel.<Object>readInbound()).isEqualTo(StompFrameDecoder.HeartBeat.EOL);
        assertThat(channel.<Object>readInbound()).isInstanceOf(StompFrame.class);
        assertThat(channel.<Object>readInbound()).isEqualTo(StompFrameDecoder.HeartBeat.EOL);
        assertThat(channel.<Object>readInbound()).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_body_that_is_too_long_is_skipped_and_told_and_what_follows_is_read(boolean announced) {
        byte[] large = new byte[MAX_BODY + 1];
        new Random(3).nextBytes(large);
        for (int i = 0; i < large.length; i++) {
            large[i] = large[i] == 0 && !announced ? 1 : large[i];
        }
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.writeBytes(utf8("MESSAGE\nreply-to-dest:/x\n"));
        wire.writeBytes(utf8(announced ? "content-length:" + large.length + "\n\n" : "\n"));
        wire.writeBytes(large);
        wire.writeBytes(utf8("\0\nRECEIPT\nreceipt-id:1\n\n\0"));

        for (int step : new int[] {1, 100, wire.size()}) {
            List<StompFrame> frames = decode(wire.toByteArray(), step);
            assertThat(frames).hasSize(2);
            assertThat(frames.get(0).decoderResult().isFailure()).isTrue();
            assertThat(frames.get(0).headers().getAsString("reply-to-dest")).isEqualTo("/x");
            assertThat(frames.get(1).command()).isEqualTo(StompCommand.RECEIPT);
            assertThat(frames.get(1).decoderResult().isSuccess()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NONSENSE\n\n\0",
                "message\n\n\0",
                "UNKNOWN\n\n\0",
                "MESSAGE\nno-colon\n\n\0",
                "MESSAGE\n:no-name\n\n\0",
                "MESSAGE\na:b:c\n\n\0",
                "MESSAGE\na:\\t\n\n\0",
                "MESSAGE\na:\\\n\n\0",
                "MESSAGE\ncontent-length:abc\n\n\0",
                "MESSAGE\ncontent-length:-1\n\n\0",
                "MESSAGE\ncontent-length:99999999999999999999\n\n\0",
                "MESSAGE\ncontent-length:2\n\nabc\0",
                "\u0000\n\n"
            })
    void malformed_frames_are_refused(String text) {
        assertThatThrownBy(() -> decode(utf8(text), 1000)).isInstanceOf(DecoderException.class);
    }

    @Test
    void bytes_that_are_no_utf_8_are_refused() {
        byte[] bytes = utf8("MESSAGE\na:?\n\n\0");
        bytes[10] = (byte) 0xff;
        assertThatThrownBy(() -> decode(bytes, 1000)).isInstanceOf(DecoderException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000})
    void a_head_without_end_is_bounded(int lineLength) {
        String line = "a".repeat(lineLength) + ":\n";
        String endless = "MESSAGE\n" + line.repeat(20_000 / lineLength);
        assertThatThrownBy(() -> decode(utf8(endless), 100)).isInstanceOf(DecoderException.class);
        assertThatThrownBy(() -> decode(utf8("M".repeat(20_000)), 100)).isInstanceOf(DecoderException.class);
    }

    @Test
    void nothing_is_read_after_what_is_malformed() {
        EmbeddedChannel channel = channel();
        assertThatThrownBy(() -> channel.writeInbound(Unpooled.copiedBuffer(utf8("NONSENSE\n"))))
                .isInstanceOf(DecoderException.class);
        channel.writeInbound(Unpooled.copiedBuffer(utf8("RECEIPT\nreceipt-id:1\n\n\0")));
        assertThat(channel.<Object>readInbound()).isNull();
    }
}
