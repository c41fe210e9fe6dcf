// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.requirements.Requirement;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Devices come to the server's broker with a login that their batch shares, and go on with one of their own.
class BrokerLoginWalkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OVER_MQTT = "os::00256D-1";
    private static final String OVER_STOMP = "os::00256D-2";

    @TempDir
    Path folder;

    private JavaProgram agent(RunningServer server, String id, String transport, String data) throws IOException {
        return server.agent(
                id,
                server.address(transport),
                folder.resolve(data),
                "--device",
                "simulated",
                "--username",
                "batch-7",
                "--password-file",
                folder.resolve("password").toString());
    }

    private static void awaitVerified(RestApi rest, String id) {
        await("the proof of " + id)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    JsonNode device = rest.get(RestApi.device(id));
                    return device.path("status").asString().equals("online")
                            && device.path("verified").asBoolean();
                });
    }

    @Test
    @Requirement("R-SEC.9")
    void devices_come_to_the_broker_with_what_their_batch_shares_and_go_on_with_a_login_of_their_own()
            throws Exception {
        try (RunningServer server = RunningServer.here(
                folder.resolve("server"), "--http 0 --ws off --mqtt 0 --stomp 0 --cwmp off".split(" "))) {
            RestApi rest = server.rest();
            JsonNode made = rest.post(
                    "/bootstraps", "{\"name\":\"batch-7\",\"devices\":\"os::00256D-*\",\"most\":2,\"approves\":true}");
            Files.writeString(folder.resolve("password"), made.path("password").asString());
            try (JavaProgram mqtt = agent(server, OVER_MQTT, "mqtt", "agent-1");
                    JavaProgram stomp = agent(server, OVER_STOMP, "stomp", "agent-2")) {
                awaitVerified(rest, OVER_MQTT);
                awaitVerified(rest, OVER_STOMP);
                assertThat(rest.value(OVER_MQTT, "Device.MQTT.Client.1.Username"))
                        .isEqualTo(OVER_MQTT);
                assertThat(rest.value(OVER_STOMP, "Device.STOMP.Connection.1.Username"))
                        .isEqualTo(OVER_STOMP);
                assertThat(rest.get("/bootstraps")
                                .path("items")
                                .path(0)
                                .path("enrolled")
                                .asInt())
                        .isEqualTo(2);
                assertThat(mqtt.isAlive() && stomp.isAlive()).isTrue();
            }
            isNowhereInClear(rest, server);
            // The login is kept over a restart, and what the batch shares is worth nothing for a device that has its
            // own.
            try (JavaProgram again = agent(server, OVER_MQTT, "mqtt", "agent-1");
                    JavaProgram thief = agent(server, OVER_STOMP, "stomp", "thief")) {
                awaitVerified(rest, OVER_MQTT);
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(100))
                        .until(() ->
                                rest.get("/refused").toString().contains("it has a credential of its own already"));
                assertThat(again.isAlive() && thief.isAlive()).isTrue();
            }
        }
    }

    /// A password of ours is 32 such characters, and nothing else is written for it.
    private static void isNowhereInClear(RestApi rest, RunningServer server) throws Exception {
        Pattern inClear = Pattern.compile("Password[^a-z]{1,20}[A-Za-z0-9_-]{32}\\b");
        for (String id : new String[] {OVER_MQTT, OVER_STOMP}) {
            String shown = rest.events(id)
                    + rest.get("/audit?device=" + URLEncoder.encode(id, StandardCharsets.UTF_8))
                            .toString()
                    + rest.get(RestApi.device(id) + "/twin?path=Device.");
            assertThat(shown).contains("give login").contains("Device.DeviceInfo.");
            assertThat(inClear.matcher(shown).find()).isFalse();
            assertThat(Files.readString(server.data().resolve("logs").resolve("server.log")))
                    .doesNotContain("Password");
        }
    }
}
