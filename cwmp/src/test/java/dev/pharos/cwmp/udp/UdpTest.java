// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.udp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.usp.Bytes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class UdpTest {
    private static final Bytes TRANSACTION = Bytes.ofHex("000102030405060708090a0b0c0d0e0f");

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    @Test
    void a_binding_request_is_that_of_rfc_3489_with_the_attribute_of_tr_111() {
        assertThat(StunMessage.bindingRequest(TRANSACTION).encode().toHex())
                .isEqualTo("00010018000102030405060708090a0b0c0d0e0f" + "c0010014"
                        + "64736c666f72756d2e6f72672f54522d31313120");
    }

    @Test
    void a_response_tells_the_address_that_was_seen() {
        for (InetSocketAddress seen : List.of(at("203.0.113.9", 40_000), at("2001:db8::7", 65_535))) {
            StunMessage response = StunMessage.bindingRequest(TRANSACTION).bindingResponse(seen, at("192.0.2.1", 3478));
            StunMessage read = StunMessage.decode(response.encode()).orElseThrow();
            assertThat(read).isEqualTo(response);
            assertThat(read.type()).isEqualTo(StunMessage.BINDING_RESPONSE);
            assertThat(read.mappedAddress()).contains(seen);
        }
    }

    @Test
    void what_must_be_known_and_is_not_is_refused_by_its_number() {
        StunMessage asked = new StunMessage(
                StunMessage.BINDING_REQUEST,
                TRANSACTION,
                List.of(
                        new StunMessage.Attribute(0x0006, Bytes.ofUtf8("user")),
                        new StunMessage.Attribute(0x0024, Bytes.EMPTY),
                        new StunMessage.Attribute(0xC002, Bytes.EMPTY)));
        assertThat(asked.unknown()).containsExactly(0x0024);
        assertThat(asked.refusal(asked.unknown()).encode().toHex())
                .startsWith("0111")
                .contains("00000414")
                .endsWith("000a000400240024");
    }

    @Test
    void a_call_is_signed_over_what_it_says() {
        UdpCall call = UdpCall.signed(1_795_687_200, 7, "box", "n1", "secret");
        UdpCall read = UdpCall.decode(call.encode("203.0.113.9:40000")).orElseThrow();
        assertThat(read).isEqualTo(call);
        assertThat(read.isSignedWith("secret")).isTrue();
        assertThat(read.isSignedWith("another")).isFalse();
        assertThat(new UdpCall(read.time() + 1, read.id(), read.username(), read.nonce(), read.signature())
                        .isSignedWith("secret"))
                .isFalse();
        assertThat(new UdpCall(1, 7, "box", "n1", "").isSignedWith("")).isFalse();
    }

    /// Computed with OpenSSL: printf '17956872007boxn1' | openssl dgst -sha1 -hmac secret
    @Test
    void the_signature_is_hmac_sha1_over_the_four_words_one_after_the_other() {
        assertThat(UdpCall.signed(1_795_687_200, 7, "box", "n1", "secret").signature())
                .isEqualTo("b781ef678a4a72f260f0b7a615fdd49162199dd5");
    }

    @Test
    void what_is_no_call_is_none() {
        for (String text : List.of(
                "",
                "GET",
                "GET /x HTTP/1.1\r\n\r\n",
                "GET http://h?ts=x&id=1 HTTP/1.1",
                "POST http://h?ts=1&id=1 HTTP/1.1")) {
            assertThat(UdpCall.decode(Bytes.ofUtf8(text))).isEmpty();
        }
    }

    @Property(tries = 2_000)
    void whatever_comes_is_read_or_not_and_what_is_read_is_written_again(@ForAll byte[] content, @ForAll long seed) {
        StunMessage.decode(Bytes.copyOf(content))
                .ifPresent(message ->
                        assertThat(StunMessage.decode(message.encode())).contains(message));
        UdpCall.decode(Bytes.copyOf(content));
        byte[] torn = StunMessage.bindingRequest(TRANSACTION)
                .bindingResponse(at("203.0.113.9", 1), at("192.0.2.1", 2))
                .encode()
                .toByteArray();
        Random random = new Random(seed);
        torn[random.nextInt(torn.length)] = (byte) random.nextInt(256);
        StunMessage.decode(Bytes.copyOf(torn)).ifPresent(StunMessage::mappedAddress);
    }
}
