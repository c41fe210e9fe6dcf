// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.udp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cwmp.DeviceId;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.usp.Bytes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

    /// Both signatures computed elsewhere, with Python's hmac: over the bytes before the attribute, filled
    /// with zeros to
    /// 64 and as they are.
    @Test
    void a_binding_request_is_signed_over_all_before_the_signature_filled_up_or_not() {
        String head = StunMessage.bindingRequest(TRANSACTION)
                .signed("gateway", "secret")
                .encode()
                .toHex();
        assertThat(head)
                .startsWith("0001003c")
                .contains("00060008" + "6761746577617900")
                .endsWith("00080014" + "9eba0f949379a010f7b339877aa4e2a2d856e3f2");
        for (String signature :
                List.of("9eba0f949379a010f7b339877aa4e2a2d856e3f2", "d86efeb777b510ce2ddb5fd8d9c973299e248c11")) {
            StunMessage read = StunMessage.decode(Bytes.ofHex(head.substring(0, head.length() - 40) + signature))
                    .orElseThrow();
            assertThat(read.isSigned()).isTrue();
            assertThat(read.username()).contains("gateway");
            assertThat(read.unknown()).isEmpty();
            assertThat(read.isSignedWith("secret")).isTrue();
            assertThat(read.isSignedWith("another")).isFalse();
            assertThat(read.isSignedWith("")).isFalse();
        }
    }

    @Test
    void what_follows_a_signature_or_is_changed_before_it_is_not_signed() {
        StunMessage signed = StunMessage.bindingRequest(TRANSACTION).signed("gateway", "secret");
        List<StunMessage.Attribute> more = new ArrayList<>(signed.attributes());
        more.add(new StunMessage.Attribute(0xC002, Bytes.EMPTY));
        assertThat(new StunMessage(signed.type(), TRANSACTION, more).isSignedWith("secret"))
                .isFalse();
        List<StunMessage.Attribute> others = new ArrayList<>(signed.attributes());
        others.set(1, new StunMessage.Attribute(0x0006, Bytes.ofUtf8("someone!")));
        assertThat(new StunMessage(signed.type(), TRANSACTION, others).isSignedWith("secret"))
                .isFalse();
        assertThat(StunMessage.bindingRequest(TRANSACTION).isSignedWith("secret"))
                .isFalse();
        assertThat(new StunMessage(1, TRANSACTION, List.of()).isSignedWith("secret"))
                .isFalse();
        assertThat(new StunMessage(1, TRANSACTION, List.of(new StunMessage.Attribute(0x0008, Bytes.ofUtf8("short"))))
                        .isSignedWith("secret"))
                .isFalse();
    }

    @Test
    void a_refusal_says_why_by_a_number() {
        StunMessage refused = StunMessage.bindingRequest(TRANSACTION).refusal(StunMessage.UNAUTHORIZED, "Unauthorized");
        assertThat(StunMessage.decode(refused.encode()).orElseThrow().errorCode())
                .hasValue(401);
        assertThat(StunMessage.bindingRequest(TRANSACTION).errorCode()).isEmpty();
        assertThat(new StunMessage(
                                StunMessage.BINDING_ERROR,
                                TRANSACTION,
                                List.of(new StunMessage.Attribute(0x0009, Bytes.EMPTY)))
                        .errorCode())
                .isEmpty();
    }

    @Test
    void a_lightweight_notification_is_a_post_signed_over_its_body() {
        String text = new String(
                new LightweightNotification(
                                1_795_687_200,
                                "box",
                                "n1",
                                new DeviceId("Acme", "00256D", "Box", "S1"),
                                List.of(new ParameterValue("Device.A", PrimitiveType.STRING, "<&>\u0001")))
                        .encode("192.0.2.1:7547", "secret")
                        .toByteArray(),
                StandardCharsets.UTF_8);
        String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><lwn:Notification"
                + " xmlns:lwn=\"urn:broadband-forum-org:cwmp:lwnotif-1-0\"><TS>1795687200</TS><UN>box</UN><CN>n1</CN>"
                + "<OUI>00256D</OUI><ProductClass>Box</ProductClass><SerialNumber>S1</SerialNumber>"
                + "<Param><Name>Device.A</Name><Value>&lt;&amp;&gt;\uFFFD</Value></Param></lwn:Notification>";
        assertThat(text)
                .isEqualTo("POST / HTTP/1.1\r\nHost: 192.0.2.1:7547\r\nContent-Type: text/xml; charset=utf-8\r\n"
                        + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length
                        + "\r\nSignature: 785827c369873f4207e5e95ed81913b413d37f80\r\n\r\n" + body);
    }

    private static LightweightNotification.Received heard(String datagram) {
        return LightweightNotification.decode(Bytes.ofUtf8(datagram)).orElseThrow();
    }

    @Test
    void a_lightweight_notification_is_read_as_it_was_sent_and_its_sender_is_known_by_the_signature() {
        LightweightNotification sent = new LightweightNotification(
                1_795_687_200,
                "box",
                "n1",
                new DeviceId("", "00256D", "Box", "S1"),
                List.of(
                        new ParameterValue("Device.A", PrimitiveType.STRING, "<&>"),
                        new ParameterValue("Device.B", PrimitiveType.STRING, " ")));
        String datagram = new String(sent.encode("h:1", "secret").toByteArray(), StandardCharsets.UTF_8);
        LightweightNotification.Received heard = heard(datagram);
        assertThat(heard.notification()).isEqualTo(sent);
        assertThat(heard.isSignedWith("secret")).isTrue();
        assertThat(heard.isSignedWith("other")).isFalse();
        assertThat(heard.isSignedWith("")).isFalse();
        assertThat(heard(datagram.replace("Box", "Bax")).isSignedWith("secret")).isFalse();
        assertThat(heard(datagram.replace("Signature: ", "SIGNATURE:\t")).isSignedWith("secret"))
                .isTrue();
    }

    @Test
    void what_is_no_lightweight_notification_is_none() {
        String head = "POST / HTTP/1.1\r\nSignature: " + "0".repeat(40) + "\r\n\r\n";
        String begin = "<n:Notification xmlns:n=\"urn:broadband-forum-org:cwmp:lwnotif-1-0\">";
        String ends = "<OUI>00256D</OUI><SerialNumber>S1</SerialNumber><TS>1</TS><UN>box</UN></n:Notification>";
        assertThat(heard(head + begin + "<Later><X/></Later>" + ends)
                        .notification()
                        .parameters())
                .isEmpty();
        for (String text : List.of(
                "",
                head,
                begin + ends,
                head.replace("POST", "GET") + begin + ends,
                head.replace("0", "x") + begin + ends,
                head + begin,
                head + begin + "<TS>1</TS>" + ends,
                head + begin + "<Param><Value>1</Value></Param>" + ends,
                head + begin + ends.replace("<TS>1</TS>", "<TS>-1</TS>"),
                head + begin + ends.replace("box", ""),
                head + begin + ends.replace("S1", " "),
                head + begin + ends + "<more/>",
                head + "<!DOCTYPE n [<!ENTITY a \"a\">]>" + begin + ends,
                head + begin + "<Param><Name>A</Name></Param>".repeat(1_001) + ends,
                head + "<a>".repeat(40) + ends)) {
            assertThat(LightweightNotification.decode(Bytes.ofUtf8(text)))
                    .as(text)
                    .isEmpty();
        }
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
