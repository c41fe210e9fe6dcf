// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where Agents are, in the words of the API.
final class WaysToAgentsTest {

    @ParameterizedTest
    @CsvSource({
        "mqtt://127.0.0.1:1883 usp/agent/os::A-1, usp/agent/os::A-1",
        "stomp://127.0.0.1:61613 /topic/usp.agent.os::A-1, /topic/usp.agent.os::A-1",
        "usp/agent/os::A-1, usp/agent/os::A-1"
    })
    void of_an_agent_behind_a_broker_it_is_the_topic_or_destination_alone(String address, String destination) {
        assertThat(WaysToAgents.destination(address)).isEqualTo(destination);
    }
}
