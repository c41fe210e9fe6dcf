// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.mtp.RetryBackoff;
import dev.pharos.mtp.mqtt.MqttConfig;
import dev.pharos.mtp.mqtt.MqttMtp;
import dev.pharos.mtp.mqtt.MqttSession;
import dev.pharos.mtp.mqtt.MqttTopics;
import dev.pharos.usp.EndpointId;
import java.net.URI;
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

            assertThat(rest.send("PATCH", DEVICE, "{\"approved\":true}").status())
                    .isEqualTo(200);

            await().atMost(PATIENCE)
                    .until(() -> device(rest).get("status").stringValue().equals("online"));
            assertThat(device(rest).get("transport").stringValue()).isEqualTo("mqtt");
            assertThat(rest.post(DEVICE + "/usp/get", "{\"paths\":[\"Device.DeviceInfo.SerialNumber\"]}")
                            .response()
                            .body())
                    .contains(gateway.id().instanceId().replace('%', '_'));

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
