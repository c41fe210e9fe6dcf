// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import dev.pharos.mtp.RetryBackoff;
import dev.pharos.mtp.mqtt.MqttConfig;
import dev.pharos.mtp.mqtt.MqttMtp;
import dev.pharos.mtp.mqtt.MqttSession;
import dev.pharos.mtp.mqtt.MqttTopics;
import dev.pharos.usp.EndpointId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// A broker that somebody else runs, in place of the embedded one.
final class ExternalBrokerTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final EndpointId ID = EndpointId.of("self::far%2Faway.1");
    private static final String DEVICE = "/api/v1/devices/" + Rest.segment(ID);

    private static final String TOPIC = MqttTopics.forReports(ID);
    private static final String NAME = "Device.DeviceInfo.FriendlyName";
    private static final String REPORT = "{\"Report\":[{\"" + NAME + "\":\"%s\"}]}";

    @TempDir
    Path folder;

    private static JsonNode device(Rest rest) {
        return rest.get(DEVICE).json();
    }

    private static boolean online(Rest rest) {
        return device(rest).get("online").booleanValue();
    }

    @Test
    void a_device_behind_mosquitto_waits_for_approval_is_managed_and_is_offline_without_the_broker() throws Exception {
        ForeignMosquitto running = ForeignMosquitto.start(folder);
        URI broker = running.uri();
        ServerOptions options = TestServer.options(folder.resolve("server"));
        options.mqttBroker = broker.toString();
        MqttMtp transport = new MqttMtp(MqttConfig.agent(broker, ID, MqttTopics.forController(TestServer.id()))
                .withSession(MqttSession.DEFAULT.withBackoff(new RetryBackoff(Duration.ofSeconds(1), 1000))));
        try (TestServer server = TestServer.with(options);
                HomeGateway gateway = new HomeGateway(ID, transport)) {
            Rest rest = server.rest();
            assertThat(server.readyLine()).contains("mqtt=" + broker);
            await().atMost(PATIENCE).until(() -> rest.get(DEVICE).status() == 200);
            assertThat(device(rest).get("approved").booleanValue()).isFalse();
            assertThat(online(rest)).isFalse();
            assertThat(device(rest).get("statusReason").stringValue()).contains("approval");
            assertThat(rest.post(DEVICE + "/usp/get", "{\"paths\":[\"Device.\"]}")
                            .status())
                    .isEqualTo(409);

            report(broker, TOPIC, "application/json", REPORT.formatted("too early"));
            await().atMost(PATIENCE)
                    .until(() -> refusals(rest, DEVICE + "/bulk").contains("\"mqtt\""));

            assertThat(rest.send("PATCH", DEVICE, "{\"approved\":true}").status())
                    .isEqualTo(200);

            await().atMost(PATIENCE)
                    .until(() -> device(rest).get("status").stringValue().equals("online"));
            assertThat(device(rest).get("transport").stringValue()).isEqualTo("mqtt");
            assertThat(rest.post(DEVICE + "/usp/get", "{\"paths\":[\"Device.DeviceInfo.SerialNumber\"]}")
                            .response()
                            .body())
                    .contains(gateway.id().instanceId().replace('%', '_'));
            reports(broker, rest);

            running.stop();
            await().atMost(PATIENCE).until(() -> !online(rest));
            assertThat(device(rest).get("statusReason").stringValue()).isNotEmpty();

            // the device is back at the broker before the server is, as its back-off is shorter
            running.resume();
            await().atMost(PATIENCE).until(() -> online(rest));
            server.stop();
            // the device notices nothing of it, and says nothing
            try (TestServer again = TestServer.with(options)) {
                await().atMost(PATIENCE).until(() -> online(again.rest()));
            }
        } finally {
            running.stop();
        }
    }

    /// Whoever may publish there is the device whose topic it is, as far as we can know.
    private static void reports(URI broker, Rest rest) {
        await().atMost(PATIENCE)
                .until(() -> rest.get(DEVICE + "/events").response().body().contains("onboarded"));
        report(broker, TOPIC, "application/json; charset=UTF-8", REPORT.formatted("in JSON"));
        await().atMost(PATIENCE).until(() -> name(rest).equals("in JSON"));
        report(broker, TOPIC, "text/csv; charset=UTF-8; header=present", NAME + "\r\nin CSV\r\n");
        await().atMost(PATIENCE).until(() -> name(rest).equals("in CSV"));
        JsonNode received = rest.get(DEVICE + "/bulk").json().get("received");
        assertThat(received.get("way").stringValue()).isEqualTo("mqtt");
        assertThat(received.get("deliveries").longValue()).isEqualTo(2);

        report(broker, TOPIC, "application/json", "{\"Report\":7}");
        report(broker, "usp/bulk/nobody", "application/json", REPORT.formatted("x"));
        report(broker, "usp/bulk/proto::stranger", "application/json", REPORT.formatted("x"));
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(refusals(rest, DEVICE + "/bulk")).contains("Report is no array");
            assertThat(refusals(rest, "/api/v1/bulk"))
                    .contains("usp/bulk/nobody", "names no device", "proto::stranger");
        });
        assertThat(name(rest)).isEqualTo("in CSV");
    }

    /// Returns when the broker has it.
    private static void report(URI broker, String topic, String type, String body) {
        Mqtt5BlockingClient client = MqttClient.builder()
                .useMqttVersion5()
                .identifier("reporting")
                .serverHost(broker.getHost())
                .serverPort(broker.getPort())
                .buildBlocking();
        client.connect();
        client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .contentType(type)
                .payload(body.getBytes(StandardCharsets.UTF_8))
                .send();
        client.disconnect();
    }

    private static String refusals(Rest rest, String place) {
        return rest.get(place).json().get("refusals").toString();
    }

    private static String name(Rest rest) {
        return rest.get(DEVICE + "/twin?path=" + NAME)
                .json()
                .get("items")
                .path(0)
                .path("value")
                .asString("");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1, mqtt://",
        "nonsense, mqtt://",
        "mqtt://user@127.0.0.1, names a host",
        "mqtt://127.0.0.1/topic, names a host",
        "mqtt://192.0.2.1, --insecure"
    })
    void a_broker_that_cannot_be_meant_is_wrong_usage(String url, String hint) {
        ServerOptions options = TestServer.options(folder);
        options.mqttBroker = url;
        assertThatThrownBy(() -> RunningServer.start(options)).isInstanceOfSatisfying(StartException.class, refused -> {
            assertThat(refused.exitStatus()).isEqualTo(2);
            assertThat(refused).hasMessageContaining("--mqtt-broker").hasMessageContaining(hint);
        });
    }

    @Test
    void a_login_needs_a_broker_both_its_parts_and_a_file_that_can_be_read() {
        ServerOptions alone = TestServer.options(folder);
        alone.mqttUser = "pharos";
        assertThatThrownBy(() -> RunningServer.start(alone)).hasMessageContaining("--mqtt-broker");
        alone.mqttBroker = "mqtt://127.0.0.1";
        assertThatThrownBy(() -> RunningServer.start(alone)).hasMessageContaining("belong together");
        alone.mqttPasswordFile = folder.resolve("missing");
        assertThatThrownBy(() -> RunningServer.start(alone)).hasMessageContaining("missing");
    }
}
