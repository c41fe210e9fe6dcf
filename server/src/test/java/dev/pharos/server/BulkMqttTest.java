// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Reports that are published at the server's own broker.
class BulkMqttTest {
    private static final EndpointId ID = EndpointId.of("os::0200F0-REPORTS");
    private static final String PLACE = "/api/v1/devices/" + Rest.segment(ID);
    private static final String TOPIC = "usp/bulk/" + ID;
    private static final String NAME = "Device.DeviceInfo.FriendlyName";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static TestServer server;
    private static Rest rest;

    @BeforeAll
    static void start(@TempDir Path folder) throws StartException, IOException {
        ServerOptions options = TestServer.options(folder);
        options.mqtt = new Port(0);
        server = TestServer.with(options);
        rest = server.rest();
        // known from its session over another way, so that its name at the broker is free for the test
        try (HomeGateway _ = new HomeGateway(ID, server.ws())) {
            await().atMost(PATIENCE)
                    .until(() -> rest.get(PLACE + "/events").response().body().contains("onboarded"));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Mqtt5BlockingClient client() {
        Mqtt5BlockingClient client = MqttClient.builder()
                .useMqttVersion5()
                .identifier(ID.toString())
                .serverHost("127.0.0.1")
                .serverPort(server.mqtt().getPort())
                .buildBlocking();
        client.connect();
        return client;
    }

    private static Mqtt5PublishResult publish(
            Mqtt5BlockingClient client, String topic, MqttQos qos, String type, String body) {
        return client.publishWith()
                .topic(topic)
                .qos(qos)
                .contentType(type)
                .payload(body.getBytes(StandardCharsets.UTF_8))
                .send();
    }

    private static String report(String name) {
        return "{\"Report\":[{\"" + NAME + "\":\"" + name + "\"}]}";
    }

    private static String name() {
        return rest.get(PLACE + "/twin?path=" + NAME)
                .json()
                .get("items")
                .path(0)
                .path("value")
                .asString("");
    }

    private static JsonNode received() {
        return rest.get(PLACE + "/bulk").json().get("received");
    }

    @ParameterizedTest
    @EnumSource(
            value = MqttQos.class,
            names = {"AT_LEAST_ONCE", "EXACTLY_ONCE"})
    void what_is_confirmed_is_in_the_twin(MqttQos qos) {
        Mqtt5BlockingClient client = client();
        for (int i = 0; i < 3; i++) {
            Mqtt5PublishResult taken =
                    publish(client, TOPIC, qos, "application/json; charset=UTF-8", report(qos + "-" + i));
            assertThat(taken.getError()).isEmpty();
            assertThat(name()).isEqualTo(qos + "-" + i);
        }
        assertThat(received().get("way").stringValue()).isEqualTo("mqtt");
        client.disconnect();
    }

    @Test
    void csv_and_what_is_not_confirmed_are_taken_and_clients_of_311_too() {
        Mqtt5BlockingClient client = client();
        publish(client, TOPIC, MqttQos.AT_LEAST_ONCE, "text/csv; charset=UTF-8; header=present", NAME + "\r\ncsv\r\n");
        assertThat(name()).isEqualTo("csv");
        publish(client, TOPIC, MqttQos.AT_MOST_ONCE, "application/json", report("once"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(name()).isEqualTo("once"));
        client.disconnect();
        Mqtt3BlockingClient old = MqttClient.builder()
                .useMqttVersion3()
                .identifier(ID.toString())
                .serverHost("127.0.0.1")
                .serverPort(server.mqtt().getPort())
                .buildBlocking();
        old.connect();
        for (MqttQos qos : new MqttQos[] {MqttQos.AT_LEAST_ONCE, MqttQos.EXACTLY_ONCE}) {
            old.publishWith()
                    .topic(TOPIC)
                    .qos(qos)
                    .payload(report("old-" + qos).getBytes(StandardCharsets.UTF_8))
                    .send();
            assertThat(name()).isEqualTo("old-" + qos);
        }
        old.disconnect();
    }

    @Test
    void what_is_no_report_is_refused_with_the_reason_and_counted() {
        Mqtt5BlockingClient client = client();
        long before = received().get("refused").longValue();
        assertThatThrownBy(() -> publish(client, TOPIC, MqttQos.AT_LEAST_ONCE, "application/json", "{\"Report\":1}"))
                .isInstanceOfSatisfying(
                        Mqtt5PubAckException.class,
                        refused -> assertThat(refused.getMqttMessage().toString())
                                .contains("PAYLOAD_FORMAT_INVALID", "Report is no array"));
        assertThat(received().get("refused").longValue()).isGreaterThan(before);
        assertThat(rest.get(PLACE + "/bulk").json().get("refusals").get(0).toString())
                .contains("Report is no array", "\"mqtt\"");
        client.disconnect();
    }

    @Test
    void nobody_reports_for_another_device() {
        Mqtt5BlockingClient client = client();
        String before = name();
        assertThatThrownBy(() -> publish(
                        client, "usp/bulk/os::0200F0-OTHER", MqttQos.AT_LEAST_ONCE, "application/json", report("x")))
                .isInstanceOf(Mqtt5PubAckException.class);
        assertThat(name()).isEqualTo(before);
        assertThat(rest.get(PLACE + "/bulk").json().get("refusals").get(0).toString())
                .contains("may not report to usp/bulk/os::0200F0-OTHER");
        client.disconnect();
    }

    @Test
    void nobody_hears_what_devices_report() {
        Mqtt5BlockingClient client = client();
        assertThatThrownBy(
                        () -> client.subscribeWith().topicFilter("usp/bulk/#").send())
                .isInstanceOf(com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException.class);
        client.disconnect();
    }
}
