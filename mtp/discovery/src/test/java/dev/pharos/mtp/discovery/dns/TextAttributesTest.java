// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.mtp.discovery.UspService;
import dev.pharos.mtp.discovery.dns.Advertisement.Place;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.EndpointId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextAttributesTest {
    private static final EndpointId ID = EndpointId.of("os::00256D-1");

    private static TextAttributes of(String... strings) {
        return TextAttributes.of(Stream.of(strings)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    @Test
    void keys_come_in_any_case_and_the_first_of_each_counts() {
        TextAttributes text = of("Path=/usp", "path=/other", "encrypt", "name=a=b", "=x", "");
        assertThat(text.value("path")).contains("/usp");
        assertThat(text.value("name")).contains("a=b");
        assertThat(text.has("encrypt")).isTrue();
        assertThat(text.value("encrypt")).isEmpty();
        assertThat(text.values()).hasSize(3);
    }

    @Test
    @Requirement("R-DIS.9")
    void an_agents_record_has_a_path_and_a_name_be_it_empty() {
        assertThat(Advertisement.ofAgent(UspService.AGENT_WEBSOCKET, ID, Place.here(1), "/usp", "")
                        .text())
                .containsExactly("path=/usp", "name=");
        assertThatThrownBy(() -> new Advertisement(
                        UspService.AGENT_WEBSOCKET, ID, Place.here(1), "/usp", Optional.empty(), false))
                .hasMessageContaining("R-DIS.9");
    }

    @Test
    @Requirement("R-DIS.11")
    void a_controllers_record_has_a_path() {
        assertThat(Advertisement.ofController(UspService.CONTROLLER_MQTT, ID, Place.here(1), "usp/c", false)
                        .text())
                .containsExactly("path=usp/c");
    }

    @Test
    @Requirement("R-DIS.11a")
    void encryption_is_demanded_by_an_attribute_without_value() {
        assertThat(Advertisement.ofController(UspService.CONTROLLER_MQTT, ID, Place.here(1), "usp/c", true)
                        .text())
                .contains("encrypt");
    }

    @Test
    void a_service_that_nobody_listens_for_is_not_announced() {
        for (int port : List.of(0, -1, 65_536)) {
            assertThatThrownBy(() -> Place.here(port)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
