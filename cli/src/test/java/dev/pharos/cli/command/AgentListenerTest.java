// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.cli.terminal.WrongUsageException;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.usp.EndpointId;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentListenerTest {
    private static final EndpointId OWN = EndpointId.of("proto::agent");
    private static final Optional<TlsSettings> TLS =
            Optional.of(TlsSettings.server(Path.of("a.pem"), Path.of("a.key")));

    @Test
    void it_is_reached_at_the_address_that_was_given_and_at_usp_where_no_path_was() {
        AgentListener here = AgentListener.of("ws://127.0.0.1:0", OWN, Optional.empty());
        assertThat(here.config().path()).isEqualTo("/usp");
        assertThat(here.config().tls()).isEmpty();
        AgentListener open = AgentListener.of("wss://[::]/agent", OWN, TLS);
        assertThat(open.config().host()).isEqualTo("::");
        assertThat(open.config().port()).isEqualTo(443);
        assertThat(open.config().path()).isEqualTo("/agent");
        assertThat(open.config().tls()).isEqualTo(TLS);
    }

    @ParameterizedTest
    @CsvSource({
        "ws://0.0.0.0:8184/agent, use wss://",
        "ws://192.0.2.1:8184/agent, use wss://",
        "wss://0.0.0.0:8184/agent, 'needs --cert, --key and --ca'",
        "mqtt://127.0.0.1, must be wss://",
        "8184, must be wss://",
        "ws:///agent, must be wss://",
        "'ws://a b', must be wss://",
    })
    void nobody_is_let_in_who_could_not_prove_who_it_is(String url, String sentence) {
        assertThatThrownBy(() -> AgentListener.of(url, OWN, Optional.empty()))
                .isInstanceOf(WrongUsageException.class)
                .hasMessageContaining(sentence);
    }
}
