// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.requirements.Requirement;
import dev.pharos.usp.EndpointId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MqttTopicsTest {
    @Test
    void endpoint_ids_with_special_characters_are_safe_in_topics() {
        EndpointId id = new EndpointId("proto", "a/b+c#", "d%2Fe");
        assertThat(MqttTopics.forAgent(id)).isEqualTo("usp/agent/proto:a%2fb%2bc%23:d%252Fe");
        assertThat(MqttTopics.forController(EndpointId.of("proto::c"))).isEqualTo("usp/controller/proto::c");
        assertThat(MqttTopics.endpointId("usp/agent/proto::d%252Fe")).contains(EndpointId.of("proto::d%2Fe"));
        assertThat(MqttTopics.endpointId("/usp/agent/obuspa")).isEmpty();
        assertThat(MqttTopics.endpointId("usp/agent/")).isEmpty();
    }

    @Property
    @Requirement({"R-MQTT.24", "R-MQTT.25"})
    void a_reply_to_topic_survives_the_way_through_a_topic(
            @ForAll @CharRange(from = 'a', to = 'e') @Chars({'/', '%', ':', '=', '-', 'F', '5'}) String instance) {
        String own = "usp/agent/" + instance.replace("%", "%25");
        String topic = MqttTopics.withReplyTo("usp/controller/x/reply-to=y", own);
        assertThat(MqttTopics.replyTo(topic)).contains(own);
    }

    @Property
    void any_text_is_read_as_a_topic_without_a_fault(@ForAll String text) {
        MqttTopics.replyTo(text);
        MqttTopics.endpointId("usp/agent/" + text);
        if (MqttTopics.mayBeAnswered(text)) {
            assertThat(text).isNotEmpty().doesNotContain("+", "#", "\0");
        }
    }

    @Test
    @Requirement("R-MQTT.25")
    void the_last_reply_to_counts() {
        assertThat(MqttTopics.replyTo("a/reply-to=b/reply-to=c%2Fd")).contains("c/d");
        assertThat(MqttTopics.replyTo("a/b")).isEmpty();
        assertThat(MqttTopics.replyTo("a/reply-to=")).contains("");
        assertThat(MqttTopics.mayBeAnswered("")).isFalse();
        assertThat(MqttTopics.mayBeAnswered("$SYS/x")).isFalse();
        assertThat(MqttTopics.mayBeAnswered("x".repeat(1025))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, a/b, true",
        "a/b, a/b/c, false",
        "a/#, a/b/c, true",
        "a/#, a, true",
        "a/#, ab, false",
        "+/b, a/b, true",
        "+, a/b, false",
        "#, a/b, true",
        "a/b/c, a/b, false",
    })
    void a_filter_covers_what_it_brings(String filter, String topic, boolean covered) {
        assertThat(MqttTopics.covers(filter, topic)).isEqualTo(covered);
    }
}
