// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.testkit.RecordingReceiver;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What passes, byte by byte.
class GoldenExchangeTest {
    private final RecordingReceiver receiver = new RecordingReceiver();
    private final CoapServerMtp server = Peers.server(Peers.terms());

    @BeforeEach
    void listen() throws Exception {
        server.start(receiver);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_record_is_a_post_that_is_answered_with_2_04() throws Exception {
        try (RawCoap peer = new RawCoap(server.port())) {
            peer.send(peer.post(0x1234, Peers.AGENT + "\nhello"));
            assertThat(peer.receive().hex()).isEqualTo("61441234ab");
            assertThat(receiver.nextConnected().peer().endpointId()).hasValue(Peers.AGENT);
            assertThat(receiver.nextRecord()).isEqualTo(Peers.record(Peers.AGENT, "hello"));
        }
    }

    @Test
    void our_record_is_a_post_to_the_reply_to_and_says_where_we_are_answered() throws Exception {
        try (RawCoap peer = new RawCoap(server.port())) {
            assertThat(peer.ask(peer.post(1, Peers.AGENT + "\n"))).isEqualTo(0x44);
            MtpConnection connection = receiver.nextConnected();
            connection.send(Peers.record(Peers.CONTROLLER, "question"));

            RawCoap.Message call = peer.receive();
            assertThat(call.hex()).startsWith("4801");
            assertThat(call.rest()).isEqualTo("b161");
            peer.answer(call, 0x85);

            RawCoap.Message post = peer.receive();
            assertThat(post.hex()).startsWith("4802");
            String query = "reply-to=coap://127.0.0.1:" + server.port() + "/usp";
            assertThat(post.rest())
                    .isEqualTo("b161" + "112a" + "3d" + String.format("%02x", query.length() - 13) + hex(query) + "ff"
                            + hex(Peers.CONTROLLER + "\nquestion"));
            assertThat(post.from().getPort()).isEqualTo(server.port());
            peer.answer(post, 0x44);
        }
    }

    @Test
    void a_message_that_comes_again_is_answered_again_and_counts_once() throws Exception {
        try (RawCoap peer = new RawCoap(server.port())) {
            byte[] post = peer.post(7, Peers.AGENT + "\nonce");
            peer.send(post);
            String first = peer.receive().hex();
            peer.send(post);
            assertThat(peer.receive().hex()).isEqualTo(first);
            assertThat(peer.ask(peer.post(8, Peers.AGENT + "\ntwice"))).isEqualTo(0x44);
            MtpConnection _ = receiver.nextConnected();
            assertThat(receiver.nextRecord()).isEqualTo(Peers.record(Peers.AGENT, "once"));
            assertThat(receiver.nextRecord()).isEqualTo(Peers.record(Peers.AGENT, "twice"));
            assertThat(receiver.pending()).isEmpty();
        }
    }

    @Test
    void blocks_are_acknowledged_one_by_one_and_echoed() throws Exception {
        try (RawCoap peer = new RawCoap(server.port())) {
            String record = Peers.AGENT + "\n0123456789";
            byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
            peer.send(new RawCoap.Builder(RawCoap.POST, 1, 0xab)
                    .path("usp")
                    .contentFormat(42)
                    .query(peer.replyTo())
                    .block(0, true, 0)
                    .payload(java.util.Arrays.copyOf(bytes, 16)));
            // 2.31 Continue, Block1 0/more/16
            assertThat(peer.receive().hex()).isEqualTo("615f0001abd10e08");
            peer.send(new RawCoap.Builder(RawCoap.POST, 2, 0xab)
                    .path("usp")
                    .contentFormat(42)
                    .query(peer.replyTo())
                    .block(1, false, 0)
                    .payload(java.util.Arrays.copyOfRange(bytes, 16, bytes.length)));
            assertThat(peer.receive().hex()).isEqualTo("61440002abd10e10");
            MtpConnection _ = receiver.nextConnected();
            assertThat(receiver.nextRecord()).isEqualTo(Peers.record(Peers.AGENT, "0123456789"));
        }
    }

    @Test
    void the_resource_says_what_it_is() throws Exception {
        try (RawCoap peer = new RawCoap(server.port())) {
            peer.send(new RawCoap.Builder(RawCoap.GET, 1, 0xab)
                    .path(".well-known")
                    .path("core")
                    .bare());
            RawCoap.Message answer = peer.receive();
            assertThat(answer.code()).isEqualTo(0x45);
            assertThat(answer.rest())
                    .isEqualTo("c128ff" + hex("</usp>;rt=\"bbf.usp.endpoint\";if=\"bbf.usp.c\";ct=42"));
        }
    }
}
