// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/// Topics are what peers name them: any text.
class MqttTopicsFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void a_topic_names_an_endpoint_or_none(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        for (String topic : new String[] {text, "usp/agent/" + text, "usp/controller/" + text}) {
            MqttTopics.endpointId(topic)
                    .ifPresent(id -> assertThat(MqttTopics.endpointId(MqttTopics.forController(id)))
                            .contains(id));
            if (MqttTopics.mayBeAnswered(topic)) {
                assertThat(topic).doesNotContain("+", "#", "\0");
            }
            MqttTopics.replyTo(topic).ifPresent(reply -> assertThat(reply).doesNotContain("/reply-to="));
        }
    }

    @FuzzTest(maxDuration = "20s")
    void a_filter_covers_a_topic_or_does_not(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        int half = text.length() / 2;
        String topic = text.substring(half);
        assertThat(MqttTopics.covers("#", topic)).isTrue();
        if (!topic.contains("#") && !topic.contains("+")) {
            assertThat(MqttTopics.covers(topic, topic)).isTrue();
        }
        MqttTopics.covers(text.substring(0, half), topic);
    }
}
