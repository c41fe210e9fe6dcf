// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.usp.MalformedInputException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where answers may go.
class ReplyToTest {
    private static final InetSocketAddress SOURCE = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 40_001);
    private static final InetSocketAddress SOURCE_6 =
            new InetSocketAddress(InetAddress.ofLiteral("2001:db8::7"), 40_001);

    @ParameterizedTest
    @CsvSource({
        "coap://192.0.2.7:5683/usp, 5683, coap://192.0.2.7:5683/usp",
        "coap://192.0.2.7/usp, 5683, coap://192.0.2.7:5683/usp",
        "coap://192.0.2.7, 5683, coap://192.0.2.7:5683",
        "coap://192.0.2.7:9/a/b%20c/, 9, coap://192.0.2.7:9/a/b%20c/",
        "COAP://192.0.2.7:9/x, 9, coap://192.0.2.7:9/x",
        // a name is nobody's word but the peer's: the address of the request stands for it
        "coap://agent.example:5683/usp, 5683, coap://192.0.2.7:5683/usp"
    })
    void answers_go_to_the_address_of_the_request_at_the_port_and_path_that_it_names(
            String uri, int port, String canonical) throws Exception {
        ReplyTo found = ReplyTo.read(List.of("x=1", "reply-to=" + uri), SOURCE, false);
        assertThat(found.address()).isEqualTo(new InetSocketAddress(SOURCE.getAddress(), port));
        assertThat(found.uri()).hasToString(canonical);
    }

    @Test
    void an_address_of_ipv6_stands_in_brackets() throws Exception {
        ReplyTo found = ReplyTo.read(List.of("reply-to=coaps://[2001:db8:0::7]:5684/usp"), SOURCE_6, true);
        assertThat(found.address()).isEqualTo(new InetSocketAddress(SOURCE_6.getAddress(), 5684));
        assertThat(found.uri()).hasToString("coaps://[2001:db8:0:0:0:0:0:7]:5684/usp");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reply-to=coap://192.0.2.8:5683/usp",
                "reply-to=coap://[2001:db8::7]:5683/usp",
                "reply-to=coap://127.0.0.1:5683/usp",
                "reply-to=coap://0:5683/usp"
            })
    void nobody_can_have_answers_sent_to_another_host(String query) {
        assertThatThrownBy(() -> ReplyTo.read(List.of(query), SOURCE, false))
                .isInstanceOf(MalformedInputException.class)
                .hasMessageContaining("points to another host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reply-to=",
                "reply-to=usp",
                "reply-to=http://192.0.2.7/usp",
                "reply-to=coap:///usp",
                "reply-to=coap://user@192.0.2.7/usp",
                "reply-to=coap://192.0.2.7/usp?x=1",
                "reply-to=coap://192.0.2.7/usp#x",
                "reply-to=coap://192.0.2.7:0/usp",
                "reply-to=coap://192.0.2.7:70000/usp",
                "reply-to=coap://192.0.2.7/a/../usp",
                "reply-to=coap://192.0.2.7/%zz",
                "reply-to=coaps://192.0.2.7/usp",
                "replyto=coap://192.0.2.7/usp"
            })
    void what_is_no_place_for_answers_is_refused_in_words(String query) {
        assertThatThrownBy(() -> ReplyTo.read(List.of(query), SOURCE, false))
                .isInstanceOf(MalformedInputException.class)
                .hasMessageContaining("reply-to");
    }

    @Test
    void two_places_are_none() {
        String one = "reply-to=coap://192.0.2.7/usp";
        assertThatThrownBy(() -> ReplyTo.read(List.of(one, one), SOURCE, false)).hasMessageContaining("more than one");
    }

    @Test
    void the_way_back_is_encrypted_where_the_request_was() {
        assertThatThrownBy(() -> ReplyTo.read(List.of("reply-to=coap://192.0.2.7/usp"), SOURCE, true))
                .hasMessageContaining("must be coaps");
    }
}
