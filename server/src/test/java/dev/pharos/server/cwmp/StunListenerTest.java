// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.cwmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.pharos.cwmp.udp.StunMessage;
import dev.pharos.cwmp.udp.StunMessage.Attribute;
import dev.pharos.cwmp.udp.UdpCall;
import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The STUN server of the ACS, by datagrams.
final class StunListenerTest {
    private static final Bytes TRANSACTION = Bytes.ofHex("00112233445566778899aabbccddeeff");

    private final StunListener listener = StunListener.listen("127.0.0.1", 0, Optional.empty());
    private final DatagramSocket device = new DatagramSocket(0, InetAddress.getLoopbackAddress());

    StunListenerTest() throws IOException {
        device.setSoTimeout(20_000);
    }

    @AfterEach
    void close() {
        listener.close();
        device.close();
    }

    private void send(Bytes datagram) throws IOException {
        send(listener, datagram);
    }

    private void send(StunListener to, Bytes datagram) throws IOException {
        byte[] bytes = datagram.toByteArray();
        device.send(new DatagramPacket(
                bytes,
                bytes.length,
                InetAddress.getLoopbackAddress(),
                Integer.parseInt(to.url().replaceAll(".*:", ""))));
    }

    private Bytes receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
        device.receive(packet);
        return Bytes.copyOf(Arrays.copyOf(packet.getData(), packet.getLength()));
    }

    private InetSocketAddress own() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), device.getLocalPort());
    }

    @Test
    void whoever_asks_hears_from_where_it_asks() throws Exception {
        send(StunMessage.bindingRequest(TRANSACTION).encode());
        StunMessage answer = StunMessage.decode(receive()).orElseThrow();
        assertThat(answer.type()).isEqualTo(StunMessage.BINDING_RESPONSE);
        assertThat(answer.transaction()).isEqualTo(TRANSACTION);
        assertThat(answer.mappedAddress()).contains(own());
    }

    @Test
    void it_answers_nobody_else_than_who_asks() throws Exception {
        try (DatagramSocket victim = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            victim.setSoTimeout(500);
            // RESPONSE-ADDRESS of RFC 3489
            Bytes elsewhere = Bytes.ofHex("0001" + String.format("%04x", victim.getLocalPort()) + "7f000001");
            send(new StunMessage(StunMessage.BINDING_REQUEST, TRANSACTION, List.of(new Attribute(0x0002, elsewhere)))
                    .encode());
            assertThat(StunMessage.decode(receive()).orElseThrow().mappedAddress())
                    .contains(own());
            assertThatIOException()
                    .isThrownBy(() -> victim.receive(new DatagramPacket(new byte[100], 100)))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void what_is_no_question_gets_no_answer_and_the_next_question_one() throws Exception {
        send(Bytes.ofUtf8("GET / HTTP/1.1\r\n\r\n"));
        send(Bytes.EMPTY);
        send(new StunMessage(StunMessage.BINDING_RESPONSE, TRANSACTION, List.of()).encode());
        send(new StunMessage(StunMessage.BINDING_REQUEST, TRANSACTION, List.of(new Attribute(0x0077, Bytes.EMPTY)))
                .encode());
        assertThat(StunMessage.decode(receive()).orElseThrow().type()).isEqualTo(StunMessage.BINDING_ERROR);
        send(StunMessage.bindingRequest(TRANSACTION).encode());
        assertThat(StunMessage.decode(receive()).orElseThrow().type()).isEqualTo(StunMessage.BINDING_RESPONSE);
    }

    @Test
    void who_has_to_sign_and_does_not_or_not_rightly_is_told_why_and_nothing_else() throws Exception {
        StunMessage question = StunMessage.bindingRequest(TRANSACTION);
        try (StunListener strict = StunListener.listen("127.0.0.1", 0, Optional.of(name -> name + "'s word"))) {
            for (Map.Entry<StunMessage, Integer> each : Map.of(
                            question,
                            401,
                            question.signed("", "box's word"),
                            432,
                            question.signed("box", "a word"),
                            431,
                            question.signed("other", "box's word"),
                            431)
                    .entrySet()) {
                send(strict, each.getKey().encode());
                StunMessage refused = StunMessage.decode(receive()).orElseThrow();
                assertThat(refused.errorCode()).hasValue(each.getValue());
                assertThat(refused.mappedAddress()).isEmpty();
            }
            send(strict, question.signed("box", "box's word").encode());
            StunMessage answer = StunMessage.decode(receive()).orElseThrow();
            assertThat(answer.mappedAddress()).contains(own());
            assertThat(answer.isSignedWith("box's word")).isTrue();
        }
    }

    @Test
    void a_call_comes_in_equal_copies_from_where_the_device_asks() throws Exception {
        UdpCall call = UdpCall.signed(1_795_687_200, 7, "pharos-1", "n", "word");
        assertThat(listener.call(own(), call)).isEqualTo(Optional.empty());
        Bytes first = receive();
        assertThat(UdpCall.decode(first)).contains(call);
        for (int i = 1; i < Limits.CALL_COPIES; i++) {
            assertThat(receive()).isEqualTo(first);
        }
    }

    @Test
    void a_taken_port_is_named() {
        int port = Integer.parseInt(listener.url().replaceAll(".*:", ""));
        assertThatIOException()
                .isThrownBy(() -> StunListener.listen("127.0.0.1", port, Optional.empty()))
                .withMessageContaining(Integer.toString(port));
    }
}
