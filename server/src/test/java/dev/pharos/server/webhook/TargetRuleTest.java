// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetRuleTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://receiver.example/hook?x=1",
                "https://10.1.2.3:8443/",
                "http://127.0.0.1:9000/hook",
                "http://[::1]:9000/hook",
                "http://localhost/"
            })
    void these_are_targets(String url) {
        assertThat(TargetRule.objection(url, false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "receiver.example/hook",
                "ftp://receiver.example/",
                "file:///etc/passwd",
                "https:///hook",
                "https://user:secret@receiver.example/",
                "https://receiver.example/#here",
                "https://receiver.example/a b",
                "https://169.254.169.254/latest/meta-data/",
                "http://[fe80::1]/",
                "https://0.0.0.0/",
                "https://224.0.0.1/",
                "https://100.100.100.200/",
                "https://[::ffff:169.254.169.254]/",
                "https://[64:ff9b::a9fe:a9fe]/",
                "https://[2002:a9fe:a9fe::1]/",
                "https://[::169.254.169.254]/",
                "https://[fd00:ec2::254]/"
            })
    void these_are_none_whoever_asks(String url) {
        assertThat(TargetRule.objection(url, true)).isPresent();
    }

    @Test
    void plain_http_to_another_host_must_be_asked_for() {
        assertThat(TargetRule.objection("http://receiver.example/", false))
                .hasValueSatisfying(why -> assertThat(why).contains("must be https", "insecure"));
        assertThat(TargetRule.objection("http://receiver.example/", true)).isEmpty();
    }

    @Test
    void private_networks_are_where_receivers_often_are() throws Exception {
        for (String address :
                new String[] {"10.0.0.1", "192.168.1.1", "127.0.0.1", "::1", "fd12::1", "2002:a00:1::1"}) {
            assertThat(TargetRule.isForbidden(InetAddress.ofLiteral(address)))
                    .as(address)
                    .isFalse();
        }
    }

    /// Of a literal as of a name: the addresses are looked at when the connection is made.
    @Test
    void an_address_is_looked_at_again_when_it_is_connected_to() {
        try (TargetClient client = new TargetClient()) {
            Answer answer = client.post("http://169.254.169.254/latest/", Map.of(), "{}");
            assertThat(answer.text())
                    .isEqualTo("its name means an address that webhooks never go to: 169.254.169.254 (link-local,"
                            + " multicast, unspecified, or a cloud's metadata)");
        }
    }
}
