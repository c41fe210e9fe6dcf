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

    /// Before that it tells of nothing that changes.
    private static void awaitSubscribed(Rest rest) {
        awaitStatus(rest, "online");
        await().atMost(PATIENCE)
                .until(() ->
                        rest.get(DEVICE + "/events?limit=200").response().body().contains("onboarded"));
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
        awaitSubscribed(atOne);

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
    void who_is_killed_leaves_its_devices_to_the_others_and_nothing_that_was_confirmed_is_lost() throws Exception {
        try (ForeignPostgres postgres = new ForeignPostgres(folder);
                ForeignMosquitto broker = ForeignMosquitto.start(folder);
                TestServer other = server("other", broker.uri(), postgres.url())) {
            Process dying = PharosServerTest.start(
                    "--data",
                    folder.resolve("dying").toString(),
                    "--database",
                    postgres.url(),
                    "--mqtt-broker",
                    broker.uri().toString(),
                    "--mqtt-shared",
                    "--http",
                    "0",
                    "--ws",
                    "off",
                    "--stomp",
                    "off",
                    "--cwmp",
                    "off");
            try {
                assertThat(dying.inputReader().readLine()).startsWith("ready ");
                Rest atDying = Rest.of(folder.resolve("dying").resolve("connection.json"));
                MqttMtp transport =
                        new MqttMtp(MqttConfig.agent(broker.uri(), ID, MqttTopics.forController(TestServer.id())));
                try (HomeGateway gateway = new HomeGateway(ID, transport)) {
                    assertThat(gateway.id()).isEqualTo(ID);
                    killWhileItChanges(dying, atDying, other.rest());
                }
            } finally {
                dying.destroyForcibly();
            }
        }
    }

    private static void killWhileItChanges(Process dying, Rest atDying, Rest atOther) throws Exception {
        await().atMost(PATIENCE).until(() -> atDying.get(DEVICE).status() == 200);
        assertThat(atDying.send("PATCH", DEVICE, "{\"approved\":true}").status())
                .isEqualTo(200);
        awaitSubscribed(atDying);
        List<String> confirmed = new ArrayList<>();
        for (int i = 0; i < CHANGES; i++) {
            String value = "Home " + i;
            assertThat(set(i % 2 == 0 ? atDying : atOther, value).response().body())
                    .contains(value);
            confirmed.add(value);
        }
        ReportRun reports = new ReportRun(DEVICE, ID.toString(), atOther);
        reports.begin(atDying, atOther);
        // with what it has heard and not kept yet
        dying.destroyForcibly().waitFor();
        reports.mustBeKept(atOther);
        await().atMost(PATIENCE).until(() -> {
            Rest.Answer answer = set(atOther, "Taken over");
            return answer.status() == 200 && answer.response().body().contains("Taken over");
        });
        confirmed.add("Taken over");
        awaitStatus(atOther, "online");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(told(atOther)).as("each once").containsExactlyInAnyOrderElementsOf(confirmed));
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
