// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.usp.Bytes;
import org.junit.jupiter.api.Test;

class MqttWillTest {
    @Test
    void a_will_needs_a_topic_and_a_value() {
        assertThatThrownBy(() -> new MqttWill("", Bytes.ofUtf8("lost"), 0, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("topic");
        assertThatThrownBy(() -> new MqttWill("usp/#", Bytes.ofUtf8("lost"), 0, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MqttWill("usp/gone", Bytes.EMPTY, 0, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("value");
    }
}
