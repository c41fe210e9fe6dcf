// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pharos.cli.terminal.WrongUsageException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What three options of `/etc/config/usp` say together.
class ControllerUrlTest {
    private static ControllerUrl of(String url, @Nullable String mtp, @Nullable Boolean tls) {
        return ControllerUrl.of(url, Optional.ofNullable(mtp), Optional.ofNullable(tls));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        wss://acs.example.com,           websocket, true,  wss://acs.example.com/usp
        wss://acs.example.com,           ,          ,      wss://acs.example.com/usp
        wss://acs.example.com:8443,      WebSocket, ,      wss://acs.example.com:8443/usp
        WSS://acs.example.com/,          websocket, ,      wss://acs.example.com/
        wss://acs.example.com/agent,     ,          true,  wss://acs.example.com/agent
        wss://acs.example.com?tenant=1,  ,          ,      wss://acs.example.com/usp?tenant=1
        wss://[2001:db8::1],             ,          ,      wss://[2001:db8::1]/usp
        ws://127.0.0.1:8183,             websocket, false, ws://127.0.0.1:8183/usp
        acs.example.com,                 websocket, ,      wss://acs.example.com/usp
        acs.example.com:8443/a,          websocket, true,  wss://acs.example.com:8443/a
        acs.example.com,                 websocket, false, ws://acs.example.com/usp
        broker.example,                  mqtt,      true,  mqtts://broker.example
        broker.example,                  mqtt,      false, mqtt://broker.example
        mqtt://broker.example:1883,      mqtt,      ,      mqtt://broker.example:1883
        mqtts://broker.example/my/topic, ,          ,      mqtts://broker.example/my/topic
        stomps://broker.example,         stomp,     true,  stomps://broker.example
        broker.example:61613,            STOMP,     false, stomp://broker.example:61613
        unix:/run/usp/broker,            ,          ,      unix:/run/usp/broker
        """)
    void it_is_one_address(String url, @Nullable String mtp, @Nullable Boolean tls, String address) {
        assertThat(of(url, mtp, tls)).isEqualTo(new ControllerUrl(address, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        ws://acs.example.com:8080, wss://acs.example.com:8080/usp
        mqtt://broker.example,     mqtts://broker.example
        stomp://broker.example/q,  stomps://broker.example/q
        """)
    void enable_tls_makes_it_encrypted_and_says_so(String url, String address) {
        ControllerUrl read = of(url, null, true);
        assertThat(read.address()).isEqualTo(address);
        assertThat(read.remark().orElseThrow()).contains("enable_tls '1'", address.replaceAll("//.*", "//"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        wss://acs.example.com,   ,          false, enable_tls '0' contradicts wss://
        mqtts://broker.example,  mqtt,      false, enable_tls '0' contradicts mqtts://
        mqtt://broker.example,   websocket, ,      mtp 'websocket' contradicts mqtt://
        wss://acs.example.com,   stomp,     true,  mtp 'stomp' contradicts wss://
        acs.example.com,         ,          true,  says no protocol
        wss://acs.example.com,   coap,      ,      'must be websocket, mqtt or stomp: coap'
        https://acs.example.com, ,          ,      must begin with ws://
        wss://,                  ,          ,      names no host
        wss:///usp,              ,          ,      names no host
        discover,                ,          ,      counts when the agent starts
        unix:/run/usp,           websocket, ,      a socket of this host
        """)
    void what_contradicts_is_refused_in_a_sentence(
            String url, @Nullable String mtp, @Nullable Boolean tls, String sentence) {
        assertThatExceptionOfType(WrongUsageException.class)
                .isThrownBy(() -> of(url, mtp, tls))
                .withMessageContaining(sentence);
    }

    @Test
    void a_login_in_the_url_is_refused_and_not_repeated() {
        assertThatExceptionOfType(WrongUsageException.class)
                .isThrownBy(() -> of("wss://me:secret@acs.example.com", null, null))
                .withMessageContaining("option username")
                .withMessageNotContaining("secret");
    }
}
