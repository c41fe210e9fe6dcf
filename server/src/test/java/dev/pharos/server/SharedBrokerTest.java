// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.mtp.mqtt.MqttConfig;
import dev.pharos.mtp.mqtt.MqttMtp;
import dev.pharos.mtp.mqtt.MqttTopics;
import dev.pharos.server.postgres.ForeignPostgres;
import dev.pharos.usp.EndpointId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Two servers on one database, behind one Mosquitto, that are one controller to the device there.
final class SharedBrokerTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final EndpointId ID = EndpointId.of("self::shared%2Fone");
    private static final String DEVICE = "/api/v1/devices/" + Rest.segment(ID);
    private static final String SSID = "Device.WiFi.SSID.1.SSID";
    private static final int CHANGES = 12;

    @TempDir
    Path folder;

    private TestServer server(String name, URI broker, String database) throws StartException {
        ServerOptions options = TestServer.options(folder.resolve(name));
        options.kept.database = database;
        options.mqttBroker = broker.toString();
        options.mqttShared = true;
        return TestServer.with(options);
    }

    private static String status(Rest rest) {
        return rest.get(DEVICE).json().get("status").stringValue();
    }

    private static void awaitStatus(Rest rest, String status) {
        await().atMost(PATIENCE)
                .until(() -> rest.get(DEVICE).status() == 200 && status(rest).equals(status));
    }

    private static Rest.Answer set(Rest by, String value) {
        return by.post(
                DEVICE + "/usp/set",
                "{\"updateObjects\":[{\"objPath\":\"Device.WiFi.SSID.1.\",\"paramSettings\":[{\"param\":\"SSID\",\"value\":\""
                        + value + "\"}]}]}");
    }

    /// The values of the SSID that the history has, the newest first.
    private static List<String> told(Rest rest) {
        List<String> values = new ArrayList<>();
        for (JsonNode event : rest.get(DEVICE + "/events?limit=200").json().get("items")) {
            if (event.toString().contains(SSID)) {
                values.add(event.get("value").stringValue());
            }
        }
        return values;
    }

    @Test
    void both_serve_the_device_each_notification_is_kept_once_and_who_stops_takes_nothing_with_it() throws Exception {
        try (ForeignPostgres postgres = new ForeignPostgres(folder);
                ForeignMosquitto broker = ForeignMosquitto.start(folder);
                TestServer one = server("one", broker.uri(), postgres.url());
                TestServer other = server("other", broker.uri(), postgres.url())) {
            MqttMtp transport =
                    new MqttMtp(MqttConfig.agent(broker.uri(), ID, MqttTopics.forController(TestServer.id())));
            try (HomeGateway gateway = new HomeGateway(ID, transport)) {
                assertThat(gateway.id()).isEqualTo(ID);
                serve(one, other);
            }
            awaitStatus(other.rest(), "offline");
        }
    }

    private static void serve(TestServer one, TestServer other) {
        Rest atOne = one.rest();
        Rest atOther = other.rest();
        // whichever of them heard it, each can let it in
        await().atMost(PATIENCE).until(() -> atOther.get(DEVICE).status() == 200);
        assertThat(atOther.send("PATCH", DEVICE, "{\"approved\":true}").status())
                .isEqualTo(200);
        awaitStatus(atOne, "online");

        List<String> changes =
                IntStream.range(0, CHANGES).mapToObj(i -> "Home " + i).toList();
        for (int i = 0; i < CHANGES; i++) {
            assertThat(set(i % 2 == 0 ? atOne : atOther, changes.get(i))
                            .response()
                            .body())
                    .contains("Home " + i);
        }
        await().atMost(PATIENCE).until(() -> told(atOne).size() >= CHANGES);
        assertThat(told(atOther)).containsExactlyInAnyOrderElementsOf(changes);

        one.stop();
        assertThat(status(atOther)).isEqualTo("online");
        assertThat(set(atOther, "Left").status()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> told(atOther).contains("Left"));
    }

    @Test
    void sharing_needs_a_broker_and_a_database_of_ones_own_and_no_sessions() {
        ServerOptions options = TestServer.options(folder);
        options.mqttShared = true;
        assertThatThrownBy(() -> RunningServer.start(options)).hasMessageContaining("--mqtt-broker and --database");
        options.mqttBroker = "mqtt://127.0.0.1";
        options.kept.database = "jdbc:postgresql://127.0.0.1/none";
        options.sessions = SessionRule.REQUIRE;
        assertThatThrownBy(() -> RunningServer.start(options)).hasMessageContaining("--sessions require");
    }
}
