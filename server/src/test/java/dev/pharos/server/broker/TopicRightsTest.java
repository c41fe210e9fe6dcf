// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3SubAckException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import dev.pharos.mtp.mqtt.MqttTopics;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a device may read and write, and how it tries to get more.
class TopicRightsTest {
    private static final String THIEF = "self::thief";
    private static final String VICTIM = "usp/agent/self::victim";
    private BrokerBed bed;

    @BeforeEach
    void start() throws IOException {
        bed = new BrokerBed();
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @ParameterizedTest
    @Requirement("R-MQTT.42")
    @ValueSource(
            strings = {
                VICTIM,
                VICTIM + "/#",
                "#",
                "+/#",
                "usp/#",
                "usp/agent/#",
                "usp/agent/+",
                "usp/+/self::victim",
                "+/+/self::victim",
                "+/self::victim/#",
                "+/+/self::victim/#",
                "+/+/+/#",
                "+/+/+",
                "+/+/+/self::thief/#",
                "+/+/self::thief/+",
                "usp/controller/#",
                BrokerBed.CONTROLLER_TOPIC,
                BrokerBed.CONTROLLER_TOPIC + "/#",
                "usp.agent.self::victim",
                "usp/agent/self::thief.x/#",
                "usp/agent/*",
                "usp/agent/self",
                "activemq.notifications",
                "$sys.mqtt.sessions",
                "$SYS/#",
                "queue://usp",
                "a::device-self_3a_3avictim.usp.agent.self_3a_3avictim",
                "usp/agent/self_3a_3avictim"
            })
    void no_device_listens_to_what_is_not_its_own(String filter) {
        Mqtt5BlockingClient thief = bed.device(THIEF);

        assertThat(BrokerBed.subscribes(thief, filter)).isFalse();

        assertThat(bed.refusals).anyMatch(reason -> reason.contains("may not use the topic " + filter));
    }

    @ParameterizedTest
    @Requirement("R-MQTT.45")
    @ValueSource(strings = {"self::lamp", "os::0200F0-a.b_c"})
    void a_device_that_was_told_no_topic_tries_wildcards_and_hears_what_is_for_it_and_nothing_else(String id) {
        Mqtt5BlockingClient device = bed.device(id);
        Queue<String> heard = BrokerBed.heard(device);

        assertThat(BrokerBed.subscribes(device, "+/" + id + "/#")).isTrue();
        assertThat(BrokerBed.subscribes(device, "+/+/" + id + "/#")).isTrue();

        Mqtt5BlockingClient controller = bed.controller();
        BrokerBed.publish(controller, VICTIM, "for another");
        BrokerBed.publish(controller, "usp/agent/" + id + "x", "for one of a similar name");
        BrokerBed.publish(controller, "usp/agent/" + id, "hello");
        await().atMost(BrokerBed.patience()).until(() -> !heard.isEmpty());
        assertThat(heard).containsExactly("usp/agent/" + id + " hello");
    }

    @Test
    void no_device_that_has_the_controllers_endpoint_id_listens_to_it_by_wildcards() {
        String same = BrokerBed.CONTROLLER.toString();
        assertThat(BrokerBed.subscribes(bed.device(same), "+/+/" + same + "/#")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                VICTIM,
                VICTIM + "/x",
                "usp/agent/self::thief",
                "usp/controller/self::other",
                BrokerBed.CONTROLLER_TOPIC + "/x",
                BrokerBed.CONTROLLER_TOPIC + "/reply-to=usp%2Fagent%2Fself::victim",
                BrokerBed.CONTROLLER_TOPIC
                        + "/reply-to=usp%2Fagent%2Fself::thief%2Fx/reply-to=usp%2Fagent%2Fself::victim",
                "usp.controller.self::controller.example",
                "activemq.management",
                "$sys.mqtt.retain.usp",
                "elsewhere"
            })
    void no_device_publishes_anywhere_but_to_its_controller(String topic) {
        Mqtt5BlockingClient thief = bed.device(THIEF);

        assertThatThrownBy(() -> BrokerBed.publish(thief, topic, "forged")).isInstanceOf(Mqtt5PubAckException.class);

        assertThat(bed.refusals).anyMatch(reason -> reason.contains("may not publish to " + topic));
        BrokerBed.publish(thief, BrokerBed.CONTROLLER_TOPIC, "still connected");
    }

    @Test
    void no_device_lets_answers_go_to_another() {
        Mqtt5BlockingClient thief = bed.device(THIEF);

        assertThatThrownBy(() -> thief.publishWith()
                        .topic(BrokerBed.CONTROLLER_TOPIC)
                        .responseTopic(VICTIM)
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .send())
                .isInstanceOf(Mqtt5PubAckException.class);
    }

    @Test
    void no_will_is_left_to_another() {
        assertThatThrownBy(() -> bed.client5(THIEF)
                        .connectWith()
                        .willPublish()
                        .topic(VICTIM)
                        .payload(new byte[] {1})
                        .applyWillPublish()
                        .send())
                .isInstanceOf(Mqtt5ConnAckException.class);
    }

    @Test
    void mqtt_3_1_1_is_refused_in_its_own_ways() {
        Mqtt3BlockingClient listening = bed.client3(THIEF);
        listening.connect();
        assertThatThrownBy(() -> listening
                        .subscribeWith()
                        .topicFilter(VICTIM)
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .send())
                .isInstanceOf(Mqtt3SubAckException.class);

        assertThatThrownBy(() -> listening
                        .publishWith()
                        .topic(VICTIM)
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .send())
                .isInstanceOf(RuntimeException.class);
        await().atMost(BrokerBed.patience()).until(() -> !listening.getState().isConnected());
    }

    /// Each pair differs only in what Artemis takes for the same, or for more than one.
    @ParameterizedTest
    @CsvSource({
        "self::a.b, self::a-b",
        "self::a.b, self:a:b",
        "self::a%2Fb, self::a.b",
        "self::a%2Bb, self::a%2Fb",
        "self::a%23, self::a",
        "x::device, y::device",
        "os::0200F0-A.B, os::0200F0-A_B",
        "self::a_2eb, self::a.b",
        "self::%25, self::%2525",
        "self::CASE, self::case"
    })
    void similar_endpoint_ids_hear_only_what_is_theirs(String one, String other) {
        Mqtt5BlockingClient first = bed.device(one);
        Mqtt5BlockingClient second = bed.device(other);
        String firstTopic = MqttTopics.forAgent(EndpointId.of(one));
        String secondTopic = MqttTopics.forAgent(EndpointId.of(other));
        Queue<String> heardByFirst = BrokerBed.heard(first);
        Queue<String> heardBySecond = BrokerBed.heard(second);
        assertThat(BrokerBed.subscribes(first, firstTopic)).isTrue();
        assertThat(BrokerBed.subscribes(second, secondTopic + "/#")).isTrue();
        assertThat(BrokerBed.subscribes(first, secondTopic)).isFalse();
        assertThat(BrokerBed.subscribes(second, firstTopic)).isFalse();

        Mqtt5BlockingClient controller = bed.controller();
        BrokerBed.publish(controller, firstTopic, "one");
        BrokerBed.publish(controller, secondTopic, "two");

        await().atMost(BrokerBed.patience()).untilAsserted(() -> {
            assertThat(heardByFirst).containsExactly(firstTopic + " one");
            assertThat(heardBySecond).containsExactly(secondTopic + " two");
        });
        assertThatThrownBy(() -> BrokerBed.publish(second, firstTopic, "forged"))
                .isInstanceOf(Mqtt5PubAckException.class);
    }

    /// The way that Artemis itself would put a slash in place of a dot.
    @Test
    void a_dot_in_an_id_is_no_level() {
        Mqtt5BlockingClient dotted = bed.device("self::a.b");

        assertThat(BrokerBed.subscribes(dotted, "usp/agent/self::a/b")).isFalse();
        assertThat(BrokerBed.subscribes(dotted, "usp/agent/self::a/#")).isFalse();
        assertThat(BrokerBed.subscribes(dotted, "usp/agent/self::a.b/#")).isTrue();
    }

    @Test
    void a_controller_login_stays_within_usp() {
        Mqtt5BlockingClient controller = bed.controller();

        assertThat(BrokerBed.subscribes(controller, "usp/#")).isTrue();
        assertThat(BrokerBed.subscribes(controller, "#")).isFalse();
        assertThat(BrokerBed.subscribes(controller, "activemq.notifications")).isFalse();
    }
}
